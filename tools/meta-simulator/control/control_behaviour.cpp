// The control API's part about behaviour: the rate, settings, faults, limits.
#include "meta-simulator/control/control_call.hpp"

#include <charconv>

namespace leadcrm::simulator {

namespace {

struct SetRate {
    double leads_per_second = 0;
    std::optional<std::int64_t> count;  // stop after so many
    std::map<std::string, double> weights;  // page id -> its share
};
BOOST_DESCRIBE_STRUCT(SetRate, (), (leads_per_second, count, weights))

struct Throttle {
    std::int64_t code = 80005;
    std::string page_id;
    std::int64_t seconds = 300;
    std::int64_t prolong_s = 60;
    std::optional<std::int64_t> announced_minutes;
};
BOOST_DESCRIBE_STRUCT(Throttle, (), (code, page_id, seconds, prolong_s, announced_minutes))

}  // namespace

std::string set_rate(State& state, const ControlCall& call)
{
    const auto ask = changed(SetRate{}, call.body);
    if (ask.leads_per_second < 0 || ask.leads_per_second > 20'000)
        throw Failure::invalid("leads_per_second", "range", "Please give 0 to 20000.");
    for (const auto& [page_id, weight] : ask.weights) {
        Page* page = state.world.find_page(page_id);
        if (!page) throw Failure::not_found("There is no page " + page_id + ".");
        page->weight = weight;
    }
    state.rate.set(ask.leads_per_second, ask.count, state.clock.now());
    return json::text_of(ask);
}

std::string change_graph(State& state, const ControlCall& call)
{
    state.graph = changed(state.graph, call.body);
    return json::text_of(state.graph);
}

std::string change_webhook(State& state, const ControlCall& call)
{
    state.webhook = changed(state.webhook, call.body);
    return json::text_of(state.webhook);
}

std::string send_dashboard_test(State& state, const ControlCall&)
{
    const auto now = state.clock.now();
    state.outbox.announce_body(dashboard_test_body(now), now);
    return "{}";
}

std::string hurry_webhooks(State& state, const ControlCall&)
{
    state.outbox.hurry(state.clock.now());
    return "{}";
}

std::string show_faults(State& state, const ControlCall&)
{
    return R"({"data":)" + json::text_of(state.faults.list()) + "}";
}

std::string add_fault(State& state, const ControlCall& call)
{
    if (!call.body.get_object().contains("kind"))
        throw Failure::invalid("kind", "required", "Please say what should go wrong.");
    return json::text_of(state.faults.add(changed(Fault{}, call.body)));
}

std::string remove_faults(State& state, const ControlCall& call)
{
    if (call.path.size() == 1) {
        state.faults.clear();
        return "{}";
    }
    std::int64_t id = 0;
    std::from_chars(call.id().data(), call.id().data() + call.id().size(), id);
    if (!state.faults.remove(id)) throw Failure::not_found("There is no fault " + call.id() + ".");
    return "{}";
}

std::string throttle(State& state, const ControlCall& call)
{
    const auto ask = changed(Throttle{}, call.body);
    const auto until = state.clock.now() + std::chrono::seconds(ask.seconds);
    state.usage.close(static_cast<int>(ask.code), ask.page_id, until,
        std::chrono::seconds(ask.prolong_s), ask.announced_minutes);
    return json::text_of(ask);
}

std::string end_throttling(State& state, const ControlCall&)
{
    state.usage.reopen_all();
    return "{}";
}

}  // namespace leadcrm::simulator
