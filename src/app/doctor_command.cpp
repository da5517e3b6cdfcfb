#include "app/doctor_command.hpp"

#include "app/options.hpp"
#include "app/printed_table.hpp"

#include <cstdio>
#include <stdexcept>

namespace leadcrm::app {
namespace {

constexpr std::size_t state_width = 9;
constexpr std::size_t check_width = 16;

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

}  // namespace

Findings examine_server(const std::vector<std::string>& settings, const Environment& environment)
{
    Findings findings;
    Config config;
    try {
        config = read_config(settings, environment);
    } catch (const std::invalid_argument& wrong) {
        findings.problem("settings", wrong.what(), "leadcrm help settings lists them all.");
        return findings;
    }
    findings.ok("settings", "they can be read and fit together");
    check_settings(config, findings);
    check_data_folder(config, findings);
    check_database(config, findings);
    check_outside(config, findings);
    return findings;
}

std::string text_of(const std::vector<Finding>& findings)
{
    std::string text;
    for (const auto& each : findings) {
        text += padded(boost::describe::enum_to_string(each.state, ""), state_width)
            + padded(each.check, check_width) + each.seen + '\n';
        if (each.next) text += std::string(state_width + check_width, ' ') + *each.next + '\n';
    }
    return text;
}

int doctor(const std::vector<std::string>& words)
{
    const Options options(words, {}, {"json"});
    const auto findings = examine_server(options.settings, process_environment());
    const auto problems = findings.count(FindingState::problem);
    if (options.has("json")) {
        print_list(findings.all(), true);
    } else {
        std::fputs(text_of(findings.all()).c_str(), stdout);
        std::printf("\n%zu checks: %zu problems, %zu warnings.\n", findings.all().size(), problems,
            findings.count(FindingState::warning));
    }
    return problems == 0 ? 0 : 1;
}

}  // namespace leadcrm::app
