// Several calls in one request: POST with `batch`, and GET with `ids`.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/graph.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/meta_text.hpp"

#include <set>
#include <sstream>

namespace leadcrm::simulator {

namespace {

constexpr std::size_t batch_max = 50;
constexpr std::size_t ids_max = 50;

std::string member_text(const json::object& element, std::string_view name)
{
    const auto* member = element.if_contains(name);
    return member && member->is_string() ? std::string(member->get_string()) : "";
}

bool member_flag(const json::object& element, std::string_view name)
{
    const auto* member = element.if_contains(name);
    return member && (*member == true || *member == "true" || *member == 1);
}

json::value element_json(const Outcome& outcome, bool with_headers)
{
    json::object shown{{"code", outcome.status}};
    if (with_headers) {
        json::array headers;
        headers.push_back(json::object{{"name", "Content-Type"}, {"value", outcome.content_type}});
        for (const auto& [name, value] : outcome.headers)
            headers.push_back(json::object{{"name", name}, {"value", value}});
        shown["headers"] = std::move(headers);
    }
    shown["body"] = outcome.body;
    return shown;
}

}  // namespace

Outcome answer_batch(State& state, const GraphCall& call)
{
    const auto tree = call.json_parameter("batch");
    if (!tree->is_array()) throw invalid_parameter("Param batch must be an array.");
    const auto& elements = tree->get_array();
    if (elements.size() > batch_max)
        throw GraphError(0, "Too many requests in batch message. Maximum batch size is 50")
            .of_type("GraphBatchException");
    const bool with_headers = call.parameter("include_headers") != "false";

    Outcome outcome;
    std::set<std::string> failed;  // names of elements that others may depend on
    json::array answers;
    for (const auto& item : elements) {
        const auto* element = item.if_object();
        if (!element) throw invalid_parameter("Param batch must be an array of objects.");
        const auto needs = member_text(*element, "depends_on");
        if (!needs.empty() && failed.contains(needs)) {
            answers.push_back(nullptr);
            continue;
        }
        const auto inner = answer_call(state, read_element(call, *element), true);
        outcome.wait = std::max(outcome.wait, inner.wait);
        const bool worked = inner.status < 400 && !inner.is_null;
        const auto name = member_text(*element, "name");
        if (!name.empty() && !worked) failed.insert(name);
        const bool omitted = worked && member_flag(*element, "omit_response_on_success");
        if (inner.is_null || omitted)
            answers.push_back(nullptr);
        else
            answers.push_back(element_json(inner, with_headers));
    }
    outcome.body = meta_json(answers);
    return outcome;
}

json::value answer_ids(State& state, const GraphCall& call, const Token& token)
{
    std::vector<std::string> ids;
    std::istringstream parts(call.parameter("ids").value_or(""));
    for (std::string id; std::getline(parts, id, ',');)
        if (!id.empty()) ids.push_back(id);
    if (ids.empty() || ids.size() > ids_max)
        throw invalid_parameter("Param ids must hold between 1 and 50 ids.");

    json::object answers;
    for (const auto& id : ids) {
        GraphCall one = call;
        one.parameters.erase("ids");
        one.path.insert(one.path.begin(), id);
        try {
            answers[id] = answer_counted(state, one, token);
        } catch (const GraphError& error) {
            const bool is_missing = error.code == 100 && error.subcode == 33;
            if (!is_missing) throw;
            if (state.graph.ids_all_or_nothing) throw no_such_alias(id);
        }
    }
    return answers;
}

}  // namespace leadcrm::simulator
