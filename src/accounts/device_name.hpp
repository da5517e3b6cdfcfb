// A browser and what it runs on, in the words a person would use.
#pragma once

#include <string>
#include <string_view>

namespace leadcrm::accounts {

// What a User-Agent header says; either is empty where it does not.
struct DeviceKind {
    std::string browser;
    std::string system;
};
DeviceKind device_of(std::string_view user_agent);

// "Firefox on Windows" of a User-Agent header; "Unknown device" of an empty or strange one. What a
// browser says of itself is not proof of anything.
std::string device_name(std::string_view user_agent);

}  // namespace leadcrm::accounts
