#include "meta/signature.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

const std::string secret = "s3cr3t-app-secret-for-tests";
const std::string body =
    R"({"object":"page","entry":[{"id":"101010101010101","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"900000000000001","page_id":"101010101010101","form_id":"202020202020202","created_time":1765000001}}]}]})";
const std::string signature =
    "sha256=18ac3c69e2a2581a84a89efaca2647644b1c367911d80c72667eef8b398204c8";

// As on the wire: the backslashes are Meta's.
const std::string escaped_body =
    R"({"object":"page","entry":[{"id":"1","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"2","note":"caf\u00e9 \u0645\u062d\u0645\u062f \ud83d\ude00 a\/b"}}]}]})";
const std::string escaped_signature =
    "sha256=574af11121d74a70330db272d7ac1587e798a1cf34f19ab6261fc1bd41d08f43";

TEST_CASE("what Meta signed is genuine")
{
    CHECK(is_genuine(body, signature, {secret}));
    CHECK(is_genuine(escaped_body, escaped_signature, {secret}));
}

TEST_CASE("the same document printed differently is not what Meta signed")
{
    const std::string printed_again =
        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1765000002,\"changes\":[{"
        "\"field\":\"leadgen\",\"value\":{\"leadgen_id\":\"2\",\"note\":\"café محمد 😀 a/b\"}}]}]}";
    CHECK_FALSE(is_genuine(printed_again, escaped_signature, {secret}));
    CHECK(signature_of(printed_again, secret)
        == "sha256=366d4ae4db06ba36ea8104fc879d9b47c132896780172e2cbf61d38b3a97b679");
}

TEST_CASE("anything that is not the whole signature is refused")
{
    CHECK_FALSE(is_genuine(body, "", {secret}));
    CHECK_FALSE(is_genuine(body, "sha256=", {secret}));
    CHECK_FALSE(is_genuine(body, signature.substr(0, signature.size() - 1), {secret}));
    CHECK_FALSE(is_genuine(body, signature + "0", {secret}));
    CHECK_FALSE(is_genuine(body, signature.substr(7), {secret}));
    CHECK_FALSE(is_genuine(body, "sha1=ff78ef27fa828b31deeb346b9b5bd9296cb3e5ea", {secret}));
    CHECK_FALSE(is_genuine(body + " ", signature, {secret}));
    CHECK_FALSE(is_genuine(body, escaped_signature, {secret}));
}

TEST_CASE("while a secret is being changed, the old one still counts")
{
    CHECK(is_genuine(body, signature, {"the-new-secret", secret}));
    CHECK_FALSE(is_genuine(body, signature, {"the-new-secret"}));
}

TEST_CASE("without a secret nothing is genuine")
{
    CHECK_FALSE(is_genuine(body, signature, {}));
    CHECK_FALSE(is_genuine(body, signature_of(body, ""), {""}));
}

TEST_CASE("a token is proved with the app's secret")
{
    CHECK(app_secret_proof("EAATESTTOKEN123", secret)
        == "49a03d6d129982de4f3baaa5dc5055bb3e7bfa2a529b5c2a5ff62149a44ce766");
}

}  // namespace
}  // namespace leadcrm::meta
