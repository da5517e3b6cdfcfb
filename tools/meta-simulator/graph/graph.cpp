#include "meta-simulator/graph/graph.hpp"

#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/meta_text.hpp"

#include <algorithm>
#include <cstdlib>

namespace leadcrm::simulator {

namespace {

std::string random_text(Dice& dice, std::size_t length)
{
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text = "A";
    while (text.size() < length) text += dice.pick(letters);
    return text;
}

double number_of(const std::string& version) { return std::strtod(version.c_str() + 1, nullptr); }

// An expired version falls forward to the oldest that still works; one that was never released is
// an error.
void serve_version(GraphCall& call, const GraphSettings& settings)
{
    call.version = call.asked_version.empty() ? settings.version_default : call.asked_version;
    if (number_of(call.version) > number_of(settings.version_newest))
        throw GraphError(2500, "Unknown path components: /" + call.version);
    if (number_of(call.version) < number_of(settings.version_oldest))
        call.version = settings.version_oldest;
}

UsageOf usage_of(State& state, const Place& place, const Token& token)
{
    UsageOf usage{.token = token.kind};
    if (!place.page) return usage;
    usage.page_id = place.page->id;
    usage.is_leadgen = place.kind != NodeKind::page || place.edge == "leadgen_forms";
    if (state.graph.leadgen_calls_per_day == 0)
        usage.living_leads = state.world.living_leads(*place.page, state.clock.now());
    return usage;
}

// Faults that stand in the way of the endpoint. Throws GraphError or answers in its place.
bool stopped_by(const Fault& fault, Outcome& outcome)
{
    switch (fault.kind) {
    case FaultKind::error: {
        const auto message = fault.message.value_or(
            "(#" + std::to_string(fault.code) + ") This error was asked for.");
        throw GraphError(static_cast<int>(fault.code), message, static_cast<int>(fault.subcode))
            .with_status(static_cast<int>(fault.status));
    }
    case FaultKind::http_500:
        throw GraphError(1, "An unknown error has occurred.").with_status(500).transient();
    case FaultKind::http_503:
        throw GraphError(2, "Service temporarily unavailable").with_status(503).transient();
    case FaultKind::html_502:
        outcome.status = 502;
        outcome.content_type = "text/html; charset=utf-8";
        outcome.body = "<!DOCTYPE html><html><head><title>Facebook | Error</title></head>"
                       "<body><h1>Sorry, something went wrong.</h1></body></html>";
        return true;
    case FaultKind::empty_body:
        return true;
    case FaultKind::service_unavailable_200:
        outcome.body = "Service Unavailable";
        return true;
    case FaultKind::success_false:
        outcome.body = R"({"success":false})";
        return true;
    case FaultKind::batch_null:
        outcome.is_null = true;
        return true;
    default:
        return false;
    }
}

// Faults in the way an answer travels.
void spoil(const Fault& fault, Outcome& outcome)
{
    const std::chrono::milliseconds latency(fault.latency_ms);
    if (fault.kind == FaultKind::latency) outcome.wait += latency;
    if (fault.kind == FaultKind::malformed_json) outcome.body.resize(outcome.body.size() / 2);
    if (fault.kind == FaultKind::cut_body) outcome.sending = http::Sending::cut;
    if (fault.kind == FaultKind::reset) outcome.sending = http::Sending::reset;
    if (fault.kind == FaultKind::slow_body) {
        outcome.sending = http::Sending::slow;
        outcome.pause = latency;
    }
}

void put_error(State& state, const GraphError& error, Outcome& outcome, LoggedCall& logged)
{
    outcome.status = error.status;
    outcome.body = meta_json(envelope(error, state.graph.errors, random_text(state.trace, 23)));
    outcome.headers.emplace_back("WWW-Authenticate", authenticate_header(error));
    logged.code = error.code;
    logged.subcode = error.subcode;
}

// The endpoint's answer, or what a fault puts in its place.
void fill(State& state, const GraphCall& call, const std::vector<Fault>& faults, Outcome& outcome)
{
    for (const auto& fault : faults)
        if (stopped_by(fault, outcome)) return;
    if (call.path.empty() && call.parameter("batch")) {
        if (call.method != "POST") throw unsupported_request(call.method, "");
        auto batch = answer_batch(state, call);
        outcome.body = std::move(batch.body);
        outcome.wait += batch.wait;
        return;
    }
    // Before there is a token.
    if (is_token_exchange(call)) {
        outcome.body = meta_json(exchange_token(state, call));
        return;
    }
    const Token token = check_token(state.world, call, state.graph, state.clock.now());
    outcome.body = meta_json(call.parameter("ids") && call.method == "GET"
            ? answer_ids(state, call, token)
            : answer_counted(state, call, token));
}

}  // namespace

json::value answer_counted(State& state, const GraphCall& call, const Token& token)
{
    const Ask ask{state, call, token, find_place(state, call)};
    state.usage.count(usage_of(state, ask.place, token), state.graph, state.clock.now());
    return answer_ask(ask);
}

Outcome answer_call(State& state, GraphCall call, bool in_batch)
{
    Outcome outcome;
    const auto place = find_place(state, call);
    LoggedCall logged{.at = state.clock.now(),
        .method = call.method,
        .endpoint = place.endpoint,
        .page_id = place.page ? place.page->id : "",
        .request_id = random_text(state.trace, 22),
        .in_batch = in_batch,
        .token_in_query = call.token_in_query,
        .has_proof = call.parameter("appsecret_proof").has_value()};
    for (const auto& part : call.path) logged.path += "/" + part;

    const auto faults = state.faults.strike(place.endpoint, logged.page_id, state.chance);
    try {
        serve_version(call, state.graph);
        fill(state, call, faults, outcome);
    } catch (const GraphError& error) {
        put_error(state, error, outcome, logged);
    }
    for (const auto& fault : faults) spoil(fault, outcome);

    outcome.headers.emplace_back("facebook-api-version", call.version);
    outcome.headers.emplace_back("x-fb-request-id", logged.request_id);
    const Token* token = state.world.find_token(call.token);
    for (auto& header : state.usage.headers(
             usage_of(state, place, token ? *token : Token{}), state.graph, state.clock.now()))
        outcome.headers.push_back(std::move(header));
    logged.status = outcome.status;
    state.calls.add(std::move(logged));
    return outcome;
}

Reply answer_graph(State& state, const http::Request& request)
{
    GraphCall call;
    Outcome outcome;
    try {
        call = read_call(request);
        outcome = answer_call(state, std::move(call), false);
    } catch (const GraphError& error) {  // a body that cannot be read
        LoggedCall logged{.at = state.clock.now(), .method = request.method, .path = request.path};
        put_error(state, error, outcome, logged);
        logged.status = outcome.status;
        state.calls.add(std::move(logged));
    }
    Reply reply{.wait = outcome.wait};
    reply.response = {.status = outcome.status,
        .content_type = std::move(outcome.content_type),
        .body = std::move(outcome.body),
        .headers = std::move(outcome.headers),
        .sending = outcome.sending,
        .pause = outcome.pause};
    auto& headers = reply.response.headers;
    headers.emplace_back("x-fb-trace-id", random_text(state.trace, 11));
    headers.emplace_back("x-fb-debug", random_text(state.trace, 86) + "==");
    headers.emplace_back("x-fb-rev", "1031415926");
    headers.emplace_back("Cache-Control", "private, no-cache, no-store, must-revalidate");
    if (!state.graph.version_warning.empty())
        headers.emplace_back("X-Ad-Api-Version-Warning", state.graph.version_warning);
    return reply;
}

}  // namespace leadcrm::simulator
