#include "accounts/platform_admin.hpp"

#include "accounts/account_store.hpp"
#include "accounts/device.hpp"
#include "accounts/joining.hpp"

namespace leadcrm::accounts {

std::vector<PlatformAdmin> list_platform_admins(const db::PlatformReader& db)
{
    return db.rows<PlatformAdmin>(R"sql(
        SELECT u.id, u.name, u.email,
            f.user_id IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id)
                AS has_second_factor,
            p.since
        FROM platform_admins p JOIN users u ON u.id = p.user_id
        LEFT JOIN second_factors f ON f.user_id = u.id AND f.confirmed_at IS NOT NULL
        ORDER BY p.since, u.id
    )sql");
}

bool is_platform_admin(const db::PlatformReader& db, const UserId& user)
{
    return db.row<UserId>("SELECT user_id FROM platform_admins WHERE user_id = $1", user)
        .has_value();
}

User appoint_platform_admin(
    db::PlatformTx& tx, const std::string& email, const std::optional<std::string>& name)
{
    auto user = store::find_user_of(tx, email);
    if (!user || !user->email_confirmed_at) {
        user = open_account_without_password(
            tx, email, name.value_or(email.substr(0, email.find('@'))));
        // The operator's word for the address.
        confirm_address(tx, *user);
    }
    tx.run("INSERT INTO platform_admins (user_id, since) VALUES ($1, $2)"
           " ON CONFLICT (user_id) DO NOTHING",
        user->id, Instant::now());
    return *user;
}

bool dismiss_platform_admin(db::PlatformTx& tx, const std::string& email)
{
    const auto user = tx.row<UserId>("SELECT u.id FROM platform_admins p"
                                     " JOIN users u ON u.id = p.user_id WHERE u.email = $1",
        email);
    if (!user) return false;
    tx.run("DELETE FROM platform_admins WHERE user_id = $1", *user);
    tx.run("DELETE FROM sessions WHERE user_id = $1"
           " AND (organization_id IS NULL OR support_grant_id IS NOT NULL)",
        *user);
    return true;
}

SignedIn enter_platform(db::PlatformTx& tx, const UserId& user, const Visitor& visitor)
{
    if (!is_platform_admin(tx, user))
        throw Failure::forbidden("This is only for whoever operates the service.");
    return open_platform_session(tx, user, visitor, remember_device(tx, user, visitor.device_token),
        proven_before(tx, user, visitor));
}

std::optional<PlatformSession> find_platform_session(
    const db::PlatformReader& db, const std::string& token, Instant now)
{
    return db.row<PlatformSession>(R"sql(
        SELECT s.user_id, s.organization_id, s.support_grant_id, s.seen_at,
            f.user_id IS NULL AND s.passkey_id IS NULL AS lacks_second_factor
        FROM sessions s JOIN platform_admins p ON p.user_id = s.user_id
        LEFT JOIN second_factors f ON f.user_id = s.user_id AND f.confirmed_at IS NOT NULL
        WHERE s.token_hash = $1 AND s.expires_at > $2
            AND (s.organization_id IS NULL OR s.support_grant_id IS NOT NULL)
    )sql",
        db::Blob{crypto::sha256(token)}, now);
}

http::Caller caller_on_platform(const PlatformSession& session)
{
    return {session.user_id, {}, "platform_admin", rights_on_platform(session.lacks_second_factor)};
}

}  // namespace leadcrm::accounts
