#include "meta/form_api.hpp"

#include "meta/form.hpp"
#include "meta/form_mapping.hpp"
#include "meta/page.hpp"
#include "meta/page_pulse.hpp"
#include "meta/reconciler.hpp"

#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

struct QuestionView {
    std::string key;
    std::string label;
    std::string type;
    std::vector<Option> options;
    std::optional<std::string> maps_to;  // name, first_name, last_name, email, phone
    std::optional<custom_fields::FieldId> field_id;  // it goes to a custom field
    bool is_new = false;  // nobody has decided what the answer becomes
};
BOOST_DESCRIBE_STRUCT(QuestionView, (), (key, label, type, options, maps_to, field_id, is_new))

struct FormView {
    std::string form_id;
    std::string name;
    std::string page_id;
    std::string page_name;
    std::string status;
    std::string locale;
    std::optional<std::string> privacy_url;
    bool is_on = true;
    std::vector<QuestionView> questions;
    std::int64_t new_questions = 0;
    std::optional<std::int64_t> leads_count;
    std::optional<std::int64_t> expired_leads_count;
    std::optional<Instant> created_at;
    std::optional<Instant> last_lead_at;
    std::vector<std::int64_t> hours;
    Rhythm rhythm;
};
BOOST_DESCRIBE_STRUCT(FormView, (),
    (form_id, name, page_id, page_name, status, locale, privacy_url, is_on, questions,
        new_questions, leads_count, expired_leads_count, created_at, last_lead_at, hours, rhythm))

struct ChangeForm {
    Text<1, 64> form_id;
    bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(ChangeForm, (), (form_id, is_on))

QuestionView view_of(const Question& question, const FormMapping& mapping)
{
    QuestionView view{.key = question.key,
        .label = question.label,
        .type = question.type,
        .options = question.options,
        .maps_to = std::nullopt};
    const auto* mapped = find_question(mapping, question.key);
    if (!mapped) return view;
    if (mapped->target != Target::answer && mapped->target != Target::field)
        view.maps_to = boost::describe::enum_to_string(mapped->target, "");
    view.field_id = mapped->field_id;
    view.is_new = mapped->is_new;
    return view;
}

FormView view_of(const Form& form, const FormMapping& mapping, const std::string& page_name,
    const Pulse& pulse, Instant now)
{
    FormView view{.form_id = form.form_id,
        .name = form.name.value_or(form.form_id),
        .page_id = form.page_id,
        .page_name = page_name,
        .status = form.status,
        .locale = form.locale,
        .privacy_url = form.privacy_url.empty() ? std::nullopt : std::optional(form.privacy_url),
        .is_on = form.is_on,
        .questions = {},
        .leads_count = form.leads_count,
        .expired_leads_count = form.expired_leads_count,
        .created_at = form.created_at,
        .last_lead_at = pulse.latest,
        .hours = pulse.hours.empty() ? last_hours({}, 24, now) : pulse.hours,
        .rhythm = pulse.rhythm};
    for (const auto& question : form.questions)
        view.questions.push_back(view_of(question, mapping));
    // One that brings no leads any more has nothing to ask.
    if (form.is_on && form.status != "ARCHIVED" && form.status != "DELETED")
        view.new_questions = count_new(mapping);
    return view;
}

http::Page<FormView> list_forms(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    const auto now = Instant::now();
    std::map<std::string, std::string> names;
    std::map<std::string, PagePulse> pulses;
    for (const auto& page : store::list_pages(db)) {
        names[page.page_id] = page.name;
        pulses[page.page_id] = pulse_of(db, page, now);
    }
    std::map<std::string, FormMapping> mappings;
    for (auto& mapping : store::list_mappings(db))
        mappings.emplace(mapping.form_id, std::move(mapping));
    http::Page<FormView> answer;
    for (const auto& form : store::list_forms(db)) {
        const auto known = mappings.find(form.form_id);
        const auto mapping =
            known == mappings.end() ? mapping_for(form, std::nullopt, {}) : known->second;
        answer.data.push_back(view_of(
            form, mapping, names[form.page_id], pulses[form.page_id].forms[form.form_id], now));
    }
    return answer;
}

FormView change_form(db::Tx& tx, const http::Caller&, const ChangeForm& ask)
{
    const auto now = Instant::now();
    const auto form = store::find_form(tx, ask.form_id.value);
    if (!form) throw Failure::not_found("There is no such form among those of your pages.");
    store::set_form_on(tx, form->form_id, ask.is_on);
    if (ask.is_on && !form->is_on) {
        // What came while it was off is still at Meta.
        store::upsert(tx, FormWalk{.form_id = form->form_id, .page_id = form->page_id});
        order_reconcile(tx, form->page_id);
    }
    const auto page = store::find_page(tx, form->page_id);
    auto changed = *form;
    changed.is_on = ask.is_on;
    Pulse pulse;
    if (page) pulse = pulse_of(tx, *page, now).forms[form->form_id];
    const auto mapping = mapping_for(changed, store::find_mapping(tx, form->form_id), {});
    return view_of(changed, mapping, page ? page->name : "", pulse, now);
}

}  // namespace

void add_form_routes(http::Routes& api)
{
    api.read("GET", "/api/v1/meta/forms", list_forms,
        {"Forms of the connected pages, with their questions and how leads come",
            http::Right::read_leads});
    api.write("PATCH", "/api/v1/meta/forms/{form_id}", change_form,
        {"Take leads of a form in, or leave them at Meta", http::Right::write_sources});
}

}  // namespace leadcrm::meta
