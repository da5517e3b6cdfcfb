#include "meta/form.hpp"

#include "events/change.hpp"
#include "meta/form_list.hpp"
#include "meta/form_mapping.hpp"
#include "meta/form_version.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <chrono>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr auto fresh_for = 24h;
// A form that cannot be read, or does not explain its leads, is not asked for with every lead.
constexpr auto again_after = 15min;

Question question_in(const json::value& found)
{
    Question question{.key = text_member(found, "key"),
        .label = text_member(found, "label"),
        .type = text_member(found, "type"),
        .options = {}};
    for (const auto& option : list_member(found, "options"))
        question.options.push_back({text_member(option, "key"), text_member(option, "value")});
    return question;
}

// legal_content{custom_disclaimer{checkboxes[{key,text}]}}
std::vector<Consent> consents_in(const json::value& graph_form)
{
    std::vector<Consent> consents;
    const auto* legal = member(graph_form, "legal_content");
    const auto* disclaimer = legal ? member(*legal, "custom_disclaimer") : nullptr;
    if (disclaimer)
        for (const auto& box : list_member(*disclaimer, "checkboxes"))
            consents.push_back({text_member(box, "key"), text_member(box, "text")});
    return consents;
}

json::Raw legal_in(const json::value& graph_form)
{
    const auto* legal = member(graph_form, "legal_content");
    return {legal && legal->is_object() ? json::print(*legal) : "{}"};
}

std::string privacy_url_in(const json::value& graph_form)
{
    auto url = text_member(graph_form, "privacy_policy_url");
    const auto* legal = url.empty() ? member(graph_form, "legal_content") : nullptr;
    const auto* policy = legal ? member(*legal, "privacy_policy") : nullptr;
    return policy ? text_member(*policy, "url") : url;
}

bool is_option(const Question& question, const json::value& answer)
{
    const auto* text = answer.if_string();
    return text
        && std::any_of(question.options.begin(), question.options.end(),
            [&](const Option& option) { return *text == option.key || *text == option.value; });
}

bool needs_reading(const std::optional<Form>& known, const json::value& lead)
{
    if (!known) return true;
    const bool is_useful = known->name && explains(*known, lead);
    const auto age = Instant::now() - known->read_at;
    return is_useful ? age > fresh_for : age > again_after;
}

}  // namespace

const char* const form_fields =
    "id,name,status,locale,created_time,leads_count,organic_leads_count,expired_leads_count,"
    "privacy_policy_url,questions{key,label,type,options},legal_content";
const char* const form_fields_min = "id,name,status,questions{key,label,type,options}";

Form form_in(const json::value& graph_form, const std::string& form_id, const std::string& page_id)
{
    Form form{.form_id = form_id,
        .page_id = page_id,
        .name = text_member(graph_form, "name"),
        .status = text_member(graph_form, "status"),
        .questions = {},
        .disclaimers = consents_in(graph_form),
        .read_at = Instant::now(),
        .locale = text_member(graph_form, "locale"),
        .privacy_url = privacy_url_in(graph_form),
        .created_at = parse_time(text_member(graph_form, "created_time")),
        .leads_count = whole_member(graph_form, "leads_count"),
        .organic_leads_count = whole_member(graph_form, "organic_leads_count"),
        .expired_leads_count = whole_member(graph_form, "expired_leads_count"),
        .legal = legal_in(graph_form)};
    for (const auto& question : list_member(graph_form, "questions"))
        form.questions.push_back(question_in(question));
    return form;
}

bool explains(const Form& form, const json::value& lead)
{
    for (const auto& field : list_member(lead, "field_data")) {
        const auto name = text_member(field, "name");
        const auto question = std::find_if(form.questions.begin(), form.questions.end(),
            [&](const Question& each) { return each.key == name; });
        if (question == form.questions.end() || question->options.empty()) continue;
        for (const auto& answer : list_member(field, "values"))
            if (!is_option(*question, answer)) return false;
    }
    return true;
}

Form form_for(const json::value& lead, const std::string& form_id, db::Database& database,
    OrganizationId organization, GraphClient& graph, const PageAccess& as)
{
    auto known =
        database.read(organization, [&](db::Reader& db) { return store::find_form(db, form_id); });
    if (!needs_reading(known, lead) || graph.free_at(as.page_id) > Instant::now())
        return known.value_or(Form{.form_id = form_id, .page_id = as.page_id});

    auto answer = graph.get(as, form_id, form_fields);
    if (answer.problem && answer.problem->advice == Advice::fewer_fields)
        answer = graph.get(as, form_id, form_fields_min);
    const bool is_read = !answer.problem;
    Form form;
    if (is_read) {
        form = form_in(answer.body, form_id, as.page_id);
    } else {
        form = known.value_or(Form{.form_id = form_id, .page_id = as.page_id, .status = "UNKNOWN"});
        form.read_at = Instant::now();
        log::warn("a form cannot be read, its leads keep their raw keys",
            {{"form_id", form_id}, {"problem", answer.problem->text()}});
    }
    database.write(organization, [&](db::Tx& tx) {
        store::upsert(tx, form);
        if (is_read) keep_version(tx, form);
        keep_mapping(tx, form);
        if (!known) order_forms(tx, as.page_id);  // a form we had not heard of: there may be more
    });
    return form;
}

namespace store {

std::optional<Form> find_form(const db::Reader& db, const std::string& form_id)
{
    return db.row<Form>(
        "SELECT {columns} FROM forms WHERE organization_id = $1 AND form_id = $2", form_id);
}

std::vector<Form> list_forms(const db::Reader& db)
{
    return db.rows<Form>(
        "SELECT {columns} FROM forms WHERE organization_id = $1 ORDER BY name, form_id");
}

std::vector<Form> list_forms_of(const db::Reader& db, const std::string& page_id)
{
    return db.rows<Form>("SELECT {columns} FROM forms WHERE organization_id = $1"
                         " AND page_id = $2 ORDER BY form_id DESC",
        page_id);
}

std::vector<std::string> list_forms_off(const db::Reader& db)
{
    return db.rows<std::string>(
        "SELECT form_id FROM forms WHERE organization_id = $1 AND is_on = $2", false);
}

bool set_form_on(db::Tx& tx, const std::string& form_id, bool is_on)
{
    events::tell_change(tx, events::Topic::forms);
    return tx.run("UPDATE forms SET is_on = $3 WHERE organization_id = $1 AND form_id = $2",
               form_id, is_on)
        > 0;
}

void upsert(db::Tx& tx, const Form& form)
{
    tx.store("INSERT INTO forms (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, form_id) DO UPDATE SET page_id = excluded.page_id,"
             " name = excluded.name, status = excluded.status, questions = excluded.questions,"
             " disclaimers = excluded.disclaimers, read_at = excluded.read_at,"
             " locale = excluded.locale, privacy_url = excluded.privacy_url,"
             " created_at = excluded.created_at, leads_count = excluded.leads_count,"
             " organic_leads_count = excluded.organic_leads_count,"
             " expired_leads_count = excluded.expired_leads_count",
        form);
}

}  // namespace store
}  // namespace leadcrm::meta
