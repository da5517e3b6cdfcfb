// Whether Meta signed something, and how we prove to Meta that a token is ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

// True when Meta signed exactly these bytes with one of the app's secrets. `header` is the value of
// X-Hub-Signature-256. Check the body before parsing it: once parsed and printed again, the bytes
// differ (Meta writes é as \u00e9) and no signature matches.
bool is_genuine(
    std::string_view body, std::string_view header, const std::vector<std::string>& app_secrets);

// The value of X-Hub-Signature-256 for a body.
std::string signature_of(std::string_view body, std::string_view app_secret);

// The `appsecret_proof` that goes with every call: the token alone, stolen, is worth nothing.
std::string app_secret_proof(std::string_view access_token, std::string_view app_secret);

}  // namespace leadcrm::meta
