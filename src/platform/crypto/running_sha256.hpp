// SHA-256 over bytes that come in pieces, such as a file that is too large to be held. OpenSSL's,
// which is several times as fast as libsodium's where the processor helps.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>

namespace leadcrm::crypto {

class RunningSha256 {
public:
    RunningSha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free)
    {
        if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
            throw std::bad_alloc();
    }
    void add(std::string_view bytes)
    {
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    }
    // 32 raw bytes; once.
    std::string finish()
    {
        std::string digest(32, '\0');
        EVP_DigestFinal_ex(
            context_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
        return digest;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace leadcrm::crypto
