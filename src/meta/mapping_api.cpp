#include "meta/mapping_api.hpp"

#include "custom_fields/custom_field.hpp"
#include "events/audience.hpp"
#include "leads/submission.hpp"
#include "meta/field_proposal.hpp"
#include "meta/form_mapping.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

constexpr std::size_t answers_shown = 5;
constexpr std::size_t key_bytes_max = 1000;
constexpr std::size_t questions_max = 500;
constexpr int leads_looked_at = 30;  // for five answers to each question

struct MappedQuestion {
    std::string key;
    std::string label;
    std::string type;
    std::vector<Option> options;
    Target target = Target::answer;
    std::optional<custom_fields::FieldId> field_id;
    bool is_new = false;
    FieldProposal proposal;
    std::vector<std::string> last_answers;  // the newest first, at most five
};
BOOST_DESCRIBE_STRUCT(MappedQuestion, (),
    (key, label, type, options, target, field_id, is_new, proposal, last_answers))

struct MappingView {
    std::string form_id;
    std::string form_name;
    std::string page_id;
    std::optional<std::string> carried_from;  // the name of the form it began with
    std::int64_t version = 0;
    std::vector<MappedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(
    MappingView, (), (form_id, form_name, page_id, carried_from, version, questions))

struct ReadMapping {
    Text<1, 64> form_id;
};
BOOST_DESCRIBE_STRUCT(ReadMapping, (), (form_id))

struct GivenTarget {
    std::string key;
    Target target = Target::answer;
    std::optional<custom_fields::FieldId> field_id;
};
BOOST_DESCRIBE_STRUCT(GivenTarget, (), (key, target, field_id))

struct PutMapping {
    Text<1, 64> form_id;
    http::IfMatch if_match;
    std::vector<GivenTarget> questions;
};
BOOST_DESCRIBE_STRUCT(PutMapping, (), (form_id, if_match, questions))

using Answers = std::map<std::string, std::vector<std::vector<std::string>>>;

// By question, of the form's newest leads that the caller may see.
Answers last_answers(const db::Reader& db, const http::Caller& caller, const std::string& form_id)
{
    db::Sql sql("SELECT answers FROM leads WHERE organization_id = $1 AND form_id = $2"
                " AND is_test = FALSE",
        form_id);
    events::add_sight(sql, caller);
    sql.add(" ORDER BY submitted_at DESC, number DESC LIMIT $", leads_looked_at);
    Answers found;
    for (const auto& raw : db.rows<json::Raw>(sql))
        for (auto& answer : json::from_text<std::vector<leads::Answer>>(raw.text)) {
            auto& list = found[answer.key];
            if (list.size() < answers_shown && !answer.values.empty()
                && !answer.values.front().empty())
                list.push_back(std::move(answer.values));
        }
    return found;
}

std::string in_one_line(const std::vector<std::string>& values)
{
    std::string line;
    for (const auto& value : values) line += (line.empty() ? "" : ", ") + value;
    return line;
}

Form form_of(const db::Reader& db, const std::string& form_id)
{
    auto form = store::find_form(db, form_id);
    if (!form) throw Failure::not_found("There is no such form among those of your pages.");
    return *std::move(form);
}

FormMapping mapping_of(const db::Reader& db, const Form& form)
{
    return mapping_for(
        form, store::find_mapping(db, form.form_id), store::list_mappings_of(db, form.page_id));
}

std::string name_of(const db::Reader& db, const std::string& form_id)
{
    const auto form = store::find_form(db, form_id);
    return form ? form->name.value_or(form_id) : form_id;
}

bool is_in_use(
    const std::vector<custom_fields::CustomField>& fields, const custom_fields::FieldId& id)
{
    return std::any_of(fields.begin(), fields.end(), [&](const custom_fields::CustomField& field) {
        return field.id == id && !field.is_archived;
    });
}

// The form's questions, then what else is mapped or was answered.
std::vector<Question> questions_of(
    const Form& form, const FormMapping& mapping, const Answers& answers)
{
    auto questions = form.questions;
    const auto add = [&](const std::string& key) {
        const bool is_there = std::any_of(questions.begin(), questions.end(),
            [&](const Question& question) { return question.key == key; });
        if (!is_there) questions.push_back({.key = key, .label = key});
    };
    for (const auto& question : mapping.questions) add(question.key);
    for (const auto& [key, said] : answers) add(key);
    return questions;
}

MappedQuestion view_of(const Question& question, const FormMapping& mapping,
    const std::vector<std::vector<std::string>>& answers,
    const std::vector<custom_fields::CustomField>& fields)
{
    MappedQuestion shown{.key = question.key,
        .label = question.label,
        .type = question.type,
        .options = question.options,
        .proposal = propose(question, answers, fields),
        .last_answers = {}};
    const auto* mapped = find_question(mapping, question.key);
    if (!mapped) {
        // Intake does as much for an answer that nobody has mapped.
        if (const auto standard = standard_field({}, question.key)) shown.target = standard->target;
    } else {
        shown.is_new = mapped->is_new;
        if (!mapped->field_id || is_in_use(fields, *mapped->field_id)) {
            shown.target = mapped->target;
            shown.field_id = mapped->field_id;
        }
    }
    for (const auto& values : answers) shown.last_answers.push_back(in_one_line(values));
    return shown;
}

http::Answer<MappingView> view_of(
    const db::Reader& db, const http::Caller& caller, const Form& form, const FormMapping& mapping)
{
    const auto fields = custom_fields::list_fields(db);
    auto answers = last_answers(db, caller, form.form_id);
    MappingView view{.form_id = form.form_id,
        .form_name = form.name.value_or(form.form_id),
        .page_id = form.page_id,
        .carried_from = std::nullopt,
        .version = mapping.version,
        .questions = {}};
    if (mapping.carried_from) view.carried_from = name_of(db, *mapping.carried_from);
    for (const auto& question : questions_of(form, mapping, answers))
        view.questions.push_back(view_of(question, mapping, answers[question.key], fields));
    const auto version = '"' + std::to_string(view.version) + '"';
    return {std::move(view), 200, {{"ETag", version}}};
}

http::Answer<MappingView> read(db::Reader& db, const http::Caller& caller, const ReadMapping& ask)
{
    const auto form = form_of(db, ask.form_id.value);
    return view_of(db, caller, form, mapping_of(db, form));
}

// What is wrong with one decision, or nothing.
std::optional<FieldError> trouble_with(const GivenTarget& given, const std::string& place,
    const Form& form, const FormMapping& mapping,
    const std::vector<custom_fields::CustomField>& fields)
{
    const bool is_known = is_asked(form, given.key) || find_question(mapping, given.key);
    if (!is_known && (given.key.empty() || given.key.size() > key_bytes_max))
        return FieldError{place + ".key", "key", "No answer has such a key."};
    if ((given.target == Target::field) != given.field_id.has_value())
        return FieldError{place + ".field_id", "required",
            "Please name the field, and only where the answer goes to one."};
    if (given.field_id && !is_in_use(fields, *given.field_id))
        return FieldError{
            place + ".field_id", "unknown", "There is no such field. Please choose another."};
    return std::nullopt;
}

void settle(FormMapping& mapping, const GivenTarget& given)
{
    auto found = std::find_if(mapping.questions.begin(), mapping.questions.end(),
        [&](const QuestionMapping& question) { return question.key == given.key; });
    if (found == mapping.questions.end())
        found = mapping.questions.insert(found, QuestionMapping{.key = given.key});
    found->target = given.target;
    found->field_id = given.field_id;
    found->is_new = false;
}

http::Answer<MappingView> put(db::Tx& tx, const http::Caller& caller, const PutMapping& ask)
{
    const auto form = form_of(tx, ask.form_id.value);
    auto mapping = mapping_of(tx, form);
    if (mapping.version != ask.if_match.version)
        throw Failure::stale("The questions or their mapping changed in the meantime. Look at them "
                             "again, then repeat your change.");
    if (mapping.questions.size() + ask.questions.size() > questions_max)
        throw Failure::invalid("questions", "too_many", "A form has fewer questions than this.");
    const auto fields = custom_fields::list_fields(tx);
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < ask.questions.size(); ++i) {
        const auto place = "questions[" + std::to_string(i) + "]";
        if (auto trouble = trouble_with(ask.questions[i], place, form, mapping, fields))
            wrong.push_back(*std::move(trouble));
        else
            settle(mapping, ask.questions[i]);
    }
    if (!wrong.empty()) throw Failure::invalid(std::move(wrong));
    decide(tx, form, std::move(mapping));
    return view_of(tx, caller, form, mapping_of(tx, form));
}

}  // namespace

void add_mapping_routes(http::Routes& api)
{
    using http::Right;
    api.read("GET", "/api/v1/meta/forms/{form_id}/mapping", read,
        {"What the answers of a form become, beside the last real answers", Right::read_sources,
            "`is_new`: nobody has decided about this question, here or for another form of the "
            "page. `proposal` is the field it could fill."});
    api.write("PUT", "/api/v1/meta/forms/{form_id}/mapping", put,
        {"Decide what the answers of a form become", Right::write_sources,
            "If-Match names the version that was read. Questions that are not named stay as they "
            "are; keys of answers that are no question, such as tracking parameters, may be named. The page's other forms follow where nobody has decided about the same question. "
            "Leads that are here already change only by a mapping run."});
}

}  // namespace leadcrm::meta
