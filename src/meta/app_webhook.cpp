#include "meta/app_webhook.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto leads_field = "leadgen";

GraphRequest edge_of(const GraphClient& graph, std::string method)
{
    return {.method = std::move(method), .path = graph.app().app_id + "/subscriptions"};
}

}  // namespace

std::string webhook_url(const App& app)
{
    const auto own_id = app.id_if_own();
    return app.settings().public_url + "/webhooks/meta" + (own_id ? "/" + *own_id : "");
}

AppWebhook read_app_webhook(GraphClient& graph)
{
    const auto answer = graph.ask(graph.app_access(), edge_of(graph, "GET"));
    AppWebhook found{.problem = answer.problem};
    for (const auto& entry : list_member(answer.body, "data")) {
        if (text_member(entry, "object") != "page") continue;
        const auto* active = member(entry, "active");
        found.is_active = active && active->is_bool() && active->get_bool();
        found.callback_url = text_member(entry, "callback_url");
        for (const auto& field : list_member(entry, "fields"))
            if (text_member(field, "name") == leads_field) found.has_leads = true;
    }
    return found;
}

std::optional<GraphProblem> set_app_webhook(App& app)
{
    auto ask = edge_of(app.graph, "POST");
    ask.parameters = {{"object", "page"}, {"callback_url", webhook_url(app)},
        {"verify_token", app.settings().verify_token}, {"fields", leads_field},
        {"include_values", "true"}};
    return app.graph.ask(app.graph.app_access(), ask).problem;
}

}  // namespace leadcrm::meta
