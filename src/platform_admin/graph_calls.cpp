#include "platform_admin/graph_calls.hpp"

namespace leadcrm::platform_admin {

std::vector<GraphCalls> graph_calls_in(const std::string& exposition)
{
    std::vector<GraphCalls> lines;
    const std::string before = "leadcrm_graph_calls_total{result=\"";
    for (auto at = exposition.find(before); at != std::string::npos;
         at = exposition.find(before, at + 1)) {
        const auto name = at + before.size();
        const auto end = exposition.find("\"} ", name);
        lines.push_back({exposition.substr(name, end - name),
            static_cast<std::int64_t>(std::stod(exposition.substr(end + 3)))});
    }
    return lines;
}

}  // namespace leadcrm::platform_admin
