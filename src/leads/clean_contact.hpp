// A contact as a source tells it, made fit to be stored and compared.
#pragma once

#include "leads/submission.hpp"

#include <optional>
#include <string>

namespace leadcrm::leads {

struct CleanContact {
    std::string name;  // trimmed, on one line
    std::optional<std::string> email;  // nothing when it is no address
    std::optional<std::string> phone;  // E.164
    std::optional<std::string> phone_raw;
};

// `country`: whose numbers are written without a country code.
CleanContact clean(const Contact& contact, const std::string& country);

// At most so many bytes, without a broken character at the end.
std::string cut(std::string text, std::size_t bytes_max);

}  // namespace leadcrm::leads
