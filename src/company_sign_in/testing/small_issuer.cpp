#include "company_sign_in/testing/small_issuer.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace leadcrm::testing {
namespace {

using boost::json::object;

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

std::string number_in(EVP_PKEY* key, const char* name, int length)
{
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    std::string bytes(std::size_t(length), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), length);
    BN_free(number);
    return crypto::base64url(bytes);
}

std::string exponent_of(EVP_PKEY* key) { return number_in(key, OSSL_PKEY_PARAM_RSA_E, 3); }

std::string signature_by(EVP_PKEY* key, const std::string& text)
{
    auto* context = EVP_MD_CTX_new();
    std::size_t length = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
    EVP_DigestSign(context, nullptr, &length, bytes, text.size());
    std::string signature(length, '\0');
    EVP_DigestSign(
        context, reinterpret_cast<unsigned char*>(signature.data()), &length, bytes, text.size());
    EVP_MD_CTX_free(context);
    signature.resize(length);
    return signature;
}

// From ASN.1 to r and s side by side.
std::string side_by_side(const std::string& asn1)
{
    const auto* at = reinterpret_cast<const unsigned char*>(asn1.data());
    auto* signature = d2i_ECDSA_SIG(nullptr, &at, long(asn1.size()));
    std::string pair(64, '\0');
    auto* out = reinterpret_cast<unsigned char*>(pair.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(signature), out, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature), out + 32, 32);
    ECDSA_SIG_free(signature);
    return pair;
}

http::Response json_answer(int status, const object& body)
{
    return {status, "application/json", json::print(body)};
}

}  // namespace

SmallIssuer::SmallIssuer()
    : rsa_(owned(EVP_RSA_gen(2048)))
    , p256_(owned(EVP_EC_gen("P-256")))
    , other_(owned(EVP_RSA_gen(2048)))
{
    using http::Right;
    server_.routes.raw("GET", "/.well-known/openid-configuration",
        [this](const http::Request&, const http::Respond& respond) {
            respond(json_answer(200,
                {{"issuer", calls_itself.empty() ? url() : calls_itself},
                    {"authorization_endpoint", url() + "/authorize"},
                    {"token_endpoint", url() + "/token"}, {"jwks_uri", url() + "/keys"}}));
        },
        {"What it offers", Right::everybody});
    server_.routes.raw("GET", "/keys",
        [this](const http::Request&, const http::Respond& respond) {
            respond(json_answer(200, keys()));
        },
        {"Its public keys", Right::everybody});
    server_.routes.raw("POST", "/token",
        [this](const http::Request& request, const http::Respond& respond) {
            respond(redeem(request));
        },
        {"A token for a code", Right::everybody});
    server_.start();
}

std::string SmallIssuer::url() const
{
    return "http://127.0.0.1:" + std::to_string(server_.port());
}

object SmallIssuer::keys() const
{
    object rsa{{"kty", "RSA"}, {"kid", "r"}, {"use", "sig"},
        {"n", number_in(rsa_.get(), OSSL_PKEY_PARAM_RSA_N, 256)}, {"e", exponent_of(rsa_.get())}};
    object p256{{"kty", "EC"}, {"kid", "e"}, {"crv", "P-256"},
        {"x", number_in(p256_.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32)},
        {"y", number_in(p256_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
    return {{"keys", boost::json::array{std::move(rsa), std::move(p256)}}};
}

std::string SmallIssuer::token(const object& payload) const
{
    object header{{"alg", "RS256"}, {"kid", "r"}};
    if (signing == Signing::es256) header = {{"alg", "ES256"}, {"kid", "e"}};
    if (signing == Signing::none) header = {{"alg", "none"}};
    if (signing == Signing::hs256_with_public_key) header = {{"alg", "HS256"}, {"kid", "r"}};
    const auto text =
        crypto::base64url(json::print(header)) + "." + crypto::base64url(json::print(payload));
    std::string signature;
    switch (signing) {
    case Signing::rs256:
        signature = signature_by(rsa_.get(), text);
        break;
    case Signing::es256:
        signature = side_by_side(signature_by(p256_.get(), text));
        break;
    case Signing::other_key:
        signature = signature_by(other_.get(), text);
        break;
    case Signing::none:
        break;
    case Signing::hs256_with_public_key:
        signature = crypto::hmac_sha256(number_in(rsa_.get(), OSSL_PKEY_PARAM_RSA_N, 256), text);
        break;
    }
    return text + "." + crypto::base64url(signature);
}

std::string SmallIssuer::agree(const std::string& location)
{
    const auto query = location.substr(location.find('?') + 1);
    std::string state;
    const std::lock_guard lock(mutex_);
    for (const auto& [name, value] : http::parse_form(query)) {
        if (name == "state") state = value;
        if (name == "nonce") nonce_ = value;
        if (name == "code_challenge") challenge_ = value;
    }
    code_ = crypto::random_token();
    return "state=" + state + "&code=" + code_;
}

http::Response SmallIssuer::redeem(const http::Request& request)
{
    const std::lock_guard lock(mutex_);
    if (request.header("Authorization") != "Basic " + crypto::base64("crm:" + secret))
        return json_answer(401, {{"error", "invalid_client"}});
    std::string code;
    std::string verifier;
    for (const auto& [name, value] : http::parse_form(request.body)) {
        if (name == "code") code = value;
        if (name == "code_verifier") verifier = value;
    }
    if (code.empty() || code != code_ || crypto::base64url(crypto::sha256(verifier)) != challenge_)
        return json_answer(400, {{"error", "invalid_grant"}});
    code_.clear();

    const auto now = Instant::now().unix_seconds();
    object payload{{"iss", url()}, {"aud", "crm"}, {"sub", "7"}, {"nonce", nonce_}, {"iat", now},
        {"exp", now + 300}, {"email", "ana@acme.example"}, {"email_verified", true},
        {"name", "Ana Ruiz"}};
    for (const auto& claim : claims) payload[claim.key()] = claim.value();
    return json_answer(200, {{"id_token", token(payload)}, {"token_type", "Bearer"}});
}

}  // namespace leadcrm::testing
