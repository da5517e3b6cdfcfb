#include "meta-simulator/graph/graph_error.hpp"

#include "meta-simulator/graph/meta_text.hpp"

#include <algorithm>
#include <cctype>

namespace leadcrm::simulator {

GraphError GraphError::with_status(int http_status) &&
{
    status = http_status;
    return std::move(*this);
}

GraphError GraphError::of_type(std::string graph_type) &&
{
    type = std::move(graph_type);
    return std::move(*this);
}

GraphError GraphError::transient() &&
{
    is_transient = true;
    return std::move(*this);
}

GraphError GraphError::told_to_people(std::string title, std::string text) &&
{
    user_title = std::move(title);
    user_message = std::move(text);
    return std::move(*this);
}

GraphError unsupported_request(std::string_view method, const std::string& id)
{
    std::string verb(method);
    std::ranges::transform(verb, verb.begin(), [](unsigned char c) { return std::tolower(c); });
    return GraphError(100,
        "Unsupported " + verb + " request. Object with ID '" + id
            + "' does not exist, cannot be loaded due to missing permissions, or does not support "
              "this operation. Please read the Graph API documentation at "
              "https://developers.facebook.com/docs/graph-api",
        33)
        .of_type("GraphMethodException");
}

GraphError nonexisting_field(const std::string& field, const std::string& node_type)
{
    return {100,
        "(#100) Tried accessing nonexisting field (" + field + ") on node type (" + node_type
            + ")"};
}

GraphError invalid_parameter(const std::string& what) { return {100, "(#100) " + what}; }

GraphError missing_permission(const std::string& permission)
{
    return GraphError(200, "(#200) Requires " + permission + " permission to manage the object")
        .with_status(403);
}

GraphError dead_token(int subcode, const std::string& app_id)
{
    std::string why;
    switch (subcode) {
    case 458:
        why = "The user has not authorized application " + app_id + ".";
        break;
    case 459:
        why = "You cannot access the app till you log in to www.facebook.com and follow the "
              "instructions given.";
        break;
    case 460:
        why =
            "The session has been invalidated because the user changed their password or Facebook "
            "has changed the session for security reasons.";
        break;
    case 463:
        why = "Session has expired.";
        break;
    case 464:
        why = "Sessions for the user are not allowed because the user is not a confirmed user.";
        break;
    case 467:
        why = "The session is invalid because the user logged out.";
        break;
    case 492:
        why = "The user must be an administrator, editor, or moderator of the page in order to "
              "impersonate it.";
        break;
    default:
        return {190, "Invalid OAuth access token - Cannot parse access token", subcode};
    }
    return {190, "Error validating access token: " + why, subcode};
}

GraphError page_token_needed()
{
    return GraphError(190, "(#190) This method must be called with a Page Access Token", 2069032)
        .told_to_people("User Access Token Is Not Supported",
            "A Page access token is required for this call for the new Pages experience.");
}

GraphError too_much_data()
{
    return GraphError(
        1, "Please reduce the amount of data you're asking for, then retry your request")
        .with_status(500);
}

GraphError throttled(int code)
{
    const auto number = "(#" + std::to_string(code) + ") ";
    switch (code) {
    case 4:
        return GraphError(4, number + "Application request limit reached").transient();
    case 17:
        return GraphError(17, number + "User request limit reached", 2446079).transient();
    case 32:
        return GraphError(32, number + "Page request limit reached").transient();
    case 613:
        return GraphError(613, number + "Calls to this api have exceeded the rate limit.", 1996);
    default:
        return GraphError(code,
            number + "There have been too many calls to this "
                + (code == 80001 ? "Page account" : "lead generation account")
                + ". Wait a bit and try again. For more info, please refer to "
                  "https://developers.facebook.com/docs/graph-api/overview/rate-limiting.");
    }
}

GraphError no_such_alias(const std::string& ids)
{
    return {803, "(#803) Some of the aliases you requested do not exist: " + ids};
}

json::value envelope(const GraphError& error, const ErrorShape& shape, const std::string& trace_id)
{
    json::object inner{{"message", error.what()}, {"type", error.type}};
    if (shape.code_as_text)
        inner["code"] = std::to_string(error.code);
    else
        inner["code"] = error.code;
    if (error.subcode != 0 && shape.subcode) inner["error_subcode"] = error.subcode;
    if (error.is_transient) inner["is_transient"] = *error.is_transient;
    if (shape.titles && !error.user_title.empty()) {
        inner["error_user_title"] = error.user_title;
        inner["error_user_msg"] = error.user_message;
    }
    const json::object data{{"blame_field_specs", json::array{json::array{"fields"}}}};
    if (shape.error_data == ErrorData::object) inner["error_data"] = data;
    if (shape.error_data == ErrorData::text) inner["error_data"] = meta_json(data);
    if (shape.trace_id) inner["fbtrace_id"] = trace_id;
    return json::object{{"error", std::move(inner)}};
}

std::string authenticate_header(const GraphError& error)
{
    const bool token = error.code == 190 || error.code == 102 || error.code == 104;
    const bool code = error.code == 100 && error.subcode == 36009;
    std::string message(error.what());
    std::ranges::replace(message, '"', '\'');
    return std::string("OAuth \"Facebook Platform\" \"")
        + (token       ? "invalid_token"
                : code ? "invalid_code"
                       : "invalid_request")
        + "\" \"" + message + "\"";
}

}  // namespace leadcrm::simulator
