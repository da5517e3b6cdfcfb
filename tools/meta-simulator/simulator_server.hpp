// The simulator as an HTTP server: every path leads to Simulator::handle.
#pragma once

#include "meta-simulator/simulator.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/server.hpp"

#include <cstdint>
#include <string>

namespace leadcrm::simulator {

// Serves from construction to destruction.
class SimulatorServer {
public:
    // Port 0 lets the system choose.
    SimulatorServer(Simulator& simulator, const std::string& listen);

    std::uint16_t port() const { return server_.port(); }

private:
    http::Routes routes_;
    http::Dispatcher dispatcher_;
    http::Server server_;
};

}  // namespace leadcrm::simulator
