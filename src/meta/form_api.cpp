#include "meta/form_api.hpp"

#include "meta/form.hpp"
#include "meta/lead_mapping.hpp"
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
};
BOOST_DESCRIBE_STRUCT(QuestionView, (), (key, label, type, options, maps_to))

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
    std::optional<std::int64_t> leads_count;
    std::optional<std::int64_t> expired_leads_count;
    std::optional<Instant> created_at;
    std::optional<Instant> last_lead_at;
    std::vector<std::int64_t> hours;
    Rhythm rhythm;
};
BOOST_DESCRIBE_STRUCT(FormView, (),
    (form_id, name, page_id, page_name, status, locale, privacy_url, is_on, questions, leads_count,
        expired_leads_count, created_at, last_lead_at, hours, rhythm))

struct ChangeForm {
    Text<1, 64> form_id;
    bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(ChangeForm, (), (form_id, is_on))

FormView view_of(const Form& form, const std::string& page_name, const Pulse& pulse, Instant now)
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
        view.questions.push_back(
            {question.key, question.label, question.type, question.options, maps_to(question)});
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
    http::Page<FormView> answer;
    for (const auto& form : store::list_forms(db))
        answer.data.push_back(
            view_of(form, names[form.page_id], pulses[form.page_id].forms[form.form_id], now));
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
    return view_of(changed, page ? page->name : "", pulse, now);
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
