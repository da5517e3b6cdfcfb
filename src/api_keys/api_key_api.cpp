#include "api_keys/api_key_api.hpp"

#include "api_keys/api_key.hpp"
#include "features/feature.hpp"

namespace leadcrm::api_keys {

struct OneKey {
    ApiKeyId id;
};
BOOST_DESCRIBE_STRUCT(OneKey, (), (id))

namespace {

http::Page<ApiKey> list(db::PlatformReader& db, const http::Caller& caller, const http::Nothing&)
{
    return {list_keys(db, caller.organization_id), std::nullopt};
}

MadeKey make(db::PlatformTx& tx, const http::Caller& caller, const NewKey& ask)
{
    return make_key(tx, caller, ask);
}

http::Nothing revoke(db::PlatformTx& tx, const http::Caller& caller, const OneKey& ask)
{
    revoke_key(tx, caller.organization_id, ask.id);
    return {};
}

}  // namespace

void add_routes(http::Routes& api)
{
    using features::Feature;
    using features::part_of;
    using http::Right;
    api.read("GET", "/api/v1/keys", list,
        {"API keys of the organization", Right::manage_organization,
            "The newest first; revoked ones are not shown. `last_used_at` is written at most every "
            "five minutes."});
    api.write("POST", "/api/v1/keys", make,
        part_of(Feature::api_keys,
            {"Make an API key", Right::manage_organization,
                "The answer is the only place where `token` is told; it is kept as a hash. A key sees "
                "all leads of the organization. It may make 600 requests a minute, told by the fields "
                "RateLimit-Policy and RateLimit of draft-ietf-httpapi-ratelimit-headers-10.",
                201}));
    api.write("DELETE", "/api/v1/keys/{id}", revoke,
        {"Revoke an API key", Right::manage_organization, "It opens nothing from now on.", 204});
}

}  // namespace leadcrm::api_keys
