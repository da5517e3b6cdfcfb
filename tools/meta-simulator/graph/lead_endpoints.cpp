// Reading, listing and deleting leads, and test leads.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/field_choice.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/lists.hpp"
#include "meta-simulator/graph/nodes.hpp"

#include <algorithm>
#include <limits>

namespace leadcrm::simulator {

namespace {

json::object shown_lead(const Ask& ask, const Lead& lead, const std::vector<FieldChoice>& fields)
{
    const bool sees_ads = ask.token.sees_ads && ask.token.scopes.contains("ads_management");
    return choose(whole_lead(lead, sees_ads), lead_type, fields, ask.state.graph.removed_fields);
}

bool is_expired(const State& state, const Lead& lead)
{
    return lead.created < state.clock.now() - lead_lifetime;
}

std::int64_t filter_seconds(const json::object& filter)
{
    const auto* value = filter.if_contains("value");
    if (value && value->is_int64()) return value->get_int64();
    if (value && value->is_string()) {
        const std::string text(value->get_string());
        if (!text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })
            && text.size() < 16)
            return std::stoll(text);
    }
    throw invalid_parameter("Filter value must be a Unix timestamp.");
}

// Narrows the list by [{"field":"time_created","operator":"GREATER_THAN","value":…}]; several
// filters must all hold.
void apply_filtering(const GraphCall& call, ListAsk& ask)
{
    const auto filtering = call.json_parameter("filtering");
    if (!filtering) return;
    if (!filtering->is_array()) throw invalid_parameter("Param filtering must be an array.");
    for (const auto& element : filtering->get_array()) {
        const auto* filter = element.if_object();
        const auto text = [&](std::string_view name) -> std::string {
            const auto* member = filter ? filter->if_contains(name) : nullptr;
            return member && member->is_string() ? std::string(member->get_string()) : "";
        };
        if (text("field") != "time_created")
            throw invalid_parameter("Filtering field '" + text("field") + "' with operation '"
                + text("operator") + "' is not supported");
        const auto seconds = filter_seconds(*filter);
        const auto operation = text("operator");
        if (operation == "GREATER_THAN")
            ask.lowest = std::max(ask.lowest, ListKey{seconds + 1, 0});
        else if (operation == "GREATER_THAN_OR_EQUAL")
            ask.lowest = std::max(ask.lowest, ListKey{seconds, 0});
        else if (operation == "LESS_THAN")
            ask.end = std::min(ask.end, ListKey{seconds, 0});
        else
            throw invalid_parameter("Param filtering[0][operator] must be one of {LESS_THAN, "
                                    "GREATER_THAN, GREATER_THAN_OR_EQUAL} - got \""
                + operation + "\".");
    }
}

// Some pages of a list are short, or empty with a next one, when the settings say so.
ListCut cut_with_gaps(State& state, const ListKeys& keys, ListAsk ask)
{
    const auto& settings = state.graph;
    const auto read = ++state.lists_read;
    const auto every = [&](std::int64_t count) { return count > 0 && read % count == 0; };
    if (every(settings.empty_page_every) && !cut(keys, ask).keys.empty()) {
        const auto largest = std::numeric_limits<std::int64_t>::max();
        const ListKey front = ask.newest_first ? ListKey{largest, 0} : ListKey{0, 0};
        return {.has_next = true, .resume_after = ask.after.value_or(front)};
    }
    if (every(settings.short_page_every)) ask.limit = std::max<std::int64_t>(1, ask.limit / 2);
    return cut(keys, ask);
}

json::value list_of_leads(const Ask& ask, const ListKeys& keys)
{
    auto& state = ask.state;
    const auto fields = parse_fields(ask.call.parameter("fields").value_or(""));
    auto wanted = read_list_ask(ask.call, state.graph);
    apply_filtering(ask.call, wanted);
    const ListKey oldest{(state.clock.now() - lead_lifetime).unix_seconds(), 0};
    wanted.lowest = std::max(wanted.lowest, oldest);
    wanted.newest_first = state.graph.lead_order == ListOrder::newest_first;
    const bool dies = state.graph.cursors_die_with_leads;
    if (dies && wanted.after && wanted.after->id != 0 && !keys.contains(*wanted.after))
        throw invalid_parameter("Invalid cursors values");
    return list_answer(ask.call, cut_with_gaps(state, keys, wanted),
        [&](ListKey key) { return shown_lead(ask, *state.world.find_lead(key), fields); });
}

