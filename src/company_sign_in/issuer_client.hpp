// Talks to an issuer: what it offers (discovery), its keys, and a code for an ID token. Blocking;
// every call has limits of time and size, and goes to public addresses only unless a setting says
// otherwise.
#pragma once

#include "company_sign_in/company_sign_in.hpp"
#include "company_sign_in/refused.hpp"
#include "platform/crypto/json_web_token.hpp"
#include "platform/net/fetch.hpp"

#include <string>
#include <vector>

namespace leadcrm::company_sign_in {

struct Discovery {
    std::string issuer;  // exactly as its tokens name it
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
    bool takes_secret_in_body = false;
    bool has_pkce = true;
};

struct Code {
    std::string code;
    std::string verifier;  // of PKCE
};

class IssuerClient {
public:
    IssuerClient(net::Client& net, const Settings& settings) : net_(net), settings_(settings) { }

    // The three throw Refused.
    Discovery discover(const Issuer& issuer) const;
    crypto::JsonWebKeys keys(const Discovery& discovery) const;
    // The ID token.
    std::string redeem(const Issuer& issuer, const Discovery& discovery, const Code& code) const;

private:
    net::Answer call(net::Request request) const;
    std::string endpoint(const std::string& url, const char* name) const;

    net::Client& net_;
    Settings settings_;
};

}  // namespace leadcrm::company_sign_in
