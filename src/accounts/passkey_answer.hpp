// What an authenticator says in a browser (WebAuthn, level 2), and whether it may be believed:
// checked here as far as no storage is needed, by libfido2. Attestation is not asked for, so which
// make of device it is stays unknown. What becomes of it: passkey.hpp, passkey_sign_in.hpp.
#pragma once

#include "platform/fields.hpp"

#include <boost/describe.hpp>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace leadcrm::accounts {

// Whom passkeys are made for. They work for no other host, which is what makes them safe from a
// page that looks like this one.
struct RelyingParty {
    std::string id;  // "crm.example.com"
    std::string origin;  // "https://crm.example.com"
};
// Browsers take no number for it, so this machine's own is called "localhost".
RelyingParty relying_party(std::string_view public_url);

// ES256, EdDSA and RS256: what all browsers' authenticators can.
BOOST_DEFINE_ENUM_CLASS(PasskeyAlgorithm, es256, eddsa, rs256)
constexpr std::array<std::int64_t, 3> cose_algorithms{-7, -8, -257};  // RFC 9053; the best first

// Base64url, as the others below.
struct NewPasskeyAnswer {
    Text<1, 4000> client_data;  // the JSON text that was signed for
    Text<1, 8000> authenticator_data;
};
BOOST_DESCRIBE_STRUCT(NewPasskeyAnswer, (), (client_data, authenticator_data))

struct PasskeyAnswer {
    Text<1, 1400> credential_id;
    Text<1, 4000> client_data;
    Text<1, 8000> authenticator_data;
    Text<1, 1000> signature;
    Text<1, 100> user_handle;  // whose passkey the authenticator says it is
};
BOOST_DESCRIBE_STRUCT(
    PasskeyAnswer, (), (credential_id, client_data, authenticator_data, signature, user_handle))

BOOST_DEFINE_ENUM_CLASS(PasskeyTrouble, malformed, wrong_type, wrong_challenge, wrong_origin,
    wrong_party, not_present, not_verified, unknown_algorithm, unknown_passkey, other_person,
    other_kind, wrong_signature, counter_back)

struct PasskeyRefused : std::runtime_error {
    explicit PasskeyRefused(PasskeyTrouble why);
    PasskeyTrouble trouble;
};

// The functions below throw PasskeyRefused.

BOOST_DEFINE_ENUM_CLASS(Ceremony, create, get)

// What was signed, as bytes. Whether it was asked for is the caller's to find out.
std::string challenge_of(
    const std::string& client_data, Ceremony ceremony, const RelyingParty& party);

struct PasskeyKey {
    PasskeyAlgorithm algorithm = PasskeyAlgorithm::es256;
    std::string public_key;  // as libfido2 lays it out
};

struct AuthenticatorState {
    std::int64_t sign_count = 0;
    bool is_backup_eligible = false;
    bool is_backed_up = false;
};

struct FreshPasskey {
    std::string credential_id;
    PasskeyKey key;
    AuthenticatorState state;
};
FreshPasskey read_fresh(const NewPasskeyAnswer& answer, const RelyingParty& party);

// Whether the key has signed it, with its person present and verified.
AuthenticatorState verify(
    const PasskeyAnswer& answer, const PasskeyKey& key, const RelyingParty& party);

// Throws PasskeyRefused for what is no base64url.
std::string bytes_of(const std::string& base64url);

}  // namespace leadcrm::accounts
