#include "meta-simulator/simulator_server.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace leadcrm::simulator {

namespace {

constexpr std::size_t body_max = std::size_t(1024) * 1024;

// Graph's paths say nothing before they are taken apart: an id may be a lead, a form or a page. So
// there is one route for each length of a path, with and without a slash at its end.
http::Routes routes_to(Simulator& simulator)
{
    constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
    constexpr std::array<std::string_view, 9> paths{"/", "/{a}", "/{a}/", "/{a}/{b}", "/{a}/{b}/",
        "/{a}/{b}/{c}", "/{a}/{b}/{c}/", "/{a}/{b}/{c}/{d}", "/{a}/{b}/{c}/{d}/"};
    http::Routes routes;
    for (const auto method : methods)
        for (const auto path : paths)
            routes.raw(
                std::string(method), std::string(path),
                [&](http::Request request, http::Respond respond) {
                    simulator.handle(std::move(request), std::move(respond));
                },
                {"Graph API and control API", http::Right::everybody}, body_max);
    return routes;
}

}  // namespace

SimulatorServer::SimulatorServer(Simulator& simulator, const std::string& listen)
    : routes_(routes_to(simulator))
    , dispatcher_(routes_, {})
    , server_(dispatcher_, {.listen = listen})
{
    server_.start();
}

}  // namespace leadcrm::simulator
