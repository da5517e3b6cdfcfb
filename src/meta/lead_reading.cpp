#include "meta/lead_reading.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

bool may_succeed_with(FieldSet fewer, const GraphAnswer& answer)
{
    if (!answer.problem) return false;
    // The fields about ads need rights of their own; no other field does.
    return answer.problem->advice == Advice::fewer_fields
        || (answer.problem->advice == Advice::needs_access && fewer == FieldSet::without_ads);
}

std::vector<GraphAnswer> ask(GraphClient& graph, const PageAccess& as,
    const std::vector<std::string>& leadgen_ids, FieldSet fields)
{
    const std::string names(fields_of(fields));
    if (leadgen_ids.size() == 1) return {graph.get(as, leadgen_ids.front(), names)};
    return graph.get_all(as, leadgen_ids, names);
}

void ask_again(
    GraphClient& graph, const PageAccess& as, std::vector<LeadReading>& readings, FieldSet fewer)
{
    std::vector<LeadReading*> refused;
    std::vector<std::string> leadgen_ids;
    for (auto& reading : readings) {
        if (!may_succeed_with(fewer, reading.answer)) continue;
        refused.push_back(&reading);
        leadgen_ids.push_back(reading.fetch.leadgen_id);
    }
    if (refused.empty()) return;
    auto answers = ask(graph, as, leadgen_ids, fewer);
    for (std::size_t i = 0; i < refused.size(); ++i) {
        refused[i]->answer = std::move(answers[i]);
        refused[i]->fields = fewer;
    }
}

}  // namespace

std::string_view fields_of(FieldSet set)
{
    switch (set) {
    case FieldSet::all:
        return "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,"
               "is_organic,platform,partner_name,retailer_item_id,field_data,"
               "custom_disclaimer_responses,post_submission_check_result";
    case FieldSet::without_ads:
        return "id,created_time,form_id,is_organic,platform,field_data,custom_disclaimer_responses";
    case FieldSet::minimal:
        break;
    }
    return "id,created_time,form_id,field_data";
}

std::optional<FieldSet> fewer_than(FieldSet fields, const GraphAnswer& refused)
{
    if (fields == FieldSet::minimal) return std::nullopt;
    const auto fewer = fields == FieldSet::all ? FieldSet::without_ads : FieldSet::minimal;
    return may_succeed_with(fewer, refused) ? std::optional(fewer) : std::nullopt;
}

std::vector<LeadReading> read_leads(
    GraphClient& graph, const PageAccess& as, const std::vector<Fetch>& fetches)
{
    std::vector<std::string> leadgen_ids;
    for (const auto& fetch : fetches) leadgen_ids.push_back(fetch.leadgen_id);
    auto answers = ask(graph, as, leadgen_ids, FieldSet::all);

    std::vector<LeadReading> readings;
    for (std::size_t i = 0; i < fetches.size(); ++i)
        readings.push_back({fetches[i], std::move(answers[i]), FieldSet::all});
    ask_again(graph, as, readings, FieldSet::without_ads);
    ask_again(graph, as, readings, FieldSet::minimal);
    return readings;
}

std::optional<std::string> missing_from(FieldSet fields)
{
    switch (fields) {
    case FieldSet::all:
        return std::nullopt;
    case FieldSet::without_ads:
        return "attribution missing: needs ads permission";
    case FieldSet::minimal:
        break;
    }
    return "attribution and consents missing: Graph refused their fields";
}

}  // namespace leadcrm::meta