std::map<std::string, std::vector<std::string>> read_field_data(const GraphCall& call)
{
    std::map<std::string, std::vector<std::string>> values;
    const auto data = call.json_parameter("field_data");
    if (!data) return values;
    if (!data->is_array()) throw invalid_parameter("Param field_data must be an array.");
    for (const auto& element : data->get_array()) {
        const auto* answer = element.if_object();
        const auto* name = answer ? answer->if_contains("name") : nullptr;
        const auto* list = answer ? answer->if_contains("values") : nullptr;
        if (!name || !name->is_string() || !list || !list->is_array())
            throw invalid_parameter("Param field_data must be an array of {name, values}.");
        auto& texts = values[std::string(name->get_string())];
        for (const auto& text : list->get_array())
            if (text.is_string()) texts.emplace_back(text.get_string());
    }
    return values;
}

std::vector<Disclaimer> read_disclaimers(const GraphCall& call)
{
    std::vector<Disclaimer> disclaimers;
    const auto data = call.json_parameter("custom_disclaimer_responses");
    if (!data || !data->is_array()) return disclaimers;
    for (const auto& element : data->get_array()) {
        const auto* response = element.if_object();
        const auto* key = response ? response->if_contains("checkbox_key") : nullptr;
        const auto* checked = response ? response->if_contains("is_checked") : nullptr;
        if (!key || !key->is_string())
            throw invalid_parameter("Param custom_disclaimer_responses needs checkbox_key.");
        const bool is_checked =
            checked && (*checked == true || *checked == "1" || *checked == "true");
        disclaimers.push_back({std::string(key->get_string()), is_checked});
    }
    return disclaimers;
}

}  // namespace

json::value read_lead(const Ask& ask)
{
    const Lead& lead = *ask.place.lead;
    require_lead_access(ask.token, *ask.place.page, ask.call, lead.id, ask.state.graph);
    if (is_expired(ask.state, lead)) throw unsupported_request(ask.call.method, lead.id);
    return shown_lead(ask, lead, parse_fields(ask.call.parameter("fields").value_or("")));
}

json::value delete_lead(const Ask& ask)
{
    const auto id = ask.place.lead->id;
    require_lead_access(ask.token, *ask.place.page, ask.call, id, ask.state.graph);
    ask.state.world.remove(id);
    return success(ask.state);
}

json::value list_leads(const Ask& ask)
{
    const auto& [state, call, token, place] = ask;
    require_lead_access(token, *place.page, call, ask.id(), state.graph);
    if (place.kind == NodeKind::ad) return list_of_leads(ask, state.world.leads_of_ad(ask.id()));
    if (!state.graph.test_leads_listed) return list_of_leads(ask, place.form->leads);
    ListKeys all = place.form->leads;
    all.insert(place.form->test_leads.begin(), place.form->test_leads.end());
    return list_of_leads(ask, all);
}

json::value list_test_leads(const Ask& ask)
{
    require_lead_access(ask.token, *ask.place.page, ask.call, ask.place.form->id, ask.state.graph);
    return list_of_leads(ask, ask.place.form->test_leads);
}

json::value make_test_lead(const Ask& ask)
{
    const auto& [state, call, token, place] = ask;
    require_lead_access(token, *place.page, call, place.form->id, state.graph);
    if (!place.form->test_leads.empty())
        throw GraphError(100, "Invalid parameter", 1892058)
            .told_to_people("Test lead already exists",
                "There is already a test lead for this form. Delete it before you make another.");
    const Lead& lead = state.world.add_test_lead(
        *place.form, read_field_data(call), read_disclaimers(call), state.clock.now());
    if (state.graph.test_lead_webhook) announce_lead(state, lead);
    return json::object{{"id", lead.id}};
}

}  // namespace leadcrm::simulator
