// Registration, sign-in and "who am I" over HTTP. The rules: sign_in.hpp.
#pragma once

#include "accounts/sign_in.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::accounts {

// `secure`: the site is served over https, so the cookie is Secure and carries the __Host- prefix.
std::string cookie_name(bool secure);

void add_routes(http::Routes& api, db::Database& database, bool secure, Furnish furnish);

}  // namespace leadcrm::accounts
