#include "leads/hidden_contact.hpp"

#include "leads/contact_trace.hpp"
#include "platform/phone/phone.hpp"

#include <algorithm>
#include <utility>

namespace leadcrm::leads {
namespace {

using custom_fields::FieldType;

constexpr auto hidden_email = "•••@•••";

// "+491701234512" -> "+49 ••• ••12"
std::string masked_phone(const std::string& e164)
{
    const auto code = phone::calling_code(e164);
    return (code ? *code + ' ' : std::string()) + "••• ••" + e164.substr(e164.size() - 2);
}

class Hiding {
public:
    Hiding(const std::vector<custom_fields::CustomField>& fields, const Lead& lead)
        : custom_(json::parse(lead.custom.text).as_object())
        , misfits_(json::parse(lead.misfits.text).as_object())
    {
        for (const auto* text : {&lead.email, &lead.phone, &lead.phone_raw})
            if (*text) trace_.add(**text);
        for (const auto& field : fields) {
            if (field.type != FieldType::phone && field.type != FieldType::email) continue;
            contact_keys_.push_back(field.key);
            for (const auto* values : {&custom_, &misfits_})
                if (const auto* value = values->if_contains(field.key); value && value->is_string())
                    trace_.add(std::string_view(value->get_string()));
        }
    }

    void hide(Lead& lead)
    {
        lead.contact_hidden = true;
        if (lead.email) lead.email = hidden_email;
        if (lead.phone) {
            lead.phone = masked_phone(*lead.phone);
            lead.phone_raw.reset();
        } else if (lead.phone_raw) {
            lead.phone_raw = hidden_text;
        }
        if (trace_.is_in(lead.name)) lead.name.clear();
        lead.answers.text = hidden(lead.answers.text);
        hide(custom_);
        hide(misfits_);
        lead.custom.text = json::print(custom_);
        lead.misfits.text = json::print(misfits_);
    }

    void hide(LeadSubmission& submission) const
    {
        submission.answers.text = hidden(submission.answers.text);
        auto disclaimers = json::from_text<std::vector<Disclaimer>>(submission.disclaimers.text);
        for (auto& each : disclaimers)
            if (trace_.is_in(each.text)) each.text = hidden_text;
        submission.disclaimers.text = json::text_of(disclaimers);
    }

private:
    std::string hidden(const std::string& answers_text) const
    {
        auto answers = json::from_text<std::vector<Answer>>(answers_text);
        for (auto& answer : answers) {
            const bool asks = asks_for_contact(answer.key) || asks_for_contact(answer.label);
            for (auto& value : answer.values)
                if (trace_.is_in(value) || (asks && holds_a_way(value))) value = hidden_text;
        }
        return json::text_of(answers);
    }

    // What is no text stays what it is, or is not told at all.
    void hide(json::object& values) const
    {
        std::vector<std::string> gone;
        for (auto& [key, value] : values) {
            const bool is_contact = std::ranges::count(contact_keys_, std::string(key)) > 0;
            const auto text =
                value.is_string() ? std::string(value.get_string()) : json::print(value);
            if (!is_contact && !trace_.is_in(text)) continue;
            if (value.is_string())
                value = hidden_text;
            else
                gone.emplace_back(key);
        }
        for (const auto& key : gone) values.erase(key);
    }

    json::object custom_;
    json::object misfits_;
    std::vector<std::string> contact_keys_;
    ContactTrace trace_;
};

}  // namespace

ContactHiding::ContactHiding(const db::Reader& db) : fields_(custom_fields::list_fields(db)) { }

ContactHiding::ContactHiding(std::vector<custom_fields::CustomField> fields)
    : fields_(std::move(fields))
{
}

void ContactHiding::hide(Lead& lead) const { Hiding(fields_, lead).hide(lead); }

void ContactHiding::hide(LeadRecord& record) const
{
    Hiding hiding(fields_, record);
    hiding.hide(static_cast<Lead&>(record));
    for (auto& submission : record.submissions) hiding.hide(submission);
}

}  // namespace leadcrm::leads
