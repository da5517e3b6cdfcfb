// Registration, sign-in and "who am I" over HTTP. The rules: sign_in.hpp.
#pragma once

#include "accounts/session_cookie.hpp"
#include "accounts/sign_in.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/routes.hpp"

namespace leadcrm::accounts {

// Tells the server who a request's session stands for, and what that person may do. When a session
// was last seen is noted behind the request, every few minutes. `database` must outlive it.
http::Authenticator authenticator(db::Database& database);

struct Surroundings {
    bool is_secure = false;  // served over https
    bool sends_mail = false;  // otherwise letters wait for the operator, and nobody is told to look
    std::string public_url;  // which passkeys are made for
};

Visitor visitor_of(const http::Request& request, const Surroundings& surroundings);

// For an answer that makes the browser a known device.
std::pair<std::string, std::string> device_cookie(
    const std::string& token, const Surroundings& surroundings);

// `vault` seals the secrets of second factors; it and the database must outlive the routes.
void add_routes(http::Routes& api, db::Database& database, const crypto::Vault& vault,
    const Surroundings& surroundings, Furnish furnish);

}  // namespace leadcrm::accounts
