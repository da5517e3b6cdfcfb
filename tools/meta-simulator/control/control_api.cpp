#include "meta-simulator/control/control_api.hpp"

#include "meta-simulator/control/control_call.hpp"
#include "meta-simulator/control/control_login.hpp"
#include "meta-simulator/control/control_page.hpp"
#include "meta-simulator/simulator.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace leadcrm::simulator {

namespace {

struct ControlRoute {
    std::string_view method;
    std::string_view path;  // "*" is an id
    std::string (*answer)(State&, const ControlCall&);
};

constexpr std::array routes{
    ControlRoute{"GET", "state", show_state},
    ControlRoute{"GET", "deliveries", show_deliveries},
    ControlRoute{"GET", "calls", show_calls},
    ControlRoute{"GET", "leads", show_leads},

    ControlRoute{"POST", "leads", make_leads},
    ControlRoute{"DELETE", "leads/*", delete_leads},
    ControlRoute{"POST", "leads/*/update", update_lead},
    ControlRoute{"PUT", "rate", set_rate},

    ControlRoute{"PATCH", "names/*", rename_thing},
    ControlRoute{"POST", "apps", make_app},
    ControlRoute{"POST", "pages", make_page},
    ControlRoute{"PATCH", "pages/*", change_page},
    ControlRoute{"POST", "forms", make_form},
    ControlRoute{"PATCH", "forms/*", change_form_status},
    ControlRoute{"POST", "tokens", change_token},
    ControlRoute{"POST", "tokens/renew", renew_token},
    ControlRoute{"POST", "clock", move_clock},

    ControlRoute{"PUT", "login", change_login},
    ControlRoute{"GET", "people", show_people},
    ControlRoute{"POST", "people", make_person},
    ControlRoute{"PATCH", "people/*", change_person},

    ControlRoute{"PUT", "graph", change_graph},
    ControlRoute{"PUT", "webhook", change_webhook},
    ControlRoute{"POST", "webhook/dashboard-test", send_dashboard_test},
    ControlRoute{"POST", "webhook/hurry", hurry_webhooks},
    ControlRoute{"GET", "faults", show_faults},
    ControlRoute{"POST", "faults", add_fault},
    ControlRoute{"DELETE", "faults", remove_faults},
    ControlRoute{"DELETE", "faults/*", remove_faults},
    ControlRoute{"POST", "throttle", throttle},
    ControlRoute{"DELETE", "throttle", end_throttling},
};

struct Reset {
    std::optional<std::uint64_t> seed;
};
BOOST_DESCRIBE_STRUCT(Reset, (), (seed))

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto slash = path.find('/');
        if (slash != 0) parts.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
    }
    return parts;
}

bool matches(std::string_view pattern, const std::vector<std::string>& path)
{
    const auto wanted = split(pattern);
    return std::ranges::equal(wanted, path,
        [](const auto& want, const auto& part) { return want == "*" || want == part; });
}

http::Response json_response(std::string text)
{
    return {.content_type = "application/json", .body = std::move(text)};
}

// What resets or sends by itself, and so is not done with the state locked.
bool answer_whole(Simulator& simulator, const ControlCall& call, const http::Respond& respond)
{
    if (call.request.method != "POST") return false;
    if (matches("reset", call.path)) {
        simulator.reset(changed(Reset{}, call.body).seed);
        respond(json_response("{}"));
        return true;
    }
    if (matches("callbacks", call.path)) {
        send_callback(simulator, call.body,
            [respond](std::string text) { respond(json_response(std::move(text))); });
        return true;
    }
    if (matches("webhook/verify", call.path)) {
        simulator.verify_webhook([respond](const std::string& trouble) {
            json::object answer{{"verified", trouble.empty()}, {"trouble", trouble}};
            respond(json_response(json::print(answer)));
        });
        return true;
    }
    return false;
}

}  // namespace

void answer_control(
    Simulator& simulator, const http::Request& request, const http::Respond& respond)
{
    auto path = split(request.path);
    path.erase(path.begin());
    if (request.method == "GET" && path.size() <= 1) {
        if (auto page = control_page(path.empty() ? "" : path.front()))
            return respond(*std::move(page));
    }
    const ControlCall call{request, std::move(path),
        request.body.empty() ? json::value(json::object()) : json::parse(request.body)};
    if (!call.body.is_object()) throw Failure::malformed("Please send a JSON object.");
    if (answer_whole(simulator, call, respond)) return;

    const auto route = std::ranges::find_if(routes, [&](const ControlRoute& candidate) {
        return candidate.method == request.method && matches(candidate.path, call.path);
    });
    if (route == routes.end())
        throw Failure::not_found("The control API has no " + request.method + " " + request.path
            + ". What there is: tools/meta-simulator/README.md.");
    respond(json_response(
        simulator.with_state([&](State& state) { return route->answer(state, call); })));
}

}  // namespace leadcrm::simulator
