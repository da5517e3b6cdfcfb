// One call of the Graph API, taken apart: where it goes, what it carries, whose token it shows.
#pragma once

#include "platform/http/message.hpp"
#include "platform/json/json.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::simulator {

struct GraphCall {
    std::string method;
    std::string asked_version;  // "v26.0", or empty
    std::string version;  // the one that is served
    std::vector<std::string> path;  // {"202020202020202", "leads"}
    std::map<std::string, std::string> parameters;  // from query and body; no token among them
    std::string token;
    bool token_in_query = false;  // then paging links repeat it
    std::string origin;  // "http://127.0.0.1:8090", for paging links

    std::optional<std::string> parameter(const std::string& name) const;
    // The parameter read as JSON. Throws GraphError 100 when it is not.
    std::optional<json::value> json_parameter(const std::string& name) const;
};

// Parameters may come in the query or as a form, as multipart or as JSON in the body; the token
// there too or in the Authorization header.
GraphCall read_call(const http::Request& request);

// One element of a batch. What it leaves out it takes from the call around it.
GraphCall read_element(const GraphCall& around, const json::object& element);

}  // namespace leadcrm::simulator
