// Graph's errors: which there are, and the envelope they come in. Numbers and texts are the ones
// Meta uses; what a client should do about each is not this side's business.
#pragma once

#include "platform/json/json.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace leadcrm::simulator {

class GraphError : public std::runtime_error {
public:
    GraphError(int code, const std::string& message, int subcode = 0)
        : std::runtime_error(message), code(code), subcode(subcode)
    {
    }

    GraphError with_status(int http_status) &&;
    GraphError of_type(std::string graph_type) &&;
    GraphError transient() &&;
    GraphError told_to_people(std::string title, std::string text) &&;

    int code;
    int subcode;  // 0: none
    int status = 400;
    std::string type = "OAuthException";
    std::optional<bool> is_transient;
    std::string user_title;
    std::string user_message;
};

// 100/33: deleted, expired, somebody else's or refused. The text is the same for all of them.
GraphError unsupported_request(std::string_view method, const std::string& id);
GraphError nonexisting_field(const std::string& field, const std::string& node_type);
GraphError invalid_parameter(const std::string& what);
GraphError missing_permission(const std::string& permission);
// 190 with what Meta says for this subcode.
GraphError dead_token(int subcode, const std::string& app_id);
GraphError page_token_needed();
GraphError too_much_data();
// 4, 17, 32, 613, 80001, 80005.
GraphError throttled(int code);
GraphError no_such_alias(const std::string& ids);

// How complete the envelope is. Meta leaves parts out at times, and has sent the code as text.
BOOST_DEFINE_ENUM_CLASS(ErrorData, none, object, text)
struct ErrorShape {
    bool titles = true;
    bool subcode = true;
    bool trace_id = true;
    bool code_as_text = false;
    ErrorData error_data = ErrorData::none;
};
BOOST_DESCRIBE_STRUCT(ErrorShape, (), (titles, subcode, trace_id, code_as_text, error_data))

json::value envelope(const GraphError& error, const ErrorShape& shape, const std::string& trace_id);

// What stands in the www-authenticate header beside the envelope.
std::string authenticate_header(const GraphError& error);

}  // namespace leadcrm::simulator
