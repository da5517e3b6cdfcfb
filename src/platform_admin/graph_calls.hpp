// How calls to Meta ended since the server started, read from its figures.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leadcrm::platform_admin {

struct GraphCalls {
    std::string result;
    std::int64_t calls = 0;
};
BOOST_DESCRIBE_STRUCT(GraphCalls, (), (result, calls))

// `exposition`: metrics::exposition(), of this process or as another tells it.
std::vector<GraphCalls> graph_calls_in(const std::string& exposition);

}  // namespace leadcrm::platform_admin
