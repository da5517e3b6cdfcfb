#include "company_sign_in/id_token.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/fields.hpp"
#include "platform/line.hpp"

#include <algorithm>
#include <optional>

namespace leadcrm::company_sign_in {
namespace {

using Claims = boost::json::object;

std::string text_in(const Claims& claims, std::string_view name)
{
    const auto* value = claims.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<Instant> time_in(const Claims& claims, std::string_view name)
{
    constexpr double seconds_max = 1e11;  // beyond it a number of microseconds is no Instant
    const auto* value = claims.if_contains(name);
    if (!value || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>();
    if (!(seconds >= 0 && seconds < seconds_max)) return std::nullopt;
    return Instant::from_unix_seconds(std::int64_t(seconds));
}

// A token for several audiences has to name ours as the one it was made for.
bool is_for(const Claims& claims, const std::string& client_id)
{
    const auto party = text_in(claims, "azp");
    if (!party.empty() && party != client_id) return false;
    const auto* audience = claims.if_contains("aud");
    if (!audience) return false;
    if (audience->is_string()) return audience->as_string() == client_id;
    if (!audience->is_array()) return false;
    const auto& all = audience->as_array();
    const bool is_among = std::any_of(all.begin(), all.end(),
        [&](const auto& each) { return each.is_string() && each.as_string() == client_id; });
    return is_among && (all.size() == 1 || party == client_id);
}

void check_times(const Claims& claims, Instant now)
{
    const auto expires = time_in(claims, "exp");
    const auto issued = time_in(claims, "iat");
    const auto begins = time_in(claims, "nbf");
    if (!expires || *expires + clock_skew <= now) throw Refused(Trouble::token_expired, "exp");
    if (!issued || *issued - clock_skew > now) throw Refused(Trouble::token_expired, "iat");
    if (begins && *begins - clock_skew > now) throw Refused(Trouble::token_expired, "nbf");
}

// Some issuers write the yes as text.
bool is_verified(const Claims& claims)
{
    const auto* value = claims.if_contains("email_verified");
    return value && (*value == true || *value == "true");
}

std::string name_in(const Claims& claims)
{
    try {
        return Line<1, 120>::check(text_in(claims, "name")).value;
    } catch (const BadField&) {
        return {};
    }
}

Claims signed_claims(std::string_view token, const crypto::JsonWebKeys& keys)
{
    try {
        return keys.verify(token);
    } catch (const crypto::TokenRefused& refused) {
        throw Refused(Trouble::wrong_signature, refused.what());
    }
}

}  // namespace

Person read_id_token(
    std::string_view token, const crypto::JsonWebKeys& keys, const Expected& expected, Instant now)
{
    const auto claims = signed_claims(token, keys);
    if (text_in(claims, "iss") != expected.issuer) throw Refused(Trouble::wrong_issuer);
    if (!is_for(claims, expected.client_id)) throw Refused(Trouble::wrong_audience);
    check_times(claims, now);
    if (!crypto::equal_in_constant_time(text_in(claims, "nonce"), expected.nonce))
        throw Refused(Trouble::wrong_nonce);

    Person person{text_in(claims, "sub"), {}, name_in(claims)};
    if (person.subject.empty() || person.subject.size() > 255) throw Refused(Trouble::no_subject);
    if (!is_verified(claims)) throw Refused(Trouble::email_unverified);
    try {
        person.email = Email::check(text_in(claims, "email")).value;
    } catch (const BadField&) {
        throw Refused(Trouble::email_unverified, "no address");
    }
    return person;
}

}  // namespace leadcrm::company_sign_in
