// Keys by which programs ask instead of people: made by an owner, shown once, kept as a hash. A key
// sees the whole organization and may do what its scopes say; the rest of Right is for people, so
// that a key can neither make another key nor invite anybody. Over HTTP: api_key_api.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/fields.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/line.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::api_keys {

using http::ApiKeyId;

// Each is the right of the same name.
BOOST_DEFINE_ENUM_CLASS(
    Scope, read_leads, write_leads, delete_leads, read_reports, read_sources, write_sources)

http::Rights rights_of(const std::vector<Scope>& scopes);

struct ApiKey {
    ApiKeyId id;
    std::string name;
    std::string hint;  // "lcrm_4fQz": what it begins with
    std::vector<Scope> scopes;
    std::vector<std::string> addresses;  // networks it may be used from; none: from everywhere
    std::optional<std::string> made_by;  // a person's name
    std::optional<UserId> made_by_id;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> last_used_at;  // up to last_use_step ago
};
BOOST_DESCRIBE_STRUCT(ApiKey, (),
    (id, name, hint, scopes, addresses, made_by, made_by_id, created_at, expires_at, last_used_at))

struct NewKey {
    Line<1, 100> name;
    std::vector<Scope> scopes;
    std::optional<std::vector<Text<1, 50>>> addresses;
    std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(NewKey, (), (name, scopes, addresses, expires_at))

struct MadeKey {
    ApiKey key;
    std::string token;  // told once
};
BOOST_DESCRIBE_STRUCT(MadeKey, (), (key, token))

// Neither revoked nor expired, or expired but not revoked yet; the newest first.
std::vector<ApiKey> list_keys(const db::PlatformReader& db, const OrganizationId& organization);

// Throws Failure::invalid: no scope, no network, a time that is over, too many keys.
MadeKey make_key(db::PlatformTx& tx, const http::Caller& by, const NewKey& ask);

// From the next request on it opens nothing. Throws Failure::not_found.
void revoke_key(db::PlatformTx& tx, const OrganizationId& organization, const ApiKeyId& id);

// The last use is written at most this often.
constexpr std::chrono::minutes last_use_step{5};

// Lets keys in beside the people that `people` lets in. The database must outlive it.
http::Authenticator with_keys(http::Authenticator people, db::Database& database);

}  // namespace leadcrm::api_keys
