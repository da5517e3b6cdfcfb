#include "platform/crypto/json_web_token.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include <array>

namespace leadcrm::crypto {
namespace {

constexpr std::size_t token_max = std::size_t(16) * 1024;
constexpr std::size_t keys_max = 50;
constexpr int rsa_bits_min = 2048;
constexpr std::size_t p256_bytes = 32;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* what) const
    {
        Free(what);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view bytes)
{
    return Number(BN_bin2bn(bytes_of(bytes), int(bytes.size()), nullptr));
}

std::string text_in(const boost::json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string bytes_in(const boost::json::object& object, std::string_view name)
{
    return from_base64url(text_in(object, name)).value_or("");
}

std::shared_ptr<EVP_PKEY> built(const char* kind, OSSL_PARAM_BLD* builder)
{
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const boost::json::object& jwk)
{
    const auto n = number_of(bytes_in(jwk, "n"));
    const auto e = number_of(bytes_in(jwk, "e"));
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || BN_num_bits(n.get()) < rsa_bits_min || !BN_is_odd(e.get()) || BN_is_one(e.get())
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1
        || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return built("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> p256_key(const boost::json::object& jwk)
{
    const auto x = bytes_in(jwk, "x");
    const auto y = bytes_in(jwk, "y");
    if (x.size() != p256_bytes || y.size() != p256_bytes) return nullptr;
    const auto point = "\x04" + x + y;  // uncompressed
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!builder
        || OSSL_PARAM_BLD_push_utf8_string(
               builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0)
            != 1
        || OSSL_PARAM_BLD_push_octet_string(
               builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size())
            != 1)
        return nullptr;
    return built("EC", builder.get());
}

// ES256 writes r and s side by side; OpenSSL wants them as ASN.1.
std::string asn1_of(std::string_view pair)
{
    if (pair.size() != 2 * p256_bytes) return {};
    const std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>> signature(ECDSA_SIG_new());
    auto r = number_of(pair.substr(0, p256_bytes));
    auto s = number_of(pair.substr(p256_bytes));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
    static_cast<void>(r.release());  // the signature's now
    static_cast<void>(s.release());
    unsigned char* text = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &text);
    if (length <= 0) return {};
    std::string asn1(reinterpret_cast<const char*>(text), std::size_t(length));
    OPENSSL_free(text);
    return asn1;
}

bool has_signed(EVP_PKEY* key, std::string_view text, std::string_view signature)
{
    const DigestContext context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1
        && EVP_DigestVerify(
               context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size())
        == 1;
}

boost::json::object object_in(std::string_view encoded)
{
    const auto text = from_base64url(encoded);
    if (!text) throw TokenRefused(TokenTrouble::malformed);
    try {
        auto tree = json::parse(*text);
        if (tree.is_object()) return std::move(tree.as_object());
    } catch (const Failure&) {  // said below
    }
    throw TokenRefused(TokenTrouble::malformed);
}

}  // namespace

TokenRefused::TokenRefused(TokenTrouble why)
    : std::runtime_error(boost::describe::enum_to_string(why, "")), trouble(why)
{
}

JsonWebKeys JsonWebKeys::parse(std::string_view text)
{
    const auto tree = json::parse(text);
    const auto* set = tree.is_object() ? tree.as_object().if_contains("keys") : nullptr;
    if (!set || !set->is_array()) throw Failure::malformed("This is no set of keys.");
    JsonWebKeys keys;
    for (const auto& each : set->as_array()) {
        if (!each.is_object() || keys.keys_.size() >= keys_max) continue;
        const auto& jwk = each.as_object();
        const auto use = text_in(jwk, "use");
        const auto algorithm = text_in(jwk, "alg");
        if (!use.empty() && use != "sig") continue;
        Key key{text_in(jwk, "kid"), {}, nullptr};
        if (text_in(jwk, "kty") == "RSA" && (algorithm.empty() || algorithm == "RS256")) {
            key.algorithm = "RS256";
            key.key = rsa_key(jwk);
        } else if (text_in(jwk, "kty") == "EC" && text_in(jwk, "crv") == "P-256"
            && (algorithm.empty() || algorithm == "ES256")) {
            key.algorithm = "ES256";
            key.key = p256_key(jwk);
        }
        if (key.key) keys.keys_.push_back(std::move(key));
    }
    return keys;
}

boost::json::object JsonWebKeys::verify(std::string_view token) const
{
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > token_max || second == std::string_view::npos
        || token.find('.', second + 1) != std::string_view::npos)
        throw TokenRefused(TokenTrouble::malformed);
    const auto header = object_in(token.substr(0, first));
    const auto algorithm = text_in(header, "alg");
    if (algorithm != "RS256" && algorithm != "ES256")
        throw TokenRefused(TokenTrouble::unknown_algorithm);
    // Extensions that a token insists on and nobody here knows (RFC 7515, 4.1.11).
    if (header.contains("crit")) throw TokenRefused(TokenTrouble::malformed);

    const auto raw = from_base64url(token.substr(second + 1));
    if (!raw) throw TokenRefused(TokenTrouble::malformed);
    const auto signature = algorithm == "ES256" ? asn1_of(*raw) : *raw;
    const auto id = text_in(header, "kid");
    bool is_known = false;
    for (const auto& key : keys_) {
        if (key.algorithm != algorithm || (!id.empty() && key.id != id)) continue;
        is_known = true;
        if (has_signed(key.key.get(), token.substr(0, second), signature))
            return object_in(token.substr(first + 1, second - first - 1));
    }
    throw TokenRefused(is_known ? TokenTrouble::wrong_signature : TokenTrouble::unknown_key);
}

}  // namespace leadcrm::crypto
