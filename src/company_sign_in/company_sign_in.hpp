// Signing in with a company's account (OpenID Connect), set up by each organization for itself:
// which issuer, and for whom it may speak. The way of a browser through it: visit.hpp. Over HTTP:
// company_sign_in_api.hpp. Why an issuer's word holds in its own organization only: docs/adr/0014.
#pragma once

#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/fields.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::company_sign_in {

struct Settings {
    std::string public_url;
    bool allows_private = false;  // issuers in the network this server stands in, and without TLS
    bool is_secure = false;  // served over https
};

// Where issuers send browsers back to; told to them beforehand.
std::string callback_url(const Settings& settings);

struct SetUp {
    Text<10, 300> issuer;
    Text<1, 300> client_id;
    std::optional<Text<1, 1000>> client_secret;  // absent: the one of before
    std::vector<Text<3, 253>> domains;
    bool is_only_way = false;
};
BOOST_DESCRIBE_STRUCT(SetUp, (), (issuer, client_id, client_secret, domains, is_only_way))

struct Domain {
    std::string name;
    bool is_found = false;  // the sign-in page knows whom it means
};
BOOST_DESCRIBE_STRUCT(Domain, (), (name, is_found))

// As an owner is shown it.
struct Shown {
    std::optional<std::string> issuer;  // none: not set up
    std::string client_id;
    std::vector<Domain> domains;
    bool is_only_way = false;
    std::string callback_url;
    std::string sign_in_url;  // to hand to people
};
BOOST_DESCRIBE_STRUCT(
    Shown, (), (issuer, client_id, domains, is_only_way, callback_url, sign_in_url))

// What is needed to talk to the issuer.
struct Issuer {
    std::string issuer;
    std::string client_id;
    std::string client_secret;
    std::vector<std::string> domains;
};

Shown show(db::PlatformReader& db, const OrganizationId& organization, const Settings& settings);

// Throws Failure::invalid naming the field. A domain is found by the sign-in page when `by` has a
// confirmed address in it, it belongs to no provider of mailboxes, and no other organization was
// first.
void save(db::PlatformTx& tx, const crypto::Vault& vault, const OrganizationId& organization,
    const UserId& by, const SetUp& ask, const Settings& settings);

// Members sign in with their passwords again; bound sessions end.
void remove(db::PlatformTx& tx, const OrganizationId& organization);

std::optional<Issuer> find(
    db::PlatformReader& db, const crypto::Vault& vault, const OrganizationId& organization);
std::optional<OrganizationId> organization_of(
    const db::PlatformReader& db, const std::string& domain);

}  // namespace leadcrm::company_sign_in
