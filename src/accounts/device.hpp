// The browsers that a person signs in from, known by a cookie that outlives the session. A known
// one is never slowed by what others try (docs/adr/0013), and a letter tells of each that is new.
#pragma once

#include "accounts/account.hpp"
#include "platform/db/session.hpp"

namespace leadcrm::accounts {

// As long as a browser keeps a cookie; counted from the last sign-in.
constexpr std::chrono::hours device_length{400 * 24};

// One browser as one account knows it: two accounts of one browser are two devices, with one token.
struct Device {
    DeviceId id;
    UserId user_id;
    db::Blob token_hash;
    Instant created_at;
    Instant used_at;
};
BOOST_DESCRIBE_STRUCT(Device, (), (id, user_id, token_hash, created_at, used_at))

// The accounts with this address that the device of `token` has signed in to.
std::vector<UserId> accounts_known_to(
    const db::PlatformReader& db, const std::string& token, const std::string& email);

bool is_known_to(const db::PlatformReader& db, const std::string& token, const UserId& user);

// To any account.
bool is_known(const db::PlatformReader& db, const std::string& token);

struct RememberedDevice {
    DeviceId id;
    std::string token;  // for the cookie; stored only as a hash
    bool is_new = false;
};

// After a sign-in. The token is always another than before, so that one planted in a browser is
// worth nothing once somebody has signed in there.
RememberedDevice remember_device(
    db::PlatformTx& tx, const UserId& user, const std::string& old_token);

// All of the account's but one.
void forget_devices(
    db::PlatformTx& tx, const UserId& user, const std::optional<DeviceId>& spared = {});
void forget_device(db::PlatformTx& tx, const UserId& user, const DeviceId& device);
void forget_old_devices(db::PlatformTx& tx, Instant now);

}  // namespace leadcrm::accounts
