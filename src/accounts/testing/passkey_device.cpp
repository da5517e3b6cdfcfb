#include "accounts/testing/passkey_device.hpp"

#include "platform/crypto/crypto.hpp"

#include <boost/json/serialize.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <initializer_list>
#include <stdexcept>

namespace leadcrm::testing {
namespace {

constexpr std::uint8_t flag_has_key = 0x40;

EVP_PKEY* generate(KeyKind kind)
{
    switch (kind) {
    case KeyKind::es256:
        return EVP_EC_gen("P-256");
    case KeyKind::es384:
        return EVP_EC_gen("P-384");
    case KeyKind::eddsa:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case KeyKind::rs256:
        break;
    }
    return EVP_RSA_gen(2048);
}

void demand(bool went_well)
{
    if (!went_well) throw std::runtime_error("the authenticator in software is broken");
}

std::string number_of(const EVP_PKEY* key, const char* name, std::size_t size)
{
    BIGNUM* number = nullptr;
    demand(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    std::string bytes(size, '\0');
    const int written =
        BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), int(size));
    BN_free(number);
    demand(written == int(size));
    return bytes;
}

std::string raw_public_key(const EVP_PKEY* key)
{
    std::string bytes(32, '\0');
    std::size_t size = bytes.size();
    demand(EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()), &size)
        == 1);
    return bytes;
}

std::string bytes(std::initializer_list<int> values)
{
    std::string text;
    for (const int value : values) text += char(value);
    return text;
}

std::string big_endian(std::uint32_t number, int size)
{
    std::string text;
    for (int i = size - 1; i >= 0; --i) text += char(number >> (8 * i) & 0xff);
    return text;
}

std::string client_data(const Saying& saying, const std::string& usual_type)
{
    return boost::json::serialize(boost::json::object{
        {"type", saying.type.empty() ? usual_type : saying.type}, {"challenge", saying.challenge},
        {"origin", saying.origin}, {"crossOrigin", saying.is_framed}});
}

std::string head(const Saying& saying, std::uint8_t more_flags)
{
    return crypto::sha256(saying.rp_id) + char(saying.flags | more_flags)
        + big_endian(saying.sign_count, 4);
}

}  // namespace

PasskeyDevice::PasskeyDevice(KeyKind kind)
    : credential_id(crypto::random_bytes(32)), kind_(kind), key_(generate(kind), EVP_PKEY_free)
{
    demand(key_ != nullptr);
}

// CBOR maps of RFC 9053: the kind of key, its algorithm, and its numbers.
std::string PasskeyDevice::cose_key() const
{
    const auto* key = key_.get();
    switch (kind_) {
    case KeyKind::es256:
        return bytes({0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20})
            + number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, 32) + bytes({0x22, 0x58, 0x20})
            + number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32);
    case KeyKind::es384:
        return bytes({0xa5, 0x01, 0x02, 0x03, 0x38, 0x22, 0x20, 0x02, 0x21, 0x58, 0x30})
            + number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, 48) + bytes({0x22, 0x58, 0x30})
            + number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, 48);
    case KeyKind::eddsa:
        return bytes({0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20})
            + raw_public_key(key);
    case KeyKind::rs256:
        break;
    }
    return bytes({0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, 0x01, 0x00})
        + number_of(key, OSSL_PKEY_PARAM_RSA_N, 256) + bytes({0x21, 0x43})
        + number_of(key, OSSL_PKEY_PARAM_RSA_E, 3);
}

std::string PasskeyDevice::signature_of(const std::string& text) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* digest = kind_ == KeyKind::eddsa ? nullptr : EVP_sha256();
    const auto* from = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    demand(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1
        && EVP_DigestSign(context.get(), nullptr, &size, from, text.size()) == 1);
    std::string signature(size, '\0');
    demand(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
               from, text.size())
        == 1);
    signature.resize(size);
    return signature;
}

boost::json::object PasskeyDevice::make(const Saying& saying, const std::string& name) const
{
    const auto data = head(saying, flag_has_key) + std::string(16, '\0')
        + big_endian(std::uint32_t(credential_id.size()), 2) + credential_id + cose_key();
    return {{"name", name},
        {"client_data", crypto::base64url(client_data(saying, "webauthn.create"))},
        {"authenticator_data", crypto::base64url(data)}};
}

boost::json::object PasskeyDevice::sign(const Saying& saying) const
{
    const auto said = client_data(saying, "webauthn.get");
    const auto data = head(saying, 0);
    return {{"credential_id", crypto::base64url(credential_id)},
        {"client_data", crypto::base64url(said)}, {"authenticator_data", crypto::base64url(data)},
        {"signature", crypto::base64url(signature_of(data + crypto::sha256(said)))},
        {"user_handle", user_handle}};
}

}  // namespace leadcrm::testing
