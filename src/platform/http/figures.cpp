#include "platform/http/figures.hpp"

#include <algorithm>

namespace leadcrm::http {

std::atomic<int> Figures::connections = 0;
std::atomic<int> Figures::streams = 0;

Figures::Figures(const Routes& routes)
{
    for (const auto& route : routes.all()) of_route_[&route] = make(route.method, route.path);
    of_route_[nullptr] = make("any", "none");
    // Once for all servers of the process.
    [[maybe_unused]] static const bool is_told = [] {
        metrics::gauge(
            "leadcrm_http_connections", "Open connections.", [] { return double(connections); });
        metrics::gauge(
            "leadcrm_http_streams", "Open event streams.", [] { return double(streams); });
        return true;
    }();
}

Figures::OfRoute Figures::make(const std::string& method, const std::string& path)
{
    OfRoute figures;
    for (std::size_t i = 0; i < figures.by_class.size(); ++i)
        figures.by_class[i] = &metrics::counter("leadcrm_http_requests_total", "Answered requests.",
            {{"method", method}, {"route", path}, {"status", std::to_string(i + 1) + "xx"}});
    figures.seconds = &metrics::histogram("leadcrm_http_request_seconds",
        "Time from the whole request to its answer.",
        {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5},
        {{"method", method}, {"route", path}});
    return figures;
}

void Figures::count(const Route* route, int status, double seconds) const
{
    const auto& figures = of_route_.at(route);
    const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
    figures.by_class[status_class]->add();
    figures.seconds->observe(seconds);
}

}  // namespace leadcrm::http
