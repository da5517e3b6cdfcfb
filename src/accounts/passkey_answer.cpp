#include "accounts/passkey_answer.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/json/json.hpp"

#include <boost/json/object.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <memory>
#include <utility>

namespace leadcrm::accounts {
namespace {

// Authenticator data: 32 bytes of whom it is for, one of flags, four of the counter, and the rest.
constexpr std::size_t party_hash_bytes = 32;
constexpr std::size_t head_bytes = party_hash_bytes + 1 + 4;
constexpr std::size_t credential_id_bytes_max = 1023;
constexpr std::uint8_t flag_present = 0x01;
constexpr std::uint8_t flag_verified = 0x04;
constexpr std::uint8_t flag_backup_eligible = 0x08;
constexpr std::uint8_t flag_backed_up = 0x10;

template <class T, void (*Free)(T**)>
struct Freed {
    void operator()(T* what) const { Free(&what); }
};
template <class T, void (*Free)(T**)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

const unsigned char* raw(const std::string& bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string text_of(const unsigned char* bytes, std::size_t size)
{
    return bytes ? std::string(reinterpret_cast<const char*>(bytes), size) : std::string();
}

int cose_of(PasskeyAlgorithm algorithm)
{
    switch (algorithm) {
    case PasskeyAlgorithm::es256:
        return COSE_ES256;
    case PasskeyAlgorithm::eddsa:
        return COSE_EDDSA;
    case PasskeyAlgorithm::rs256:
        break;
    }
    return COSE_RS256;
}

// What must hold of any answer, read by ourselves: libfido2 says only that something is wrong.
AuthenticatorState state_in(const std::string& data, const RelyingParty& party)
{
    if (data.size() < head_bytes) throw PasskeyRefused(PasskeyTrouble::malformed);
    if (party.id.empty() || data.substr(0, party_hash_bytes) != crypto::sha256(party.id))
        throw PasskeyRefused(PasskeyTrouble::wrong_party);
    const auto flags = std::uint8_t(data[party_hash_bytes]);
    if (!(flags & flag_present)) throw PasskeyRefused(PasskeyTrouble::not_present);
    if (!(flags & flag_verified)) throw PasskeyRefused(PasskeyTrouble::not_verified);
    AuthenticatorState state;
    for (std::size_t i = party_hash_bytes + 1; i < head_bytes; ++i)
        state.sign_count = state.sign_count << 8 | std::uint8_t(data[i]);
    state.is_backup_eligible = flags & flag_backup_eligible;
    state.is_backed_up = flags & flag_backed_up;
    if (state.is_backed_up && !state.is_backup_eligible)
        throw PasskeyRefused(PasskeyTrouble::malformed);
    return state;
}

template <class Key, void (*Free)(Key**)>
bool signed_by(const fido_assert_t& assertion, int algorithm, const std::string& public_key,
    Key* fresh, int (*fill)(Key*, const void*, std::size_t))
{
    const Owned<Key, Free> key(fresh);
    return key && fill(key.get(), public_key.data(), public_key.size()) == FIDO_OK
        && fido_assert_verify(&assertion, 0, algorithm, key.get()) == FIDO_OK;
}

bool is_signed_by(const fido_assert_t& assertion, const PasskeyKey& key)
{
    const int algorithm = cose_of(key.algorithm);
    switch (key.algorithm) {
    case PasskeyAlgorithm::es256:
        return signed_by<es256_pk_t, es256_pk_free>(
            assertion, algorithm, key.public_key, es256_pk_new(), es256_pk_from_ptr);
    case PasskeyAlgorithm::eddsa:
        return signed_by<eddsa_pk_t, eddsa_pk_free>(
            assertion, algorithm, key.public_key, eddsa_pk_new(), eddsa_pk_from_ptr);
    case PasskeyAlgorithm::rs256:
        break;
    }
    return signed_by<rs256_pk_t, rs256_pk_free>(
        assertion, algorithm, key.public_key, rs256_pk_new(), rs256_pk_from_ptr);
}

}  // namespace

PasskeyRefused::PasskeyRefused(PasskeyTrouble why)
    : std::runtime_error(boost::describe::enum_to_string(why, "")), trouble(why)
{
}

RelyingParty relying_party(std::string_view public_url)
{
    const auto parsed = boost::urls::parse_uri(public_url);
    if (!parsed) return {};
    boost::urls::url url(*parsed);
    const auto host = url.host_address();
    if (host == "127.0.0.1" || host == "::1") url.set_host("localhost");
    return {url.host(), http::origin_of(url.buffer())};
}

std::string bytes_of(const std::string& base64url)
{
    auto bytes = crypto::from_base64url(base64url);
    if (!bytes) throw PasskeyRefused(PasskeyTrouble::malformed);
    return std::move(*bytes);
}

std::string challenge_of(
    const std::string& client_data, Ceremony ceremony, const RelyingParty& party)
{
    boost::json::object said;
    try {
        said = json::parse(bytes_of(client_data)).as_object();
    } catch (const PasskeyRefused&) {
        throw;
    } catch (const std::exception&) {
        throw PasskeyRefused(PasskeyTrouble::malformed);
    }
    const auto text = [&](const char* member) {
        const auto* found = said.if_contains(member);
        return found && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    if (text("type") != (ceremony == Ceremony::create ? "webauthn.create" : "webauthn.get"))
        throw PasskeyRefused(PasskeyTrouble::wrong_type);
    const auto* is_framed = said.if_contains("crossOrigin");
    if (party.origin.empty() || text("origin") != party.origin
        || (is_framed && *is_framed != boost::json::value(false)))
        throw PasskeyRefused(PasskeyTrouble::wrong_origin);
    return bytes_of(text("challenge"));
}

FreshPasskey read_fresh(const NewPasskeyAnswer& answer, const RelyingParty& party)
{
    const auto data = bytes_of(answer.authenticator_data.value);
    FreshPasskey fresh{.state = state_in(data, party)};
    for (const auto algorithm :
        {PasskeyAlgorithm::es256, PasskeyAlgorithm::eddsa, PasskeyAlgorithm::rs256}) {
        // One that has failed to read is of no further use.
        const Owned<fido_cred_t, fido_cred_free> credential(fido_cred_new());
        if (!credential || fido_cred_set_type(credential.get(), cose_of(algorithm)) != FIDO_OK
            || fido_cred_set_authdata_raw(credential.get(), raw(data), data.size()) != FIDO_OK)
            continue;
        fresh.credential_id =
            text_of(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()));
        fresh.key = {algorithm,
            text_of(
                fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()))};
        if (fresh.credential_id.empty() || fresh.credential_id.size() > credential_id_bytes_max
            || fresh.key.public_key.empty())
            throw PasskeyRefused(PasskeyTrouble::malformed);
        return fresh;
    }
    throw PasskeyRefused(PasskeyTrouble::unknown_algorithm);
}

AuthenticatorState verify(
    const PasskeyAnswer& answer, const PasskeyKey& key, const RelyingParty& party)
{
    const auto data = bytes_of(answer.authenticator_data.value);
    const auto signature = bytes_of(answer.signature.value);
    const auto hash = crypto::sha256(bytes_of(answer.client_data.value));
    const auto state = state_in(data, party);
    const Owned<fido_assert_t, fido_assert_free> assertion(fido_assert_new());
    auto* const it = assertion.get();
    const bool is_whole = it && fido_assert_set_count(it, 1) == FIDO_OK
        && fido_assert_set_rp(it, party.id.c_str()) == FIDO_OK
        && fido_assert_set_clientdata_hash(it, raw(hash), hash.size()) == FIDO_OK
        && fido_assert_set_up(it, FIDO_OPT_TRUE) == FIDO_OK
        && fido_assert_set_uv(it, FIDO_OPT_TRUE) == FIDO_OK
        && fido_assert_set_authdata_raw(it, 0, raw(data), data.size()) == FIDO_OK
        && fido_assert_set_sig(it, 0, raw(signature), signature.size()) == FIDO_OK;
    if (!is_whole) throw PasskeyRefused(PasskeyTrouble::malformed);
    if (!is_signed_by(*it, key)) throw PasskeyRefused(PasskeyTrouble::wrong_signature);
    return state;
}

}  // namespace leadcrm::accounts
