// The way of a browser to an issuer and back: authorization code with PKCE. State, nonce and the
// verifier are made from a secret in that browser's cookie, so what one browser began no other
// ends.
#pragma once

#include "accounts/sign_in.hpp"
#include "company_sign_in/id_token.hpp"
#include "company_sign_in/issuer_client.hpp"

namespace leadcrm::company_sign_in {

constexpr std::chrono::minutes visit_length{10};

struct Departure {
    std::string location;  // at the issuer
    std::string browser_token;  // for a cookie
};

struct Comeback {
    std::string state;
    std::string code;
    std::string error;
    std::string issuer;  // RFC 9207; empty when the issuer does not tell
    std::string browser_token;
};

class Visits {
public:
    // All of it must outlive this.
    Visits(db::Database& database, const crypto::Vault& vault, net::Client& net,
        const Settings& settings);

    // Blocking, both. They throw Refused.
    Departure begin(const OrganizationId& organization) const;
    accounts::SignedIn finish(const Comeback& comeback, const accounts::Visitor& visitor) const;

    struct Finding {
        Trouble trouble = Trouble::failed;
        std::string detail;
    };
    // What would go wrong, found by asking the issuer for what every sign-in asks, with a code that
    // it has not given. Nothing: it knows the client and its secret.
    std::optional<Finding> try_out(const OrganizationId& organization) const;

private:
    OrganizationId take(const Comeback& comeback) const;
    Issuer issuer_of(const OrganizationId& organization) const;
    Person person_of(const Issuer& issuer, const Comeback& comeback) const;

    db::Database& database_;
    const crypto::Vault& vault_;
    IssuerClient client_;
    Settings settings_;
};

}  // namespace leadcrm::company_sign_in
