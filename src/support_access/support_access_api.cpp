#include "support_access/support_access_api.hpp"

#include "accounts/platform_admin.hpp"
#include "accounts/session_cookie.hpp"
#include "platform/fields.hpp"
#include "support_access/support_grant.hpp"
#include "support_access/support_request.hpp"
#include "support_access/support_visit.hpp"

namespace leadcrm::support_access {

struct GrantSupport {
    SupportLength length = SupportLength::hour;
    Text<3, 500> reason;
};
BOOST_DESCRIBE_STRUCT(GrantSupport, (), (length, reason))

struct GrantView {
    SupportGrantId id;
    std::string granted_by;
    Instant granted_at;
    Instant expires_at;
    std::optional<std::string> reason;  // for owners and support
    std::optional<Instant> opened_at;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (id, granted_by, granted_at, expires_at, reason, opened_at))

struct RequestView {
    SupportRequestId id;
    std::string asked_by;
    Instant asked_at;
    Instant expires_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RequestView, (), (id, asked_by, asked_at, expires_at, reason))

struct SupportAccess {
    std::optional<GrantView> grant;
    std::optional<RequestView> request;  // for owners
};
BOOST_DESCRIBE_STRUCT(SupportAccess, (), (grant, request))

struct OneOrganization {
    OrganizationId id;
};
BOOST_DESCRIBE_STRUCT(OneOrganization, (), (id))

struct RequestSupport {
    OrganizationId id;
    Text<3, 500> reason;
};
BOOST_DESCRIBE_STRUCT(RequestSupport, (), (id, reason))

namespace {

std::string name_of(const db::Reader& db, const UserId& user)
{
    return db.row<std::string>("SELECT name FROM users WHERE id = $2", user).value_or("");
}

GrantView view_of(const db::Reader& db, const http::Caller& caller, const SupportGrant& grant)
{
    GrantView view{grant.id, name_of(db, grant.granted_by), grant.granted_at, grant.expires_at,
        std::nullopt, grant.opened_at};
    if (caller.rights.has(http::Right::manage_organization)) view.reason = grant.reason;
    return view;
}

RequestView view_of(const db::Reader& db, const SupportRequest& request)
{
    return {request.id, name_of(db, request.asked_by), request.asked_at, request.expires_at,
        request.reason};
}

SupportAccess show(db::Reader& db, const http::Caller& caller, const http::Nothing&)
{
    SupportAccess access;
    if (const auto live = live_grant(db)) access.grant = view_of(db, caller, *live);
    const bool is_owner = caller.rights.has(http::Right::manage_organization) && !caller.viewer;
    const auto request = is_owner ? open_request(db) : std::nullopt;
    if (request) access.request = view_of(db, *request);
    return access;
}

// A session takes the place of the one that asks.
class Way {
public:
    Way(db::Database& database, bool is_secure) : database_(database), is_secure_(is_secure) { }

    template <class Open>
    http::Answer<http::Nothing> go(const http::Call& call, const Open& open) const
    {
        const auto visitor = accounts::visitor_of(call.request, is_secure_);
        const auto signed_in =
            database_.write_platform([&](db::PlatformTx& tx) { return open(tx, visitor); });
        if (const auto before = call.request.cookie(accounts::cookie_name(is_secure_)))
            accounts::sign_out(database_, *before);
        return {{}, 204, accounts::session_cookies(signed_in, is_secure_)};
    }

private:
    db::Database& database_;
    const bool is_secure_;
};

void add_organization_routes(http::Routes& api)
{
    using http::Right;
    constexpr auto path = "/api/v1/organization/support-access";
    api.read("GET", path, show,
        {"Whether the operator's support may look into the organization", Right::read_leads,
            "`grant` is null while it may not. `reason` is for owners; so is `request`, with which "
            "the operator's support asks for access until an owner answers."});
    api.write("POST", path,
        [](db::Tx& tx, const http::Caller& caller, const GrantSupport& ask) {
            return view_of(tx, caller, grant(tx, caller, ask.length, ask.reason.value));
        },
        {"Grant support access", Right::manage_organization,
            "For a while the operator's support sees what an owner sees, and changes nothing. "
            "Everybody in the organization is told; what support opens is in the audit log.",
            201});
    api.write("DELETE", path,
        [](db::Tx& tx, const http::Caller&, const http::Nothing&) {
            end(tx);
            return http::Nothing();
        },
        {"End support access", Right::manage_organization, "Support is out at once.", 204});
    api.write("DELETE", "/api/v1/organization/support-request",
        [](db::Tx& tx, const http::Caller& caller, const http::Nothing&) {
            decline_request(tx, caller);
            return http::Nothing();
        },
        {"Decline the request for support access", Right::manage_organization,
            "Granting support access answers it too.", 204});
}

void add_request_routes(http::Routes& api)
{
    using http::Right;
    constexpr auto path = "/api/v1/platform/organizations/{id}/support-request";
    api.write("POST", path,
        [](db::PlatformTx& tx, const http::Caller& caller, const RequestSupport& ask) {
            const auto made = request_support(tx, caller, ask.id, ask.reason.value);
            return view_of(tx.in_organization(ask.id), made);
        },
        {"Ask the owners for support access", Right::operate_platform,
            "They see it in the organization's settings, and get a letter. One request is open at a "
            "time, for seven days.",
            201});
    api.write("DELETE", path,
        [](db::PlatformTx& tx, const http::Caller& caller, const OneOrganization& ask) {
            withdraw_request(tx, caller, ask.id);
            return http::Nothing();
        },
        {"Withdraw the request for support access", Right::operate_platform, {}, 204});
}

}  // namespace

void add_routes(http::Routes& api, db::Database& database, bool is_secure)
{
    using http::Right;
    add_organization_routes(api);
    add_request_routes(api);
    const Way way(database, is_secure);
    api.work("POST", "/api/v1/platform/organizations/{id}/visit",
        [way](const http::Call& call, const OneOrganization& ask) {
            return way.go(call, [&](db::PlatformTx& tx, const accounts::Visitor& visitor) {
                return visit(tx, call.caller().user_id, ask.id, visitor);
            });
        },
        {"Look into an organization by its owner's grant", Right::operate_platform,
            "The session goes on there under a new token, and changes nothing. When the grant is "
            "over it is on the platform again.",
            204});
    api.work("DELETE", "/api/v1/me/visit",
        [way](const http::Call& call, const http::Nothing&) {
            const auto& caller = call.caller();
            if (!caller.is_support && !caller.rights.has(Right::operate_platform))
                throw Failure::forbidden("This is only for whoever operates the service.");
            return way.go(call, [&](db::PlatformTx& tx, const accounts::Visitor& visitor) {
                return accounts::enter_platform(tx, caller.user_id, visitor);
            });
        },
        {.summary = "Leave the organization that one looks into as support",
            .success = 204,
            .while_viewing = true});
}

}  // namespace leadcrm::support_access
