// meta-simulator: a Graph API to develop and test against. Start with --help; the control page and
// the reference of the control API: README.md.
#include "meta-simulator/simulator_server.hpp"

#include <boost/program_options.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>

namespace {

using leadcrm::simulator::Options;
using leadcrm::simulator::State;
namespace options = boost::program_options;

struct CommandLine {
    Options simulator;
    std::string listen = "127.0.0.1:8090";
    bool wants_help = false;
};

options::options_description known_options(CommandLine& line)
{
    auto& simulator = line.simulator;
    const auto value = [](auto& target) { return options::value(&target)->default_value(target); };
    options::options_description known(
        "meta-simulator: a Graph API that behaves like Meta's\n\nOptions", 100, 50);
    auto add = known.add_options();
    add("help,h", options::bool_switch(&line.wants_help), "say this");
    add("listen", value(line.listen), "address and port of the Graph API and the control page");
    add("app-id", value(simulator.app_id), "the app's id");
    add("app-secret", value(simulator.app_secret), "what webhooks are signed with");
    add("verify-token", value(simulator.verify_token), "what the webhook handshake shows");
    add("webhook-url", value(simulator.webhook_url), "where webhooks go; empty: nowhere");
    add("seed", value(simulator.seed), "the same seed makes the same leads");
    add("pages", value(simulator.pages), "how many pages, with three forms each");
    add("first-lead-id", value(simulator.first_lead_id), "where the ids of leads begin");
    add("rate", value(simulator.rate), "leads per second, from the start");
    add("retry-speed", value(simulator.retry_speed),
        "how much faster than Meta failed webhooks are tried again (60: an hour in a minute)");
    return known;
}

// Throws boost::program_options::error.
CommandLine read_command_line(int argc, char** argv)
{
    CommandLine line;
    line.simulator.webhook_url = "http://127.0.0.1:8080/webhooks/meta";
    const auto known = known_options(line);
    options::variables_map values;
    options::store(options::parse_command_line(argc, argv, known), values);
    options::notify(values);
    if (line.wants_help) std::cout << known;
    return line;
}

void introduce(
    leadcrm::simulator::Simulator& simulator, const CommandLine& line, std::uint16_t port)
{
    const auto host = line.listen.substr(0, line.listen.rfind(':'));
    const auto address = "http://" + host + ":" + std::to_string(port);
    std::cout << "Graph API      " << address << "\n"
              << "Control page   " << address << "/_control\n"
              << "Webhooks go to "
              << (line.simulator.webhook_url.empty() ? "nowhere" : line.simulator.webhook_url)
              << "\nApp            " << line.simulator.app_id << "\n";
    simulator.with_state([](State& state) {
        for (const auto& [id, page] : state.world.pages)
            std::cout << "Page           " << id << "  token " << state.world.token_of(id).text
                      << "  " << page.name << "\n";
    });
    std::cout << std::flush;
}

int wait_for_signal(const sigset_t& signals)
{
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
}

}  // namespace

int main(int argc, char** argv)
{
    // Blocked before there are threads, so that they reach sigwait and nobody else.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        const auto line = read_command_line(argc, argv);
        if (line.wants_help) return 0;
        leadcrm::simulator::Simulator simulator(line.simulator);
        const leadcrm::simulator::SimulatorServer server(simulator, line.listen);
        introduce(simulator, line, server.port());
        wait_for_signal(signals);
        return 0;
    } catch (const std::exception& trouble) {
        std::cerr << "meta-simulator: " << trouble.what() << "\n";
        return 1;
    }
}
