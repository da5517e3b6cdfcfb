// An OpenID Connect issuer on a port of its own, for tests: it signs whatever it is told to, and
// keeps to PKCE and its client's secret.
#pragma once

#include "platform/testing/running_server.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <mutex>
#include <string>

using EVP_PKEY = struct evp_pkey_st;

namespace leadcrm::testing {

class SmallIssuer {
public:
    SmallIssuer();

    enum class Signing { rs256, es256, other_key, none, hs256_with_public_key };

    // What the next sign-in says, and how. Claims of null are left out.
    boost::json::object claims;
    Signing signing = Signing::rs256;
    std::string secret = "s3cret";
    std::string calls_itself;  // in its configuration; empty: by its name

    std::string url() const;
    std::string token(const boost::json::object& payload) const;
    // What a person agrees to in the browser: from the address the product sends it to, the
    // parameters it comes back with.
    std::string agree(const std::string& location);

private:
    boost::json::object keys() const;
    http::Response redeem(const http::Request& request);

    RunningServer server_;
    std::shared_ptr<EVP_PKEY> rsa_;
    std::shared_ptr<EVP_PKEY> p256_;
    std::shared_ptr<EVP_PKEY> other_;
    std::mutex mutex_;
    std::string code_;
    std::string challenge_;
    std::string nonce_;
};

}  // namespace leadcrm::testing
