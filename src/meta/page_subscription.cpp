#include "meta/page_subscription.hpp"

#include <algorithm>
#include <vector>

namespace leadcrm::meta {
namespace {

constexpr auto leads_field = "leadgen";

struct Subscription {
    std::optional<GraphProblem> problem;
    std::vector<std::string> fields;

    bool has_leads() const
    {
        return std::find(fields.begin(), fields.end(), leads_field) != fields.end();
    }
};

GraphRequest edge_of(const PageAccess& as, std::string method)
{
    return {.method = std::move(method), .path = as.page_id + "/subscribed_apps"};
}

Subscription read_subscription(GraphClient& graph, const PageAccess& as)
{
    const auto answer = graph.ask(as, edge_of(as, "GET"));
    Subscription found{.problem = answer.problem};
    for (const auto& app : list_member(answer.body, "data"))
        if (text_member(app, "id") == graph.app().app_id)
            for (const auto& field : list_member(app, "subscribed_fields"))
                if (const auto* name = field.if_string()) found.fields.emplace_back(*name);
    return found;
}

}  // namespace

std::optional<GraphProblem> subscribe(GraphClient& graph, const PageAccess& as)
{
    auto now = read_subscription(graph, as);
    if (now.problem || now.has_leads()) return now.problem;

    // A new list takes the place of the old one, so what is there already goes with it.
    std::string fields = leads_field;
    for (const auto& field : now.fields) fields += "," + field;
    auto ask = edge_of(as, "POST");
    ask.parameters = {{"subscribed_fields", fields}};
    if (const auto answer = graph.ask(as, ask); answer.problem) return answer.problem;

    now = read_subscription(graph, as);
    if (!now.problem && !now.has_leads())
        now.problem = GraphProblem{.message = "Meta does not show the subscription it confirmed"};
    return now.problem;
}

std::optional<bool> is_subscribed(GraphClient& graph, const PageAccess& as)
{
    const auto now = read_subscription(graph, as);
    return now.problem ? std::nullopt : std::optional(now.has_leads());
}

std::optional<GraphProblem> unsubscribe(GraphClient& graph, const PageAccess& as)
{
    return graph.ask(as, edge_of(as, "DELETE")).problem;
}

}  // namespace leadcrm::meta
