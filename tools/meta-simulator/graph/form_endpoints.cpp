// Reading and listing forms, and archiving them.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/field_choice.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/lists.hpp"
#include "meta-simulator/graph/nodes.hpp"

namespace leadcrm::simulator {

namespace {

void require_form_access(const Ask& ask)
{
    require_page(ask.token, *ask.place.page, ask.call, ask.id(), ask.state.graph);
    require_scope(ask.token, "pages_manage_ads");
}

// The call an edge inside a `fields` list stands for: "leads.limit(5){id}" of a form.
GraphCall edge_call(const Ask& ask, const std::string& node_id, const FieldChoice& field,
    const std::string& fields_text)
{
    GraphCall call{.method = "GET",
        .version = ask.call.version,
        .path = {node_id, field.name},
        .parameters = field.arguments,
        .token = ask.call.token,
        .token_in_query = ask.call.token_in_query,
        .origin = ask.call.origin};
    if (!fields_text.empty()) call.parameters["fields"] = fields_text;
    return call;
}

std::string text_of(const std::vector<FieldChoice>& fields)
{
    std::string text;
    for (const auto& field : fields) {
        if (!text.empty()) text += ',';
        text += field.name;
        for (const auto& [name, argument] : field.arguments)
            text += "." + name + "(" + argument + ")";
        if (!field.fields.empty()) text += "{" + text_of(field.fields) + "}";
    }
    return text;
}

json::object shown_form(const Ask& ask, Form& form, const std::vector<FieldChoice>& fields)
{
    const auto ask_edge = [&](const FieldChoice& field) -> std::optional<json::value> {
        if (field.name != "leads" && field.name != "test_leads") return std::nullopt;
        const auto call = edge_call(ask, form.id, field, text_of(field.fields));
        const Ask inner{ask.state, call, ask.token, find_place(ask.state, call)};
        return answer_ask(inner);
    };
    return choose(whole_form(form, ask.state.clock.now()), form_type, fields,
        ask.state.graph.removed_fields, ask_edge);
}

}  // namespace

json::value read_form(const Ask& ask)
{
    require_form_access(ask);
    return shown_form(
        ask, *ask.place.form, parse_fields(ask.call.parameter("fields").value_or("")));
}

json::value change_form(const Ask& ask)
{
    require_form_access(ask);
    const auto status = ask.call.parameter("status").value_or("");
    if (status != "ACTIVE" && status != "ARCHIVED")
        throw invalid_parameter("Param status must be one of {ACTIVE, ARCHIVED}.");
    ask.place.form->status = status;
    return success(ask.state);
}

json::value list_forms(const Ask& ask)
{
    require_form_access(ask);
    ListKeys keys;
    for (const auto& id : ask.place.page->form_ids) keys.insert({0, std::stoull(id)});
    const auto fields = parse_fields(ask.call.parameter("fields").value_or(""));
    const auto wanted = read_list_ask(ask.call, ask.state.graph);
    return list_answer(ask.call, cut(keys, wanted), [&](ListKey key) {
        return shown_form(ask, *ask.state.world.find_form(std::to_string(key.id)), fields);
    });
}

// Names only. A page's token sees no ads.
json::value read_ad(const Ask& ask)
{
    require_scope(ask.token, "ads_management");
    if (ask.token.kind == TokenKind::page || !ask.token.sees_ads)
        throw unsupported_request(ask.call.method, ask.id());
    return json::object{
        {"name", ask.state.world.find_ad_name(ask.id()).value_or("")}, {"id", ask.id()}};
}

}  // namespace leadcrm::simulator
