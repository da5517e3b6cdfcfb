// Refused because whoever operates the program has turned a part of it off. Answered with 403 and,
// for programs, "code": "feature_off" and the feature's name.
#pragma once

#include "platform/failure.hpp"

#include <string>
#include <utility>

namespace leadcrm::http {

class FeatureOff : public Failure {
public:
    FeatureOff(std::string name, std::string message)
        : Failure(Kind::forbidden, std::move(message)), feature(std::move(name))
    {
    }
    std::string feature;
};

}  // namespace leadcrm::http
