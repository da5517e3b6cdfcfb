#include "platform/http/rate_limit.hpp"

#include <algorithm>
#include <string>

namespace leadcrm::http {

RateLimit::RateLimit(std::int64_t quota, std::chrono::seconds window)
    : quota_(quota), window_(window)
{
}

RateLimit::Standing RateLimit::count(const ApiKeyId& key, Clock::time_point now)
{
    const std::lock_guard lock(mutex_);
    auto& window = windows_[key];
    if (window.ends <= now) window = {now + window_, 0};
    ++window.asked;
    const auto left = std::chrono::ceil<std::chrono::seconds>(window.ends - now);
    return {window.asked <= quota_, std::max<std::int64_t>(quota_ - window.asked, 0),
        static_cast<int>(left.count())};
}

void RateLimit::tell(Response& answer, const Standing& standing) const
{
    answer.headers.emplace_back("RateLimit-Policy",
        "\"key\";q=" + std::to_string(quota_) + ";w=" + std::to_string(window_.count()));
    answer.headers.emplace_back("RateLimit",
        "\"key\";r=" + std::to_string(standing.remaining)
            + ";t=" + std::to_string(standing.reset_s));
}

}  // namespace leadcrm::http
