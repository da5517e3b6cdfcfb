#include "company_sign_in/visit.hpp"

#include "audit/audit.hpp"
#include "company_sign_in/admission.hpp"
#include "platform/net/form.hpp"

#include <algorithm>

namespace leadcrm::company_sign_in {
namespace {

struct Visit {
    OrganizationId organization_id;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Visit, (), (organization_id, expires_at))

// Nobody can tell one from the other or from the state without the browser's secret.
std::string made_from(const std::string& browser_token, const char* what, const std::string& state)
{
    return crypto::base64url(crypto::hmac_sha256(browser_token, std::string(what) + " " + state));
}

std::string domain_of(const std::string& email) { return email.substr(email.rfind('@') + 1); }

}  // namespace

Visits::Visits(
    db::Database& database, const crypto::Vault& vault, net::Client& net, const Settings& settings)
    : database_(database), vault_(vault), client_(net, settings), settings_(settings)
{
}

Issuer Visits::issuer_of(const OrganizationId& organization) const
{
    auto issuer = database_.read_platform(
        [&](db::PlatformReader& db) { return find(db, vault_, organization); });
    if (!issuer) throw Refused(Trouble::not_set_up);
    return *issuer;
}

Departure Visits::begin(const OrganizationId& organization) const
{
    const auto issuer = issuer_of(organization);
    const auto discovery = client_.discover(issuer);
    const auto state = crypto::random_token();
    const auto browser = crypto::random_token();
    database_.write_platform([&](db::PlatformTx& tx) {
        const auto now = Instant::now();
        tx.run("DELETE FROM company_sign_ins WHERE expires_at <= $1", now);
        tx.run(R"sql(
            INSERT INTO company_sign_ins (state_hash, browser_hash, organization_id, expires_at)
            VALUES ($1, $2, $3, $4)
        )sql",
            db::Blob{crypto::sha256(state)}, db::Blob{crypto::sha256(browser)}, organization,
            now + visit_length);
    });
    const auto& where = discovery.authorization_endpoint;
    const net::Parameters ask{{"response_type", "code"}, {"scope", "openid email profile"},
        {"client_id", issuer.client_id}, {"redirect_uri", callback_url(settings_)},
        {"state", state}, {"nonce", made_from(browser, "nonce", state)},
        {"code_challenge",
            crypto::base64url(crypto::sha256(made_from(browser, "verifier", state)))},
        {"code_challenge_method", "S256"}};
    return {
        where + (where.find('?') == std::string::npos ? "?" : "&") + net::form_text(ask), browser};
}

// Once, and by the browser that began it.
OrganizationId Visits::take(const Comeback& comeback) const
{
    const db::Blob state{crypto::sha256(comeback.state)};
    const db::Blob browser{crypto::sha256(comeback.browser_token)};
    const auto visit = database_.write_platform([&](db::PlatformTx& tx) -> std::optional<Visit> {
        const auto found = tx.row<Visit>("SELECT {columns} FROM company_sign_ins"
                                         " WHERE state_hash = $1 AND browser_hash = $2",
            state, browser);
        if (found) tx.run("DELETE FROM company_sign_ins WHERE state_hash = $1", state);
        return found;
    });
    if (!visit || visit->expires_at <= Instant::now()) throw Refused(Trouble::begun_elsewhere);
    return visit->organization_id;
}

Person Visits::person_of(const Issuer& issuer, const Comeback& comeback) const
{
    if (!comeback.error.empty()) throw Refused(Trouble::declined, comeback.error.substr(0, 100));
    const auto discovery = client_.discover(issuer);
    // An issuer that is mixed up with another would be handed a code that is not meant for it.
    if (!comeback.issuer.empty() && comeback.issuer != discovery.issuer)
        throw Refused(Trouble::wrong_issuer);
    const auto token = client_.redeem(issuer, discovery,
        {comeback.code, made_from(comeback.browser_token, "verifier", comeback.state)});
    auto person = read_id_token(token, client_.keys(discovery),
        {discovery.issuer, issuer.client_id,
            made_from(comeback.browser_token, "nonce", comeback.state)});
    const auto domain = domain_of(person.email);
    if (std::ranges::find(issuer.domains, domain) == issuer.domains.end())
        throw Refused(Trouble::other_domain, domain);
    return person;
}

accounts::SignedIn Visits::finish(const Comeback& comeback, const accounts::Visitor& visitor) const
{
    const auto organization = take(comeback);
    audit::Entry entry{.action = "GET /api/v1/auth/company/callback",
        .what = "Sign in with the company's account",
        .address = visitor.address};
    try {
        const auto issuer = issuer_of(organization);
        const auto person = person_of(issuer, comeback);
        return database_.write_platform([&](db::PlatformTx& tx) {
            auto signed_in = admit(tx, organization, issuer, person, visitor);
            auto inside = tx.in_organization(organization);
            entry.user_id = signed_in.user_id;
            audit::record(inside, entry);
            return signed_in;
        });
    } catch (const Refused&) {
        entry.outcome = audit::Outcome::refused;
        database_.write(organization, [&](db::Tx& tx) { audit::record(tx, entry); });
        throw;
    }
}

std::optional<Visits::Finding> Visits::try_out(const OrganizationId& organization) const
{
    try {
        const auto issuer = issuer_of(organization);
        const auto discovery = client_.discover(issuer);
        if (!discovery.has_pkce)
            return Finding{Trouble::issuer_incomplete, "code_challenge_methods_supported: no S256"};
        client_.keys(discovery);
        client_.redeem(
            issuer, discovery, {"no-code-" + crypto::random_token(), crypto::random_token()});
    } catch (const Refused& refused) {
        // That it refuses the code is what shows that it accepts the client.
        if (refused.trouble == Trouble::code_refused) return std::nullopt;
        return Finding{refused.trouble, refused.what()};
    }
    return std::nullopt;
}

}  // namespace leadcrm::company_sign_in
