#include "accounts/device.hpp"

#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

std::vector<UserId> accounts_known_to(
    const db::PlatformReader& db, const std::string& token, const std::string& email)
{
    return db.rows<UserId>(R"sql(
        SELECT u.id FROM devices d JOIN users u ON u.id = d.user_id
        WHERE d.token_hash = $1 AND u.email = $2
    )sql",
        db::Blob{crypto::sha256(token)}, email);
}

bool is_known_to(const db::PlatformReader& db, const std::string& token, const UserId& user)
{
    return db
        .row<DeviceId>("SELECT id FROM devices WHERE token_hash = $1 AND user_id = $2",
            db::Blob{crypto::sha256(token)}, user)
        .has_value();
}

bool is_known(const db::PlatformReader& db, const std::string& token)
{
    return db
        .row<DeviceId>(
            "SELECT id FROM devices WHERE token_hash = $1 LIMIT 1", db::Blob{crypto::sha256(token)})
        .has_value();
}

RememberedDevice remember_device(
    db::PlatformTx& tx, const UserId& user, const std::string& old_token)
{
    const auto now = Instant::now();
    const auto token = crypto::random_token();
    const db::Blob hash{crypto::sha256(token)};
    tx.run("UPDATE devices SET token_hash = $2 WHERE token_hash = $1",
        db::Blob{crypto::sha256(old_token)}, hash);
    const auto known = tx.row<DeviceId>(
        "UPDATE devices SET used_at = $3 WHERE token_hash = $1 AND user_id = $2 RETURNING id", hash,
        user, now);
    if (known) return {*known, token, false};
    const Device fresh{DeviceId::make(), user, hash, now, now};
    tx.store("INSERT INTO devices ({columns}) VALUES ({values})", fresh);
    return {fresh.id, token, true};
}

void forget_devices(db::PlatformTx& tx, const UserId& user, const std::optional<DeviceId>& spared)
{
    if (spared)
        tx.run("DELETE FROM devices WHERE user_id = $1 AND id <> $2", user, *spared);
    else
        tx.run("DELETE FROM devices WHERE user_id = $1", user);
}

void forget_device(db::PlatformTx& tx, const UserId& user, const DeviceId& device)
{
    tx.run("DELETE FROM devices WHERE user_id = $1 AND id = $2", user, device);
}

void forget_old_devices(db::PlatformTx& tx, Instant now)
{
    tx.run("DELETE FROM devices WHERE used_at <= $1", now - device_length);
}

}  // namespace leadcrm::accounts
