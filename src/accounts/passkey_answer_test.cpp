#include "accounts/passkey_answer.hpp"
#include "accounts/testing/passkey_device.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

const RelyingParty party = relying_party("https://crm.example.com");
const auto challenge = crypto::base64url("what is asked");

using testing::KeyKind;
using testing::PasskeyDevice;
using testing::Saying;

NewPasskeyAnswer made(const PasskeyDevice& device, const Saying& saying)
{
    auto body = device.make(saying);
    body.erase("name");
    return json::read<NewPasskeyAnswer>(body);
}

PasskeyAnswer signed_answer(const PasskeyDevice& device, const Saying& saying)
{
    auto body = device.sign(saying);
    body["user_handle"] = "AAAA";
    return json::read<PasskeyAnswer>(body);
}

std::string trouble_of(const std::function<void()>& action)
{
    try {
        action();
    } catch (const PasskeyRefused& refused) {
        return refused.what();
    }
    return "none";
}

std::string trouble_at_making(const Saying& saying, KeyKind kind = KeyKind::es256)
{
    const PasskeyDevice device(kind);
    return trouble_of([&] {
        const auto answer = made(device, saying);
        challenge_of(answer.client_data.value, Ceremony::create, party);
        read_fresh(answer, party);
    });
}

// `by`: another key than the one that was added.
std::string trouble_at_signing(const Saying& saying, const PasskeyDevice* by = nullptr)
{
    const PasskeyDevice device;
    const auto fresh = read_fresh(made(device, {challenge}), party);
    return trouble_of([&] {
        const auto answer = signed_answer(by ? *by : device, saying);
        challenge_of(answer.client_data.value, Ceremony::get, party);
        verify(answer, fresh.key, party);
    });
}

}  // namespace

TEST_CASE("passkeys are for the host of the public address, and this machine's is called localhost")
{
    CHECK(party.id == "crm.example.com");
    CHECK(party.origin == "https://crm.example.com");
    const auto other_port = relying_party("https://crm.example.com:8443");
    CHECK(other_port.id == "crm.example.com");
    CHECK(other_port.origin == "https://crm.example.com:8443");
    for (const auto* url :
        {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"}) {
        CAPTURE(url);
        CHECK(relying_party(url).id == "localhost");
        CHECK(relying_party(url).origin == "http://localhost:8080");
    }
    CHECK(relying_party("").id.empty());
}

TEST_CASE("keys of all three algorithms are read, and what they sign is believed")
{
    for (const auto kind : {KeyKind::es256, KeyKind::eddsa, KeyKind::rs256}) {
        CAPTURE(int(kind));
        const PasskeyDevice device(kind);
        const auto answer = made(device, {.challenge = challenge, .flags = 0x1d, .sign_count = 7});
        CHECK(challenge_of(answer.client_data.value, Ceremony::create, party) == "what is asked");
        const auto fresh = read_fresh(answer, party);
        CHECK(fresh.credential_id == device.credential_id);
        CHECK(fresh.state.sign_count == 7);
        CHECK(fresh.state.is_backup_eligible);
        CHECK(fresh.state.is_backed_up);

        const Saying saying{.challenge = challenge, .sign_count = 0x01020304};
        const auto state = verify(signed_answer(device, saying), fresh.key, party);
        CHECK(state.sign_count == 0x01020304);
        CHECK_FALSE(state.is_backup_eligible);
    }
}

TEST_CASE("a new passkey is refused when anything about it is wrong")
{
    CHECK(trouble_at_making({challenge}) == "none");
    CHECK(trouble_at_making({.challenge = challenge, .type = "webauthn.get"}) == "wrong_type");
    CHECK(trouble_at_making({.challenge = challenge, .origin = "https://crm.example.com.evil"})
        == "wrong_origin");
    CHECK(trouble_at_making({.challenge = challenge, .is_framed = true}) == "wrong_origin");
    CHECK(trouble_at_making({.challenge = challenge, .rp_id = "example.com"}) == "wrong_party");
    CHECK(trouble_at_making({.challenge = challenge, .flags = 0x04}) == "not_present");
    CHECK(trouble_at_making({.challenge = challenge, .flags = 0x01}) == "not_verified");
    CHECK(trouble_at_making({.challenge = challenge, .flags = 0x15}) == "malformed");
    CHECK(trouble_at_making({challenge}, KeyKind::es384) == "unknown_algorithm");
}

TEST_CASE("an answer is refused when anything about it is wrong")
{
    CHECK(trouble_at_signing({challenge}) == "none");
    CHECK(trouble_at_signing({.challenge = challenge, .type = "webauthn.create"}) == "wrong_type");
    CHECK(trouble_at_signing({.challenge = challenge, .origin = "http://crm.example.com"})
        == "wrong_origin");
    CHECK(trouble_at_signing({.challenge = challenge, .rp_id = "evil.example"}) == "wrong_party");
    CHECK(trouble_at_signing({.challenge = challenge, .flags = 0x04}) == "not_present");
    CHECK(trouble_at_signing({.challenge = challenge, .flags = 0x01}) == "not_verified");
    const PasskeyDevice other;
    CHECK(trouble_at_signing({challenge}, &other) == "wrong_signature");
    const PasskeyDevice of_another_kind(KeyKind::rs256);
    CHECK(trouble_at_signing({challenge}, &of_another_kind) == "wrong_signature");
}

TEST_CASE("what was changed after it was signed is refused")
{
    const PasskeyDevice device;
    const auto fresh = read_fresh(made(device, {challenge}), party);
    const auto trouble = [&](const std::function<void(PasskeyAnswer&)>& change) {
        auto answer = signed_answer(device, {challenge});
        change(answer);
        return trouble_of([&] { verify(answer, fresh.key, party); });
    };
    CHECK(trouble([](PasskeyAnswer&) {}) == "none");
    CHECK(trouble([](PasskeyAnswer& a) { a.client_data.value = crypto::base64url("{}"); })
        == "wrong_signature");
    CHECK(trouble([](PasskeyAnswer& a) {
        auto data = bytes_of(a.authenticator_data.value);
        data.back() = char(data.back() + 1);
        a.authenticator_data.value = crypto::base64url(data);
    }) == "wrong_signature");
    CHECK(trouble([](PasskeyAnswer& a) { a.authenticator_data.value = "AAAA"; }) == "malformed");
    CHECK(trouble([](PasskeyAnswer& a) { a.signature.value = "not base64!"; }) == "malformed");
    CHECK(trouble([](PasskeyAnswer& a) { a.signature.value = "AAAA"; }) == "wrong_signature");
}

TEST_CASE("what is no client data at all is refused, not believed")
{
    for (const auto* text : {"", "7", "[]", "{", "{}", R"({"type":7})", "\xff"}) {
        CAPTURE(text);
        const auto coded = crypto::base64url(text);
        CHECK(trouble_of([&] { challenge_of(coded, Ceremony::get, party); }) != "none");
    }
    CHECK(trouble_of([] { challenge_of("***", Ceremony::get, party); }) == "malformed");
}

TEST_CASE("without a public address nothing is believed")
{
    const PasskeyDevice device;
    const Saying saying{.challenge = challenge, .origin = "", .rp_id = ""};
    CHECK(trouble_of([&] { read_fresh(made(device, saying), {}); }) == "wrong_party");
    CHECK(trouble_of([&] {
        challenge_of(made(device, saying).client_data.value, Ceremony::create, {});
    }) == "wrong_origin");
}

}  // namespace leadcrm::accounts
