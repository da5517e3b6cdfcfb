// Hashing, sealing and randomness, by libsodium. Thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadcrm::crypto {

// Bytes from the operating system's generator; token_text is base64url without padding.
std::string random_bytes(std::size_t count);
std::string random_token(std::size_t bytes = 32);

std::string sha256(std::string_view bytes);  // 32 raw bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // 32 raw bytes
std::string hex(std::string_view bytes);  // lower case
std::string base64(std::string_view bytes);
std::string base64url(std::string_view bytes);  // no padding
// Nothing for what is no base64url without padding.
std::optional<std::string> from_base64url(std::string_view text);

// Takes as long for a wrong first byte as for a wrong last one.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// How much work it is to hash a password.
struct PasswordCost {
    std::size_t memory_kib;
    unsigned passes;
};
// libsodium's interactive limits: about 0.1 s.
constexpr PasswordCost interactive_cost{64 * 1024, 2};
// Of new salts. Only the test program, which hashes hundreds of passwords, asks for less, before
// anything else runs.
inline PasswordCost password_cost = interactive_cost;

// Argon2id in its usual text, "$argon2id$v=19$m=65536,t=2,p=1$salt$hash". What stands before the
// last `$` is the salt here: it is made first, and the same password with the same salt gives the
// same text.
std::string new_password_salt();
// For the CPU pool only. Throws Failure: unavailable without memory, internal for what is no salt.
std::string hash_password(std::string_view password, const std::string& salt);

// XChaCha20-Poly1305 under a key file outside the database. The file (mode 0600) is made on first
// use and holds every key by number, newest first, so that keys can be rotated; a sealed text names
// the key it was sealed with. `context` is authenticated with it: what was sealed for one row does
// not open in another.
//
// Keys are rotated while others use the file: a new key is added, everything is sealed again, and
// the old keys go. Whoever has the file open finds the new key by itself.
class Vault {
public:
    explicit Vault(const std::filesystem::path& key_file);

    std::string seal(std::string_view secret, std::string_view context) const;
    // Throws Failure::internal when the text was altered, or sealed for another context.
    std::string open(std::string_view sealed, std::string_view context) const;

    bool is_under_newest(std::string_view sealed) const;
    // From now on everything is sealed with another key; the old ones still open. Not by two
    // programs at once.
    void add_key();
    // Only when nothing is left that is under one of them.
    void remove_old_keys();

private:
    struct Key {
        int number = 0;
        std::string bytes;
    };
    using Keys = std::vector<Key>;  // newest first

    static Keys read_keys(const std::filesystem::path& file);
    std::shared_ptr<const Keys> keys() const;
    std::shared_ptr<const Keys> newest_keys() const;
    void write_keys(const Keys& keys);

    const std::filesystem::path file_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Keys> keys_;
    mutable std::string version_;  // of the file that keys_ was read from
};

}  // namespace leadcrm::crypto
