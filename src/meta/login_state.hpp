// The `state` of a login: the one thing that comes back from Facebook which only the browser that
// began can know. Bound to a session and an organization, good once, for five minutes, and kept as
// a hash. A platform table: it is read before the tenant is known.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace leadcrm::meta {

constexpr std::chrono::minutes login_lifetime{5};

struct LoginState {
    db::Blob state_hash;
    OrganizationId organization_id;
    UserId user_id;
    db::Blob session_hash;
    std::string return_path;
    Instant expires_at;
    std::optional<Instant> used_at;
    std::optional<std::string> outcome;  // where the browser was sent in the end
    std::optional<std::string> app_id;  // the organization's own; nothing: the platform's
};
BOOST_DESCRIBE_STRUCT(LoginState, (),
    (state_hash, organization_id, user_id, session_hash, return_path, expires_at, used_at, outcome,
        app_id))

// Where the browser may be sent back to: a path of the app, never another site. Anything else is
// the list of sources.
std::string safe_return_path(const std::optional<std::string>& asked);
// "/app/sources?connected=1"
std::string with_word(const std::string& path, const std::string& word);

namespace store {

void insert(db::PlatformTx& tx, const LoginState& login);
std::optional<LoginState> find_login(const db::PlatformReader& db, const std::string& state);
// True for the first who asks; everybody else must wait for the outcome.
bool claim(db::PlatformTx& tx, const LoginState& login, Instant now);
void set_outcome(db::PlatformTx& tx, const LoginState& login, const std::string& outcome);
// Those that ended a day ago.
void remove_old_logins(db::PlatformTx& tx, Instant now);

}  // namespace store
}  // namespace leadcrm::meta
