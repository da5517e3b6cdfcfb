// The cookies of whoever signs in: the session, the device it was done from, and what a passkey is
// asked by. `secure`: the site is served over https, so they are Secure and carry the __Host-
// prefix.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/http/message.hpp"

#include <string>
#include <utility>
#include <vector>

namespace leadcrm::accounts {

std::string cookie_name(bool secure);

// Headers of an answer.
std::pair<std::string, std::string> device_cookie(const std::string& token, bool secure);
// Of a browser that is about to use a passkey, for as long as a challenge lasts.
std::pair<std::string, std::string> passkey_cookie(const std::string& token, bool secure);
std::vector<std::pair<std::string, std::string>> session_cookies(
    const SignedIn& signed_in, bool secure);
std::pair<std::string, std::string> no_session_cookie(bool secure);

Visitor visitor_of(const http::Request& request, bool secure);

}  // namespace leadcrm::accounts
