// Sealing under a key that somebody else keeps: XChaCha20-Poly1305, by libsodium. What is sealed
// under the server's own keys: Vault in crypto.hpp.
#pragma once

#include <string>
#include <string_view>

namespace leadcrm::crypto {

// `key` is a secret of any length.
std::string seal_under(std::string_view key, std::string_view text);
// Throws Failure::internal when the text was altered or sealed under another key.
std::string open_under(std::string_view key, std::string_view sealed);

}  // namespace leadcrm::crypto
