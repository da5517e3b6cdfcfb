// What Graph answered: the thing asked for, or a problem with the advice what to do about it. The
// one table that knows Meta's codes. Who makes the calls: graph_client.hpp; who acts on the advice
// for leads: lead_fetch.hpp.
#pragma once

#include "platform/json/json.hpp"

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadcrm::meta {

BOOST_DEFINE_ENUM_CLASS(Advice,
    retry,  // Meta's trouble, or the network's: again with backoff
    wait,  // a limit is reached: stop calling until it is over
    reconnect,  // the token is dead: stop calling with it, a person must connect the page again
    recover,  // the person must do something at facebook.com; the token may come back by itself
    needs_access,  // the token lives but may not do this: look again now and then
    unclear,  // 100/33: gone, or not allowed, or not there yet; Meta does not tell which
    fewer_fields,  // a field is unknown: ask for less
    operate,  // the app or this program is set up wrongly: the operator must act
    give_up  // this request will never succeed
)

struct GraphProblem {
    Advice advice = Advice::retry;
    std::int64_t code = 0;  // 0: not an answer of Graph's own
    std::int64_t subcode = 0;
    int status = 0;  // of HTTP; 0: no answer came
    std::string message;  // Meta's words, or ours
    std::string trace_id;  // what Meta's support asks for

    // "190/460 Error validating access token: …", for logs and for the reason that is kept.
    std::string text() const;
};

Advice advice_for(std::int64_t code, std::int64_t subcode);

struct GraphAnswer {
    std::optional<GraphProblem> problem;
    json::value body;  // null with a problem
    std::string text;  // the body as it came
};

// `trouble` says why there is no answer, when `status` is 0. Meta says 200 to some failures too:
// "Service Unavailable", {"success": false}, a page of HTML.
GraphAnswer read_answer(int status, std::string body, std::string_view trouble = {});

// Members of Meta's objects, which may be missing or of another type than promised.
const json::value* member(const json::value& of, std::string_view name);
std::string text_member(const json::value& of, std::string_view name);  // empty: not there
const json::array& list_member(const json::value& of, std::string_view name);  // empty: not there
std::optional<std::int64_t> whole_member(const json::value& of, std::string_view name);

}  // namespace leadcrm::meta
