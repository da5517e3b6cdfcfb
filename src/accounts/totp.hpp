// Time-based one-time passwords (RFC 6238) as authenticator apps make them, by liboath.
#pragma once

#include "platform/time/instant.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace leadcrm::accounts::totp {

constexpr std::int64_t step_s = 30;

inline std::int64_t step_at(Instant time) { return time.unix_seconds() / step_s; }

// Six digits for the raw bytes of a secret.
std::string code_at(std::string_view secret, std::int64_t step);

// The raw bytes as base32 without padding, to be typed into an app, and the address that a QR code
// holds. `account` is shown in the app.
std::string base32(std::string_view secret);
std::string uri(std::string_view secret, std::string_view account);

}  // namespace leadcrm::accounts::totp
