#include "accounts/device_name.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {

TEST_CASE("a browser is named as a person would")
{
    const std::pair<const char*, const char*> cases[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox on Windows"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            "Edge on Windows"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "HeadlessChrome/126.0.0.0 Safari/537.36",
            "Chrome on Linux"},
        {"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome on Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.5 Safari/605.1.15",
            "Safari on Mac"},
        {"curl/8.5.0", "curl"},
        {"", "Unknown device"},
        {"<script>", "Unknown device"},
    };
    for (const auto& [user_agent, name] : cases) CHECK(device_name(user_agent) == name);
}

}  // namespace leadcrm::accounts
