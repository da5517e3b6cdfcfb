// Leads as a table: which columns there are, and what stands in each of them. Whoever writes a
// table has a `cells` that takes the cells of a row in their order:
//
//     number(std::int64_t)   text(std::string_view), empty for none   time(Instant)
//     yes_no(bool)           value(const CustomField&, const json::value*), null for none
#pragma once

#include "exports/lead_page.hpp"
#include "exports/lead_words.hpp"

#include <array>
#include <string_view>

namespace leadcrm::exports {

struct LeadColumn {
    std::string_view name;  // for programs
    std::string_view heading;  // for people
    int width;  // in characters
    bool is_time = false;
};

// Custom fields stand between the two.
constexpr std::array columns_before{LeadColumn{"number", "Number", 9},
    LeadColumn{"name", "Name", 26}, LeadColumn{"email", "E-mail", 30},
    LeadColumn{"phone", "Phone", 18}, LeadColumn{"stage", "Stage", 16},
    LeadColumn{"owner", "Owner", 20}, LeadColumn{"platform", "Platform", 9},
    LeadColumn{"page", "Page", 24}, LeadColumn{"form", "Form", 26},
    LeadColumn{"campaign", "Campaign", 26}, LeadColumn{"ad", "Ad", 24},
    LeadColumn{"submitted_at", "Submitted", 19, true},
    LeadColumn{"received_at", "Received", 19, true}, LeadColumn{"updated_at", "Changed", 19, true},
    LeadColumn{"is_test", "Test", 7}};
constexpr std::array columns_after{
    LeadColumn{"answers", "Answers", 60}, LeadColumn{"consents", "Consents", 40}};

// Those of one row.
template <class Cells>
void tell_cells(Cells& cells, const leads::Lead& lead, const json::Raw* disclaimers,
    const std::vector<custom_fields::CustomField>& fields, SharedWords& words)
{
    const auto text = [&](const std::optional<std::string>& what) {
        cells.text(what ? std::string_view(*what) : std::string_view());
    };
    cells.number(lead.number);
    cells.text(lead.name);
    text(lead.email);
    text(lead.phone ? lead.phone : lead.phone_raw);
    cells.text(lead.stage.name);
    cells.text(lead.owner ? std::string_view(lead.owner->name) : std::string_view());
    for (const auto& name : words.source_names(lead.source.text)) cells.text(name);
    cells.time(lead.submitted_at);
    cells.time(lead.received_at);
    cells.time(lead.updated_at);
    cells.yes_no(lead.is_test);
    if (!fields.empty()) {
        const auto custom = json::parse(lead.custom.text);
        for (const auto& field : fields)
            cells.value(field, custom.as_object().if_contains(field.key));
    }
    cells.text(text_of_answers(lead));
    cells.text(
        disclaimers ? std::string_view(words.consents(disclaimers->text)) : std::string_view());
}

}  // namespace leadcrm::exports
