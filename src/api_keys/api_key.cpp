#include "api_keys/api_key.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/http/networks.hpp"

#include <boost/mp11/algorithm.hpp>

#include <stdexcept>

namespace leadcrm::api_keys {
namespace {

constexpr std::string_view token_prefix = "lcrm_";  // known to scanners for leaked secrets
constexpr std::size_t hint_length = token_prefix.size() + 4;
constexpr std::int64_t keys_max = 100;  // of an organization
constexpr std::size_t addresses_max = 50;

// What a request's key is looked up for.
struct KnownKey {
    ApiKeyId id;
    OrganizationId organization_id;
    std::vector<Scope> scopes;
    std::vector<std::string> addresses;
    std::optional<Instant> expires_at;
    std::optional<Instant> last_used_at;
    bool is_suspended = false;  // the organization
};
BOOST_DESCRIBE_STRUCT(
    KnownKey, (), (id, organization_id, scopes, addresses, expires_at, last_used_at, is_suspended))

std::optional<KnownKey> find_key(const db::PlatformReader& db, const std::string& token)
{
    return db.row<KnownKey>(R"sql(
        SELECT k.id, k.organization_id, k.scopes, k.addresses, k.expires_at, k.last_used_at,
            o.suspended_at IS NOT NULL AS is_suspended
        FROM api_keys k JOIN organizations o ON o.id = k.organization_id
        WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND o.closed_at IS NULL
    )sql",
        db::Blob{crypto::sha256(token)});
}

std::vector<std::string> networks_in(const NewKey& ask)
{
    std::vector<std::string> networks;
    if (!ask.addresses) return networks;
    if (ask.addresses->size() > addresses_max)
        throw Failure::invalid("addresses", "too_many", "A key may have up to 50 networks.");
    for (const auto& each : *ask.addresses) {
        try {
            if (each.value.find(',') != std::string::npos) throw std::invalid_argument("a list");
            http::Networks{each.value};
        } catch (const std::invalid_argument&) {
            throw Failure::invalid("addresses", "network",
                "Please give addresses or networks, such as 203.0.113.7 or 203.0.113.0/24.");
        }
        networks.push_back(each.value);
    }
    return networks;
}

bool may_come_from(const KnownKey& key, const std::string& address)
{
    return key.addresses.empty()
        || std::any_of(key.addresses.begin(), key.addresses.end(),
            [&](const std::string& network) { return http::Networks(network).hold(address); });
}

// Beside the request, which need not wait for it and does not fail with it.
void note_use(db::Database& database, const KnownKey& key)
{
    const auto now = Instant::now();
    if (key.last_used_at && now - *key.last_used_at < last_use_step) return;
    try {
        database.start_write(
            [id = key.id, now](db::PlatformTx& tx) {
                tx.run("UPDATE api_keys SET last_used_at = $2 WHERE id = $1"
                       " AND (last_used_at IS NULL OR last_used_at <= $3)",
                    id, now, now - last_use_step);
            },
            [](const std::exception_ptr&) {});
    } catch (const Failure&) {  // busy: the next use will be written
    }
}

http::Admitted admitted(const KnownKey& key)
{
    return {http::Caller{{}, key.organization_id, "key", rights_of(key.scopes), http::Sight::all},
        key.id};
}

}  // namespace

http::Rights rights_of(const std::vector<Scope>& scopes)
{
    http::Rights rights;
    for (const auto scope : scopes)
        rights = rights.with(
            json::enum_from_text<http::Right>(boost::describe::enum_to_string(scope, "")));
    // A program has the organization's sight, so these go with reading and writing.
    if (rights.has(http::Right::read_leads)) rights = rights.with(http::Right::export_leads);
    if (rights.has(http::Right::write_leads)) rights = rights.with(http::Right::assign_leads);
    return rights;
}

std::vector<ApiKey> list_keys(const db::PlatformReader& db, const OrganizationId& organization)
{
    return db.rows<ApiKey>(R"sql(
        SELECT k.id, k.name, k.hint, k.scopes, k.addresses, u.name AS made_by,
            k.made_by AS made_by_id, k.created_at, k.expires_at, k.last_used_at
        FROM api_keys k LEFT JOIN users u ON u.id = k.made_by
        WHERE k.organization_id = $1 AND k.revoked_at IS NULL
        ORDER BY k.id DESC
    )sql",
        organization);
}

MadeKey make_key(db::PlatformTx& tx, const http::Caller& by, const NewKey& ask)
{
    const auto now = Instant::now();
    if (ask.scopes.empty())
        throw Failure::invalid("scopes", "required", "Please choose what the key may do.");
    if (ask.expires_at && *ask.expires_at <= now)
        throw Failure::invalid("expires_at", "past", "Please choose a time that is still to come.");
    const auto count = tx.one<std::int64_t>(
        "SELECT COUNT(*) FROM api_keys WHERE organization_id = $1 AND revoked_at IS NULL",
        by.organization_id);
    if (count >= keys_max)
        throw Failure::invalid("name", "too_many",
            "There are 100 keys already. Please revoke those that are not used any more.");

    auto token = std::string(token_prefix) + crypto::random_token();
    ApiKey key{ApiKeyId::make(), ask.name.value, token.substr(0, hint_length), ask.scopes,
        networks_in(ask), tx.row<std::string>("SELECT name FROM users WHERE id = $1", by.user_id),
        by.user_id, now, ask.expires_at, std::nullopt};
    tx.run(R"sql(
        INSERT INTO api_keys (id, token_hash, organization_id, name, hint, scopes, addresses,
            made_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )sql",
        key.id, db::Blob{crypto::sha256(token)}, by.organization_id, key.name, key.hint, key.scopes,
        key.addresses, by.user_id, key.created_at, key.expires_at);
    return {std::move(key), std::move(token)};
}

void revoke_key(db::PlatformTx& tx, const OrganizationId& organization, const ApiKeyId& id)
{
    const auto revoked = tx.run("UPDATE api_keys SET revoked_at = $3"
                                " WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL",
        organization, id, Instant::now());
    if (revoked == 0) throw Failure::not_found("There is no such key.");
}

http::Authenticator with_keys(http::Authenticator people, db::Database& database)
{
    return [people = std::move(people), &database](db::PlatformReader& db,
               const http::Credentials& credentials) -> std::optional<http::Admitted> {
        if (credentials.api_key.empty()) return people(db, credentials);
        const auto key = find_key(db, credentials.api_key);
        if (!key) throw Failure::signed_out("This API key is not known, or was revoked.");
        if (key->expires_at && *key->expires_at <= Instant::now())
            throw Failure::signed_out("This API key has expired. An owner can make another one.");
        if (!may_come_from(*key, credentials.client_address))
            throw Failure::forbidden("This API key may not be used from this address.")
                .because("from " + credentials.client_address);
        if (key->is_suspended)
            throw Failure::forbidden("The organization of this API key is suspended.");
        note_use(database, *key);
        return admitted(*key);
    };
}

}  // namespace leadcrm::api_keys
