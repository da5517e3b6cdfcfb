#include "meta-simulator/login/signed_request.hpp"

#include "meta-simulator/graph/meta_text.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::simulator {

namespace {

std::string encoded(std::string_view bytes, bool padded)
{
    auto text = crypto::base64url(bytes);
    while (padded && text.size() % 4 != 0) text += '=';
    return text;
}

}  // namespace

std::string signed_request(std::string_view app_secret, const std::string& member_id, Instant now,
    bool is_deletion, SignedAs how)
{
    json::object payload{{"user_id", member_id},
        {"algorithm", how == SignedAs::wrong_algorithm ? "HMAC-SHA1" : "HMAC-SHA256"},
        {"issued_at", now.unix_seconds()}};
    if (is_deletion) payload["expires"] = now.unix_seconds() + 3600;
    const bool padded = how == SignedAs::padded;
    const auto said = encoded(meta_json(payload), padded);
    auto signature = crypto::hmac_sha256(app_secret, said);
    if (how == SignedAs::bad_signature) signature[7] = static_cast<char>(signature[7] ^ 1);
    return encoded(signature, padded) + "." + said;
}

}  // namespace leadcrm::simulator
