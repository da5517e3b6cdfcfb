#include "platform/crypto/crypto.hpp"
#include "platform/failure.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include <array>
#include <filesystem>
#include <utility>

namespace leadcrm::crypto {
namespace {

// A folder of this test's own, gone afterwards.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("leadcrm-crypto-" + random_token(9));
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("hashes are those of FIPS 180 and RFC 4231")
{
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?"))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(base64url(std::string_view("\xfb\xff", 2)) == "-_8");
}

TEST_CASE("tokens differ and are long enough not to be guessed")
{
    CHECK(random_token() != random_token());
    CHECK(random_token().size() == 43);
}

TEST_CASE("a password and a salt make the text that everybody's Argon2id makes of them")
{
    struct AsCostlyAsAlways {
        const PasswordCost cheap = std::exchange(password_cost, interactive_cost);
        ~AsCostlyAsAlways() { password_cost = cheap; }
    } const as_costly_as_always;
    const auto salt = new_password_salt();
    const auto hash = hash_password("correct horse", salt);
    CHECK(hash.starts_with(salt + '$'));
    CHECK(hash == hash_password("correct horse", salt));
    CHECK(hash != hash_password("correct horsf", salt));
    CHECK(hash != hash_password("correct horse", new_password_salt()));
    const std::string_view word = "correct horse";
    CHECK(crypto_pwhash_str_verify(hash.c_str(), word.data(), word.size()) == 0);
    CHECK(crypto_pwhash_str_needs_rehash(
              hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE)
        == 0);
    for (const auto* damaged : {"", "$argon2id$v=19$m=65536,t=2,p=1$", "$2b$10$abc"})
        CHECK_THROWS_AS(hash_password("correct horse", damaged), Failure);
}

TEST_CASE("a text that libsodium made is made again from its own salt")
{
    const std::string_view word = "correct horse";
    std::array<char, crypto_pwhash_STRBYTES> text{};
    REQUIRE(crypto_pwhash_str(text.data(), word.data(), word.size(),
                crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE)
        == 0);
    const std::string hash = text.data();
    CHECK(hash_password(word, hash.substr(0, hash.size() - 44)) == hash);
}

TEST_CASE("a sealed secret opens where it belongs, with its key, and unaltered")
{
    const Folder folder;
    const auto file = folder.path / "keys";
    const auto sealed = Vault(file).seal("EAATOKEN", "page 1");
    CHECK(sealed.find("EAATOKEN") == std::string::npos);

    const Vault vault(file);  // the key file was kept
    CHECK(vault.open(sealed, "page 1") == "EAATOKEN");
    CHECK(vault.seal("EAATOKEN", "page 1") != sealed);
    CHECK_THROWS_AS(vault.open(sealed, "page 2"), Failure);
    auto altered = sealed;
    altered[10] = altered[10] == 'A' ? 'B' : 'A';
    CHECK_THROWS_AS(vault.open(altered, "page 1"), Failure);
    CHECK_THROWS_AS(vault.open("", "page 1"), Failure);
    CHECK_THROWS_AS(vault.open("9." + sealed.substr(2), "page 1"), Failure);

    using std::filesystem::perms;
    CHECK((std::filesystem::status(file).permissions() & perms(0077)) == perms::none);
}

}  // namespace leadcrm::crypto
