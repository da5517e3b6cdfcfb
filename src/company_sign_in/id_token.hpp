// What an issuer says of a person (OpenID Connect Core, 3.1.3.7), and whether it may be believed.
#pragma once

#include "company_sign_in/refused.hpp"
#include "platform/crypto/json_web_token.hpp"
#include "platform/time/instant.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace leadcrm::company_sign_in {

// How far the issuer's clock may be from ours.
constexpr std::chrono::minutes clock_skew{2};

struct Expected {
    std::string issuer;
    std::string client_id;
    std::string nonce;
};

struct Person {
    std::string subject;
    std::string email;  // lower case; the issuer has verified it
    std::string name;  // may be empty
};

// Throws Refused.
Person read_id_token(std::string_view token, const crypto::JsonWebKeys& keys,
    const Expected& expected, Instant now = Instant::now());

}  // namespace leadcrm::company_sign_in
