// One call of the Graph API, from request to answer: version, faults, token, limits, endpoint,
// headers.
#pragma once

#include "meta-simulator/graph/graph_call.hpp"
#include "meta-simulator/state.hpp"
#include "platform/http/message.hpp"

#include <chrono>
#include <string>

namespace leadcrm::simulator {

struct Reply {
    http::Response response;
    std::chrono::milliseconds wait{0};  // before it is sent
};

Reply answer_graph(State& state, const http::Request& request);

// The same for one call that has been taken apart already: all of a plain call, one element of a
// batch.
struct Outcome {
    int status = 200;
    std::string content_type = "application/json; charset=UTF-8";
    std::string body;
    http::Headers headers;
    std::chrono::milliseconds wait{0};
    http::Sending sending = http::Sending::whole;
    std::chrono::milliseconds pause{0};  // in the middle of a slow body
    bool is_null = false;  // only in a batch
};
Outcome answer_call(State& state, GraphCall call, bool in_batch);

// Several calls in one: batch.cpp. Both throw GraphError.
Outcome answer_batch(State& state, const GraphCall& call);
json::value answer_ids(State& state, const GraphCall& call, const Token& token);

// What the endpoint says, with the call counted towards its limits. Throws GraphError.
json::value answer_counted(State& state, const GraphCall& call, const Token& token);

}  // namespace leadcrm::simulator
