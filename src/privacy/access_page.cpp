#include "privacy/access_page.hpp"

#include "platform/html.hpp"

namespace leadcrm::privacy {
namespace {

class Page {
public:
    explicit Page(const std::string& title)
        : text_("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width\"><title>"
            + escaped_for_html(title)
            + "</title><style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;"
              "padding:0 1rem}dt{font-weight:600}dd{margin:0 0 .5rem;white-space:pre-wrap}"
              "</style>\n<h1>"
            + escaped_for_html(title) + "</h1>\n")
    {
    }

    void heading(const std::string& text) { text_ += "<h2>" + escaped_for_html(text) + "</h2>\n"; }
    void paragraph(const std::string& text) { text_ += "<p>" + escaped_for_html(text) + "</p>\n"; }
    void begin_facts() { text_ += "<dl>\n"; }
    void end_facts() { text_ += "</dl>\n"; }
    void fact(const std::string& name, const std::string& value)
    {
        if (value.empty()) return;
        text_ +=
            "<dt>" + escaped_for_html(name) + "</dt><dd>" + escaped_for_html(value) + "</dd>\n";
    }
    std::string finish() { return text_ + "</html>\n"; }

private:
    std::string text_;
};

std::string joined(const std::vector<std::string>& values)
{
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : ", ") + value;
    return text;
}

void add_person(Page& page, const leads::LeadRecord& lead)
{
    page.heading("Who");
    page.begin_facts();
    page.fact("Name", lead.name);
    page.fact("E-mail", lead.email.value_or(""));
    page.fact("Phone", lead.phone.value_or(lead.phone_raw.value_or("")));
    page.fact("Stage", lead.stage.name);
    page.fact("Looked after by", lead.owner ? lead.owner->name : "");
    for (const auto& [key, value] :
        json::from_text<std::map<std::string, json::value>>(lead.custom.text))
        page.fact(key, value.is_string() ? std::string(value.as_string()) : json::print(value));
    page.end_facts();
}

void add_submission(Page& page, const leads::LeadSubmission& sent, const Told& told)
{
    page.heading("Sent on " + rfc3339(sent.submitted_at));
    page.begin_facts();
    page.fact("Form", sent.form_name.value_or(sent.form_id.value_or("")));
    page.fact("Received here", rfc3339(sent.received_at));
    const auto source = json::from_text<leads::Source>(sent.source.text);
    page.fact("Page", source.page_name.value_or(source.page_id.value_or("")));
    page.fact("Campaign", source.campaign_name.value_or(source.campaign_id.value_or("")));
    page.fact("Ad", source.ad_name.value_or(source.ad_id.value_or("")));
    for (const auto& answer : json::from_text<std::vector<leads::Answer>>(sent.answers.text))
        page.fact(answer.label, joined(answer.values));
    for (const auto& box : json::from_text<std::vector<leads::Disclaimer>>(sent.disclaimers.text))
        page.fact(box.is_checked ? "Agreed to" : "Did not agree to",
            box.text.empty() ? box.key : box.text);
    for (const auto& form : told.forms)
        if (form.form_id == sent.form_id && form.version == sent.form_version)
            page.fact("Privacy policy that was linked", form.privacy_url);
    page.end_facts();
}

void add_timeline(Page& page, const leads::LeadRecord& lead)
{
    page.heading("What happened since");
    page.begin_facts();
    for (const auto& entry : lead.timeline) {
        auto what = entry.kind;
        if (entry.data.from && entry.data.to)
            what += ": " + entry.data.from->name + " → " + entry.data.to->name;
        if (entry.data.owner) what += ": " + entry.data.owner->name;
        if (entry.data.fields) what += ": " + joined(*entry.data.fields);
        if (entry.actor) what += " (" + entry.actor->name + ")";
        page.fact(rfc3339(entry.at), what);
    }
    page.end_facts();
}

}  // namespace

std::string page_of(const Told& told)
{
    Page page("What " + told.organization + " keeps about you");
    page.paragraph("Read on " + rfc3339(told.read_at)
        + ". Times are in UTC. Everything here, and the originals as Meta sent them, is also in "
          "person.json.");
    add_person(page, told.lead);
    for (const auto& sent : told.lead.submissions) add_submission(page, sent, told);
    add_timeline(page, told.lead);
    page.heading("Who opened or changed it");
    page.begin_facts();
    for (const auto& entry : told.audit) page.fact(rfc3339(entry.at), entry.what);
    page.end_facts();
    page.heading("What Meta told us when");
    page.begin_facts();
    for (const auto& delivery : told.deliveries)
        page.fact(rfc3339(delivery.received_at), delivery.said.text);
    page.end_facts();
    return page.finish();
}

}  // namespace leadcrm::privacy
