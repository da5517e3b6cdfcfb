// The words of a command: its own options, and the settings that every command takes.
#pragma once

#include "platform/id.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::app {

class Options {
public:
    // `own` take a value, `switches` none; the rest are settings. Throws std::invalid_argument for
    // an option without its value.
    Options(const std::vector<std::string>& words, const std::vector<std::string_view>& own,
        const std::vector<std::string_view>& switches = {});

    bool has(const std::string& name) const { return values_.contains(name); }
    // These throw std::invalid_argument when it is missing or cannot be read.
    const std::string& required(const std::string& name) const;
    std::int64_t number(const std::string& name, std::optional<std::int64_t> otherwise) const;
    OrganizationId organization() const;

    std::vector<std::string> settings;

private:
    std::map<std::string, std::string> values_;
};

}  // namespace leadcrm::app
