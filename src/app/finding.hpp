// What "leadcrm doctor" says of one thing it has looked at. Never a secret, never a person.
#pragma once

#include "app/config.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::app {

BOOST_DEFINE_ENUM_CLASS(FindingState, ok, warning, problem)

struct Finding {
    std::string check;
    FindingState state = FindingState::ok;
    std::string seen;
    std::optional<std::string> next;  // what to do; for all but ok
};
BOOST_DESCRIBE_STRUCT(Finding, (), (check, state, seen, next))

class Findings {
public:
    void ok(std::string check, std::string seen)
    {
        all_.push_back({std::move(check), FindingState::ok, std::move(seen), std::nullopt});
    }
    void warn(std::string check, std::string seen, std::string next)
    {
        all_.push_back({std::move(check), FindingState::warning, std::move(seen), std::move(next)});
    }
    void problem(std::string check, std::string seen, std::string next)
    {
        all_.push_back({std::move(check), FindingState::problem, std::move(seen), std::move(next)});
    }
    const std::vector<Finding>& all() const { return all_; }
    std::size_t count(FindingState state) const
    {
        std::size_t found = 0;
        for (const auto& each : all_) found += each.state == state ? 1 : 0;
        return found;
    }

private:
    std::vector<Finding> all_;
};

// Each looks at one part. None changes anything, or throws for what it finds.
void check_settings(const Config& config, Findings& findings);  // and the TLS files
void check_data_folder(const Config& config, Findings& findings);  // and backups
void check_database(const Config& config, Findings& findings);  // and keys, jobs, pages
void check_outside(const Config& config, Findings& findings);  // mail, Meta, the clock

// "3 days", "5 minutes".
std::string in_words(std::chrono::seconds time);

}  // namespace leadcrm::app
