// The Graph calls that came in, for people to look at and for tests to count. No token is kept.
#pragma once

#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace leadcrm::simulator {

struct LoggedCall {
    Instant at;
    std::string method;
    std::string path;  // without the query
    std::string endpoint;
    std::string page_id;
    std::string request_id;  // x-fb-request-id
    std::int64_t status = 0;
    std::int64_t code = 0;  // Graph's error code; 0: none
    std::int64_t subcode = 0;
    bool in_batch = false;
    bool token_in_query = false;
    bool has_proof = false;
};
BOOST_DESCRIBE_STRUCT(LoggedCall, (),
    (at, method, path, endpoint, page_id, request_id, status, code, subcode, in_batch,
        token_in_query, has_proof))

class CallLog {
public:
    void add(LoggedCall call)
    {
        ++by_endpoint[call.endpoint];
        if (call.code != 0) ++by_error[std::to_string(call.code)];
        ++total;
        newest.push_front(std::move(call));
        if (newest.size() > kept_max) newest.pop_back();
    }

    std::deque<LoggedCall> newest;
    std::map<std::string, std::int64_t> by_endpoint;
    std::map<std::string, std::int64_t> by_error;
    std::int64_t total = 0;

private:
    static constexpr std::size_t kept_max = 2000;
};

}  // namespace leadcrm::simulator
