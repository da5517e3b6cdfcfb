#include "meta/signed_request_reading.hpp"

#include "meta/graph_answer.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::meta {
namespace {

std::string_view unpadded(std::string_view text)
{
    while (text.ends_with('=')) text.remove_suffix(1);
    return text;
}

int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-' || c == '+') return 62;
    if (c == '_' || c == '/') return 63;
    return -1;
}

std::optional<std::string> decoded(std::string_view text)
{
    std::string bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char c : unpadded(text)) {
        const int digit = digit_of(c);
        if (digit < 0) return std::nullopt;
        held = (held << 6 | static_cast<unsigned>(digit)) & 0xFFFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(held >> bits & 0xFFU);
    }
    return bytes;
}

// The signature is compared in its own encoding, which is the same for the same bytes.
bool is_signed(std::string_view signature, std::string_view payload,
    const std::vector<std::string>& app_secrets)
{
    bool genuine = false;
    for (const auto& secret : app_secrets)
        if (!secret.empty())
            genuine |= crypto::equal_in_constant_time(
                unpadded(signature), crypto::base64url(crypto::hmac_sha256(secret, payload)));
    return genuine;
}

}  // namespace

std::optional<SignedRequest> read_signed_request(
    std::string_view text, const std::vector<std::string>& app_secrets)
{
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto payload = text.substr(dot + 1);
    if (!is_signed(text.substr(0, dot), payload, app_secrets)) return std::nullopt;
    const auto plain = decoded(payload);
    if (!plain) return std::nullopt;
    try {
        const auto tree = json::parse(*plain);
        SignedRequest request{text_member(tree, "user_id"), std::string(payload)};
        if (text_member(tree, "algorithm") != "HMAC-SHA256" || request.person_id.empty())
            return std::nullopt;
        return request;
    } catch (const Failure&) {
        return std::nullopt;
    }
}

}  // namespace leadcrm::meta
