// An authenticator in software, for tests: it makes keys and signs as a phone or a security key
// does, and says whatever a test wants it to say.
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <string>

using EVP_PKEY = struct evp_pkey_st;

namespace leadcrm::testing {

enum class KeyKind { es256, eddsa, rs256, es384 };

// What is said besides the key; each may be a lie.
struct Saying {
    std::string challenge;  // base64url, as it was asked
    std::string origin = "https://crm.example.com";
    std::string rp_id = "crm.example.com";
    std::string type = {};  // empty: the right one
    std::uint8_t flags = 0x05;  // present, verified
    std::uint32_t sign_count = 0;
    bool is_framed = false;  // asked by a page inside another site's
};

class PasskeyDevice {
public:
    explicit PasskeyDevice(KeyKind kind = KeyKind::es256);

    // Bodies for POST /api/v1/me/passkeys and /api/v1/auth/passkey.
    boost::json::object make(const Saying& saying, const std::string& name = "Phone") const;
    boost::json::object sign(const Saying& saying) const;

    std::string credential_id;  // raw bytes
    std::string user_handle;  // base64url

private:
    std::string cose_key() const;
    std::string signature_of(const std::string& text) const;

    KeyKind kind_;
    std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace leadcrm::testing
