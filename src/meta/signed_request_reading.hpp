// What Meta posts when a person removes our app or asks for the deletion of their data: a
// signed_request. What is done about it: person_removal.hpp.
#pragma once

#include "platform/time/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::meta {

struct SignedRequest {
    std::string person_id;
    std::string payload;  // as it was signed
};

// base64url(signature) "." base64url(payload), signed over the encoded payload with one of the
// app's secrets. Padding may be there or not. Nothing when it is not genuine, names another
// algorithm or nobody.
std::optional<SignedRequest> read_signed_request(
    std::string_view text, const std::vector<std::string>& app_secrets);

}  // namespace leadcrm::meta
