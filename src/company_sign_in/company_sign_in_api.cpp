#include "company_sign_in/company_sign_in_api.hpp"

#include "accounts/attempts.hpp"
#include "accounts/session_cookie.hpp"
#include "features/feature.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::company_sign_in {

struct Tried {
    std::optional<Trouble> trouble;  // none: people can sign in
    std::string detail;  // what the issuer said
};
BOOST_DESCRIBE_STRUCT(Tried, (), (trouble, detail))

namespace {

using http::Call;
using http::Caller;
using http::Nothing;

std::string cookie_name(bool secure)
{
    return secure ? "__Host-leadcrm_company" : "leadcrm_company";
}

std::pair<std::string, std::string> cookie(
    const std::string& token, std::chrono::seconds max_age, bool secure)
{
    auto text = cookie_name(secure) + "=" + token
        + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age.count());
    if (secure) text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

http::Response go_to(std::string address)
{
    return {.status = 303,
        .body = {},
        .headers = {{"Location", std::move(address)}, {"Cache-Control", "no-store"},
            {"Referrer-Policy", "no-referrer"}}};
}

http::Response go_back(Trouble trouble)
{
    return go_to(
        std::string("/app/sign-in?company=") + boost::describe::enum_to_string(trouble, "failed"));
}

std::string lower(std::string text)
{
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return text;
}

}  // namespace

Desk::Desk(db::Database& database, const crypto::Vault& vault, net::Client& net, Settings settings)
    : database_(database)
    , vault_(vault)
    , settings_(std::move(settings))
    , visits_(database, vault, net, settings_)
{
}

void Desk::answer(http::Respond respond, std::function<http::Response()> work)
{
    const bool taken = pool_.take_on([respond, work = std::move(work)] {
        try {
            respond(work());
        } catch (const Refused& refused) {
            log::info("a company's account was not let in", {{"why", refused.what()}});
            respond(go_back(refused.trouble));
        } catch (const std::exception& error) {
            log::error("signing in with a company's account failed", {{"why", error.what()}});
            respond(go_back(Trouble::failed));
        }
    });
    if (!taken) respond(go_back(Trouble::failed));
}

http::Response Desk::depart(const http::Request& request) const
{
    const bool may_go = database_.write_platform([&](db::PlatformTx& tx) {
        return accounts::count_attempt(
            tx, accounts::company_sign_in_limits(request.client_address));
    });
    if (!may_go) throw Refused(Trouble::too_many_tries);
    auto organization = OrganizationId::parse(request.query_value("organization").value_or(""));
    if (const auto domain = request.query_value("domain"))
        organization = database_.read_platform(
            [&](db::PlatformReader& db) { return organization_of(db, lower(*domain)); });
    if (!organization) throw Refused(Trouble::not_set_up);
    const auto departure = visits_.begin(*organization);
    auto response = go_to(departure.location);
    response.headers.push_back(cookie(departure.browser_token, visit_length, settings_.is_secure));
    return response;
}

http::Response Desk::arrive(const http::Request& request) const
{
    const auto text = [&](const char* name) { return request.query_value(name).value_or(""); };
    const Comeback comeback{text("state"), text("code"), text("error"), text("iss"),
        request.cookie(cookie_name(settings_.is_secure)).value_or("")};
    const auto signed_in =
        visits_.finish(comeback, accounts::visitor_of(request, settings_.is_secure));
    if (const auto before = request.cookie(accounts::cookie_name(settings_.is_secure)))
        accounts::sign_out(database_, *before);
    auto response = go_to("/app/leads");
    response.headers.push_back(cookie("", {}, settings_.is_secure));
    for (auto& each : accounts::session_cookies(signed_in, settings_.is_secure))
        response.headers.push_back(std::move(each));
    return response;
}

void Desk::add_visit_routes(http::Routes& api)
{
    using http::Right;
    api.raw("GET", "/api/v1/auth/company",
        [this](const http::Request& request, http::Respond respond) {
            answer(std::move(respond), [this, request] { return depart(request); });
        },
        {"To the issuer of a company, to sign in with its account", Right::everybody,
            "For a browser. With `organization` or `domain`. What goes wrong is told on the page "
            "for signing in.",
            303});
    api.raw("GET", "/api/v1/auth/company/callback",
        [this](const http::Request& request, http::Respond respond) {
            answer(std::move(respond), [this, request] { return arrive(request); });
        },
        {"Where a company's issuer sends the browser back to", Right::everybody, {}, 303});
}

void Desk::add_owner_routes(http::Routes& api)
{
    using http::Right;
    constexpr auto path = "/api/v1/organization/company-sign-in";
    api.work("GET", path,
        [this](const Call& call, const Nothing&) {
            return database_.read_platform([&](db::PlatformReader& db) {
                return show(db, call.caller().organization_id, settings_);
            });
        },
        {"How people sign in with the company's account", Right::manage_organization});
    api.write(
        "PUT", path,
        [this](db::PlatformTx& tx, const Caller& caller, const SetUp& ask) {
            save(tx, vault_, caller.organization_id, caller.user_id, ask, settings_);
            return Nothing();
        },
        features::part_of(features::Feature::company_sign_in,
            {"Set up signing in with the company's account", Right::manage_organization,
                "By OpenID Connect. Without `client_secret` the one of before holds, as long as the "
                "issuer is the same. `is_only_way`: a password opens the organization to its owners "
                "only.",
                204}));
    api.write("DELETE", path,
        [](db::PlatformTx& tx, const Caller& caller, const Nothing&) {
            remove(tx, caller.organization_id);
            return Nothing();
        },
        {"Let nobody sign in with the company's account any more", Right::manage_organization,
            "Whoever did is signed out.", 204});
    api.work(
        "POST", "/api/v1/organization/company-sign-in/try",
        [this](const Call& call, const Nothing&) {
            const auto& organization = call.caller().organization_id;
            accounts::throttle(database_, {{"try company sign-in " + organization.text(), 20}});
            const auto found = visits_.try_out(organization);
            return found ? Tried{found->trouble, found->detail} : Tried{};
        },
        features::part_of(features::Feature::company_sign_in,
            {"Try what was set up", Right::manage_organization,
                "Asks the issuer for its configuration, its keys, and whether it knows the client and "
                "its secret."}));
}

void Desk::add_routes(http::Routes& api)
{
    add_visit_routes(api);
    add_owner_routes(api);
}

}  // namespace leadcrm::company_sign_in
