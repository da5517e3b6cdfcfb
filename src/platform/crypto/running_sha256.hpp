// SHA-256 over bytes that come in pieces, such as a file that is too large to be held.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>

namespace leadcrm::crypto {

class RunningSha256 {
public:
    RunningSha256() { crypto_hash_sha256_init(&state_); }
    void add(std::string_view bytes)
    {
        crypto_hash_sha256_update(
            &state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    }
    // 32 raw bytes; once.
    std::string finish()
    {
        std::string digest(crypto_hash_sha256_BYTES, '\0');
        crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(digest.data()));
        return digest;
    }

private:
    crypto_hash_sha256_state state_{};
};

}  // namespace leadcrm::crypto
