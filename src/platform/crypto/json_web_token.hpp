// Tokens signed by somebody else (RFC 7515, 7517): RS256 and ES256, by OpenSSL. Only who signed
// them is judged here; what a token says is its reader's to check.
#pragma once

#include <boost/describe.hpp>
#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using EVP_PKEY = struct evp_pkey_st;

namespace leadcrm::crypto {

BOOST_DEFINE_ENUM_CLASS(TokenTrouble, malformed, unknown_algorithm, unknown_key, wrong_signature)

struct TokenRefused : std::runtime_error {
    explicit TokenRefused(TokenTrouble why);
    TokenTrouble trouble;
};

// The public keys of one signer.
class JsonWebKeys {
public:
    // From a JWK set. Keys of kinds we do not read are passed over. Throws Failure::malformed.
    static JsonWebKeys parse(std::string_view text);

    bool empty() const { return keys_.empty(); }

    // The claims of a compact token that one of these keys signed. The algorithm is the key's, not
    // what the token asks for: "none", or HS256 with a public key as its secret, verify nothing.
    // Throws TokenRefused.
    boost::json::object verify(std::string_view token) const;

private:
    struct Key {
        std::string id;
        std::string algorithm;
        std::shared_ptr<EVP_PKEY> key;
    };
    std::vector<Key> keys_;
};

}  // namespace leadcrm::crypto
