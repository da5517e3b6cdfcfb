// Why something failed, for the log: a Failure's own message is for the user and says less.
#pragma once

#include "platform/failure.hpp"

#include <exception>
#include <string>

namespace leadcrm::meta {

inline std::string reason_of(const std::exception& error)
{
    const auto* failure = dynamic_cast<const Failure*>(&error);
    return failure && !failure->detail.empty() ? failure->detail : error.what();
}

}  // namespace leadcrm::meta
