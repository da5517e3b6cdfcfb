// Connecting Facebook, through the organization's own app or the platform's: the browser is sent to
// Meta's dialog and comes back with a code. What the code is turned into: login_reading.hpp; the
// state that ties both ends together: login_state.hpp. Over HTTP: oauth_api.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/login_reading.hpp"
#include "meta/login_state.hpp"
#include "meta/page_connection.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/http/dispatcher.hpp"

#include <optional>
#include <string>

namespace leadcrm::meta {

// What the browser came back with.
struct Comeback {
    std::string state;
    std::string code;
    std::string error;  // "access_denied"
};

class FacebookLogin {
public:
    FacebookLogin(db::Database& database, const crypto::Vault& vault, const Apps& apps,
        PageConnections& pages, http::Authenticator authenticate);

    // Both answer with the address the browser goes to next, whatever happens, and block.
    // The session must be of somebody who may change sources.
    std::string begin(const std::string& session_token, const std::optional<std::string>& back_to);
    // Twice with the same state ends the same way as once.
    std::string finish(const Comeback& comeback, const std::string& session_token);

private:
    std::optional<http::Caller> caller_of(const std::string& session_token) const;
    std::string outcome_of(const LoginState& login, const Comeback& comeback);
    std::string wait_for_outcome(const LoginState& login, const std::string& state) const;
    void store(const LoginState& login, const LoginReading& reading);
    void reconnect_pages(const LoginState& login, const LoginReading& reading);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
    PageConnections& pages_;
    const http::Authenticator authenticate_;
};

}  // namespace leadcrm::meta
