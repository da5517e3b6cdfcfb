#include "meta/signature.hpp"

#include "platform/crypto/crypto.hpp"

namespace leadcrm::meta {

bool is_genuine(
    std::string_view body, std::string_view header, const std::vector<std::string>& app_secrets)
{
    bool genuine = false;
    for (const auto& secret : app_secrets) {
        // Anybody can sign with an empty secret.
        if (secret.empty()) continue;
        genuine |= crypto::equal_in_constant_time(header, signature_of(body, secret));
    }
    return genuine;
}

std::string signature_of(std::string_view body, std::string_view app_secret)
{
    return "sha256=" + crypto::hex(crypto::hmac_sha256(app_secret, body));
}

std::string app_secret_proof(std::string_view access_token, std::string_view app_secret)
{
    return crypto::hex(crypto::hmac_sha256(app_secret, access_token));
}

}  // namespace leadcrm::meta
