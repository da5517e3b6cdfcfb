#include "company_sign_in/company_sign_in.hpp"

#include "accounts/issuer_secret.hpp"

#include <algorithm>
#include <array>
#include <sstream>

namespace leadcrm::company_sign_in {
namespace {

constexpr std::size_t domains_max = 20;

// Anybody may have an address there, so it speaks for no company. Not all there are: a mailbox
// there would still have to be an owner's, confirmed.
constexpr std::array mailbox_providers{"aol.com", "fastmail.com", "gmail.com", "gmx.at", "gmx.de",
    "gmx.net", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com",
    "mail.ru", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "qq.com",
    "web.de", "yahoo.com", "yandex.ru", "zoho.com"};

struct Row {
    std::string issuer;
    std::string client_id;
    db::Blob client_secret_sealed;
    std::string domains;  // separated by blanks
};
BOOST_DESCRIBE_STRUCT(Row, (), (issuer, client_id, client_secret_sealed, domains))

std::optional<Row> find_row(db::PlatformReader& db, const OrganizationId& organization)
{
    const auto inside = db.in_organization(organization);
    return inside.row<Row>("SELECT {columns} FROM sign_in_issuers WHERE organization_id = $1");
}

std::vector<std::string> words_of(const std::string& text)
{
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

std::string issuer_of(const SetUp& ask, const Settings& settings)
{
    const auto& text = ask.issuer.value;
    const bool is_safe = text.starts_with("https://");
    if (!is_safe && !(settings.allows_private && text.starts_with("http://")))
        throw Failure::invalid(
            "issuer", "https", "Please give an address that begins with https://.");
    if (text.find_first_of("?#@ \t\r\n\\") != std::string::npos)
        throw Failure::invalid("issuer", "url",
            "Please give the issuer's plain address, such as https://login.example.com.");
    return text;
}

std::string domain_of(std::string text)
{
    std::ranges::transform(text, text.begin(),
        [](unsigned char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : char(c); });
    if (text.starts_with('@')) text.erase(0, 1);
    const bool is_domain =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos
        && text.find('.') != std::string::npos && !text.starts_with('.') && !text.ends_with('.')
        && text.find("..") == std::string::npos;
    if (!is_domain)
        throw Failure::invalid(
            "domains", "domain", "\"" + text + "\" is no domain, such as example.com.");
    return text;
}

std::vector<std::string> domains_of(const SetUp& ask)
{
    std::vector<std::string> domains;
    for (const auto& each : ask.domains) domains.push_back(domain_of(each.value));
    std::ranges::sort(domains);
    domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
    if (domains.empty() || domains.size() > domains_max)
        throw Failure::invalid("domains", "count",
            "Please give the domains of your people's addresses, one to twenty of them.");
    return domains;
}

bool speaks_for(const db::PlatformReader& db, const UserId& user, const std::string& domain)
{
    if (std::ranges::find(mailbox_providers, domain) != mailbox_providers.end()) return false;
    const auto email = db.row<std::string>(
        "SELECT email FROM users WHERE id = $1 AND email_confirmed_at IS NOT NULL", user);
    return email && email->ends_with("@" + domain);
}

void keep_domains(db::PlatformTx& tx, const OrganizationId& organization, const UserId& by,
    const std::vector<std::string>& domains)
{
    const auto before = tx.rows<std::string>(
        "SELECT domain FROM sign_in_domains WHERE organization_id = $1", organization);
    for (const auto& domain : before)
        if (std::ranges::find(domains, domain) == domains.end())
            tx.run("DELETE FROM sign_in_domains WHERE domain = $1 AND organization_id = $2", domain,
                organization);
    for (const auto& domain : domains)
        if (speaks_for(tx, by, domain))
            tx.run("INSERT INTO sign_in_domains (domain, organization_id) VALUES ($1, $2)"
                   " ON CONFLICT (domain) DO NOTHING",
                domain, organization);
}

void end_bound_sessions(db::PlatformTx& tx, const OrganizationId& organization)
{
    tx.run("DELETE FROM sessions WHERE organization_id = $1 AND is_bound = TRUE", organization);
    tx.run("DELETE FROM company_sign_ins WHERE organization_id = $1", organization);
}

}  // namespace

std::string callback_url(const Settings& settings)
{
    return settings.public_url + "/api/v1/auth/company/callback";
}

Shown show(db::PlatformReader& db, const OrganizationId& organization, const Settings& settings)
{
    Shown shown;
    shown.callback_url = callback_url(settings);
    shown.sign_in_url =
        settings.public_url + "/api/v1/auth/company?organization=" + organization.text();
    const auto row = find_row(db, organization);
    if (!row) return shown;
    shown.issuer = row->issuer;
    shown.client_id = row->client_id;
    shown.is_only_way = db.one<bool>(
        "SELECT is_company_sign_in_only FROM organizations WHERE id = $1", organization);
    for (const auto& domain : words_of(row->domains))
        shown.domains.push_back({domain, organization_of(db, domain) == organization});
    return shown;
}

void save(db::PlatformTx& tx, const crypto::Vault& vault, const OrganizationId& organization,
    const UserId& by, const SetUp& ask, const Settings& settings)
{
    const auto issuer = issuer_of(ask, settings);
    const auto domains = domains_of(ask);
    const auto before = find_row(tx, organization);
    // The secret of before was meant for that issuer: with another address it would be sent there.
    const bool is_same = before && before->issuer == issuer;
    if (!ask.client_secret && !is_same)
        throw Failure::invalid("client_secret", "required",
            before ? "Please give the secret again: it was meant for another issuer."
                   : "Please fill this in.");
    const auto sealed = ask.client_secret ? db::Blob{vault.seal(ask.client_secret->value,
                            accounts::issuer_secret_context(organization))}
                                          : before->client_secret_sealed;

    tx.run("UPDATE organizations SET is_company_sign_in_only = $2 WHERE id = $1", organization,
        ask.is_only_way);
    keep_domains(tx, organization, by, domains);
    if (before && !is_same) end_bound_sessions(tx, organization);
    std::string text;
    for (const auto& domain : domains) text += (text.empty() ? "" : " ") + domain;
    auto inside = tx.in_organization(organization);
    inside.run(R"sql(
        INSERT INTO sign_in_issuers
            (organization_id, issuer, client_id, client_secret_sealed, domains, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (organization_id) DO UPDATE SET issuer = EXCLUDED.issuer,
            client_id = EXCLUDED.client_id, client_secret_sealed = EXCLUDED.client_secret_sealed,
            domains = EXCLUDED.domains, changed_at = EXCLUDED.changed_at
    )sql",
        issuer, ask.client_id.value, sealed, text, Instant::now());
}

void remove(db::PlatformTx& tx, const OrganizationId& organization)
{
    tx.run("UPDATE organizations SET is_company_sign_in_only = FALSE WHERE id = $1", organization);
    tx.run("DELETE FROM sign_in_domains WHERE organization_id = $1", organization);
    end_bound_sessions(tx, organization);
    auto inside = tx.in_organization(organization);
    inside.run("DELETE FROM sign_in_subjects WHERE organization_id = $1");
    inside.run("DELETE FROM sign_in_issuers WHERE organization_id = $1");
}

std::optional<Issuer> find(
    db::PlatformReader& db, const crypto::Vault& vault, const OrganizationId& organization)
{
    const auto row = find_row(db, organization);
    if (!row) return std::nullopt;
    return Issuer{row->issuer, row->client_id,
        vault.open(row->client_secret_sealed.bytes, accounts::issuer_secret_context(organization)),
        words_of(row->domains)};
}

std::optional<OrganizationId> organization_of(
    const db::PlatformReader& db, const std::string& domain)
{
    return db.row<OrganizationId>(
        "SELECT organization_id FROM sign_in_domains WHERE domain = $1", domain);
}

}  // namespace leadcrm::company_sign_in
