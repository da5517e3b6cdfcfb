#include "accounts/device_name.hpp"

#include <array>

namespace leadcrm::accounts {
namespace {

struct Mark {
    std::string_view sign;
    std::string_view name;
};

// In this order: browsers built on another also carry its sign.
constexpr std::array<Mark, 11> browsers = {{{"Edg", "Edge"}, {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"}, {"FxiOS/", "Firefox"},
    {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
    {"curl/", "curl"}, {"python", "a Python program"}}};
constexpr std::array<Mark, 7> systems = {
    {{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
        {"CrOS", "ChromeOS"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}}};

template <std::size_t N>
std::string_view first_of(const std::array<Mark, N>& marks, std::string_view text)
{
    for (const auto& mark : marks)
        if (text.find(mark.sign) != std::string_view::npos) return mark.name;
    return {};
}

}  // namespace

DeviceKind device_of(std::string_view user_agent)
{
    return {
        std::string(first_of(browsers, user_agent)), std::string(first_of(systems, user_agent))};
}

std::string device_name(std::string_view user_agent)
{
    const auto [browser, system] = device_of(user_agent);
    if (browser.empty() && system.empty()) return "Unknown device";
    if (browser.empty()) return "A browser on " + system;
    if (system.empty()) return browser;
    return browser + " on " + system;
}

}  // namespace leadcrm::accounts
