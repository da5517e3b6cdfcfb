// What Meta posts when a person removes our app or asks for the deletion of their data: a
// signed_request.
#pragma once

#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <string>
#include <string_view>

namespace leadcrm::simulator {

// What may be wrong with it; `padded` is right, but written with "=" at the ends.
BOOST_DEFINE_ENUM_CLASS(SignedAs, good, padded, bad_signature, wrong_algorithm)

std::string signed_request(std::string_view app_secret, const std::string& member_id, Instant now,
    bool is_deletion, SignedAs how);

}  // namespace leadcrm::simulator
