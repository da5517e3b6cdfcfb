#include "meta/form_mapping.hpp"

#include "events/change.hpp"

#include <algorithm>
#include <utility>

namespace leadcrm::meta {
namespace {

using custom_fields::CustomField;
using custom_fields::FieldOption;

// Asked with the same words and of the same kind: an answer to one would be an answer to the other.
bool is_same_question(const QuestionMapping& a, const QuestionMapping& b)
{
    return a.type == b.type && a.has_options == b.has_options
        && (a.key == b.key || plain_key(a.key) == plain_key(b.key));
}

// A form that shares what only an advertiser asks is the one it was copied from.
const QuestionMapping* find_same(const FormMapping& mapping, const QuestionMapping& question)
{
    const auto found = std::find_if(mapping.questions.begin(), mapping.questions.end(),
        [&](const QuestionMapping& each) { return is_same_question(each, question); });
    return found == mapping.questions.end() ? nullptr : &*found;
}

QuestionMapping asked_by(const Question& question)
{
    QuestionMapping asked{
        .key = question.key, .type = question.type, .has_options = !question.options.empty()};
    const auto standard = standard_field(question.type, question.key);
    if (standard)
        asked.target = standard->target;
    else
        asked.is_new = true;
    return asked;
}

// What the page's other forms do with the question. What somebody decided goes before what nobody
// has looked at.
void carry_over(
    QuestionMapping& question, FormMapping& mapping, const std::vector<FormMapping>& page)
{
    const auto usual = question;
    for (const auto& other : page) {
        const auto* same = other.form_id == mapping.form_id ? nullptr : find_same(other, question);
        if (!same || same->is_new) continue;
        question.target = same->target;
        question.field_id = same->field_id;
        question.is_new = false;
        if (usual.is_new && !mapping.carried_from) mapping.carried_from = other.form_id;
        return;
    }
}

// What is mapped although the form does not ask it stays; a new form does as the page's others.
void keep_unasked(FormMapping& mapping, const Form& form, const std::vector<FormMapping>& from)
{
    for (const auto& other : from)
        for (const auto& question : other.questions)
            if (question.type.empty() && !is_asked(form, question.key)
                && !find_question(mapping, question.key))
                mapping.questions.push_back(question);
}

std::vector<FieldOption> options_of(const Question& question)
{
    std::vector<FieldOption> options;
    for (const auto& option : question.options)
        options.push_back({option.key, option.value.empty() ? option.key : option.value});
    return options;
}

void offer_options(db::Tx& tx, const Form& form, const FormMapping& mapping)
{
    for (const auto& question : form.questions) {
        const auto* mapped = find_question(mapping, question.key);
        if (!mapped || !mapped->field_id || question.options.empty()) continue;
        auto field = custom_fields::find_field(tx, *mapped->field_id);
        if (field && custom_fields::has_options(field->type))
            custom_fields::add_options(tx, *field, options_of(question));
    }
}

void upsert(db::Tx& tx, FormMapping& mapping)
{
    ++mapping.version;
    mapping.changed_at = Instant::now();
    tx.store("INSERT INTO form_mappings (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, form_id) DO UPDATE SET page_id = excluded.page_id,"
             " questions = excluded.questions, carried_from = excluded.carried_from,"
             " changed_at = excluded.changed_at, version = excluded.version",
        mapping);
    events::tell_change(tx, events::Topic::forms);
}

}  // namespace

const QuestionMapping* find_question(const FormMapping& mapping, const std::string& key)
{
    const auto find = [&](auto is_it) {
        const auto found = std::find_if(mapping.questions.begin(), mapping.questions.end(), is_it);
        return found == mapping.questions.end() ? nullptr : &*found;
    };
    if (const auto* exact = find([&](const auto& each) { return each.key == key; })) return exact;
    const auto plain = plain_key(key);
    return find([&](const auto& each) { return plain_key(each.key) == plain; });
}

bool is_asked(const Form& form, const std::string& key)
{
    return std::any_of(form.questions.begin(), form.questions.end(),
        [&](const Question& question) { return question.key == key; });
}

std::int64_t count_new(const FormMapping& mapping)
{
    return std::count_if(mapping.questions.begin(), mapping.questions.end(),
        [](const QuestionMapping& question) { return question.is_new; });
}

FormMapping mapping_for(
    const Form& form, const std::optional<FormMapping>& known, const std::vector<FormMapping>& page)
{
    FormMapping mapping{.form_id = form.form_id, .page_id = form.page_id};
    if (known) {
        mapping.carried_from = known->carried_from;
        mapping.changed_at = known->changed_at;
        mapping.version = known->version;
    }
    for (const auto& question : form.questions) {
        auto asked = asked_by(question);
        const auto* before = known ? find_question(*known, question.key) : nullptr;
        if (before && is_same_question(*before, asked))
            asked = *before;
        else
            carry_over(asked, mapping, page);
        asked.key = question.key;
        mapping.questions.push_back(std::move(asked));
    }
    keep_unasked(mapping, form, known ? std::vector{*known} : page);
    return mapping;
}

void keep_mapping(db::Tx& tx, const Form& form)
{
    if (form.questions.empty()) return;  // Graph did not let us read them: what we know stays
    const auto known = store::find_mapping(tx, form.form_id);
    const bool is_known = known
        && std::all_of(form.questions.begin(), form.questions.end(),
            [&](const Question& question) { return find_question(*known, question.key); });
    // The page's other forms are only asked about what this one did not ask before.
    auto mapping = mapping_for(form, known,
        is_known ? std::vector<FormMapping>() : store::list_mappings_of(tx, form.page_id));
    if (!known || known->questions != mapping.questions || known->page_id != mapping.page_id)
        upsert(tx, mapping);
    offer_options(tx, form, mapping);
}

void decide(db::Tx& tx, const Form& form, FormMapping mapping)
{
    upsert(tx, mapping);
    offer_options(tx, form, mapping);
    for (auto& other : store::list_mappings_of(tx, form.page_id)) {
        if (other.form_id == form.form_id) continue;
        const auto before = other.questions;
        for (auto& question : other.questions) {
            const auto* same = question.is_new ? find_same(mapping, question) : nullptr;
            if (!same || same->is_new) continue;
            question.target = same->target;
            question.field_id = same->field_id;
            question.is_new = false;
        }
        if (other.questions == before) continue;
        upsert(tx, other);
        if (const auto their_form = store::find_form(tx, other.form_id))
            offer_options(tx, *their_form, other);
    }
}

namespace store {

std::optional<FormMapping> find_mapping(const db::Reader& db, const std::string& form_id)
{
    return db.row<FormMapping>(
        "SELECT {columns} FROM form_mappings WHERE organization_id = $1 AND form_id = $2", form_id);
}

std::vector<FormMapping> list_mappings(const db::Reader& db)
{
    return db.rows<FormMapping>("SELECT {columns} FROM form_mappings WHERE organization_id = $1");
}

std::vector<FormMapping> list_mappings_of(const db::Reader& db, const std::string& page_id)
{
    return db.rows<FormMapping>("SELECT {columns} FROM form_mappings WHERE organization_id = $1"
                                " AND page_id = $2 ORDER BY changed_at DESC, form_id",
        page_id);
}

}  // namespace store
}  // namespace leadcrm::meta
