#include "accounts/account_store.hpp"

namespace leadcrm::accounts::store {

void insert(db::PlatformTx& tx, const Organization& organization)
{
    tx.store("INSERT INTO organizations ({columns}) VALUES ({values})", organization);
}

void insert(db::PlatformTx& tx, const User& user)
{
    tx.store("INSERT INTO users ({columns}) VALUES ({values})", user);
}

void insert(db::PlatformTx& tx, const Membership& membership)
{
    tx.store("INSERT INTO memberships ({columns}) VALUES ({values})", membership);
}

void insert(db::PlatformTx& tx, const Session& session)
{
    tx.store("INSERT INTO sessions ({columns}) VALUES ({values})", session);
}

std::optional<std::string> find_salt(const db::PlatformReader& db, const std::string& email)
{
    return db.row<std::string>("SELECT salt FROM password_salts WHERE email = $1", email);
}

std::string keep_salt(db::PlatformTx& tx, const std::string& email, const std::string& fresh)
{
    tx.run(
        "INSERT INTO password_salts (email, salt) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING",
        email, fresh);
    return tx.one<std::string>("SELECT salt FROM password_salts WHERE email = $1", email);
}

std::vector<OrganizationId> open_to_passwords(const db::PlatformReader& db, const UserId& user)
{
    return db.rows<OrganizationId>(R"sql(
        SELECT o.id
        FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1 AND o.closed_at IS NULL
            AND (m.role = 'owner' OR NOT o.is_company_sign_in_only)
        ORDER BY COALESCE(m.entered_at, 0) DESC, m.created_at, o.id
    )sql",
        user);
}

// A look-up instead of a comparison with each account: it takes as long however many there are. It
// is not in constant time, which tells nobody anything: what is looked up is made from a salt that
// no client knows.
std::optional<User> find_user(
    const db::PlatformReader& db, const std::string& email, const std::string& password_hash)
{
    return db.row<User>(R"sql(
        SELECT {columns} FROM users
        WHERE email = $1 AND password_hash = $2
        ORDER BY email_confirmed_at IS NULL, created_at, id
        LIMIT 1
    )sql",
        email, password_hash);
}

std::optional<User> find_user(const db::PlatformReader& db, const UserId& id)
{
    return db.row<User>("SELECT {columns} FROM users WHERE id = $1", id);
}

std::optional<User> find_user_of(const db::PlatformReader& db, const std::string& email)
{
    return db.row<User>(R"sql(
        SELECT {columns} FROM users
        WHERE email = $1
        ORDER BY email_confirmed_at IS NULL, created_at, id
        LIMIT 1
    )sql",
        email);
}

void set_profile(db::PlatformTx& tx, const UserId& user, const Profile& profile)
{
    tx.run("UPDATE users SET name = $2, phone = $3, language = $4, time_zone = $5 WHERE id = $1",
        user, profile.name, profile.phone, profile.language, profile.time_zone);
}

void set_password_hash(db::PlatformTx& tx, const UserId& user, const std::string& hash)
{
    tx.run("UPDATE users SET password_hash = $2 WHERE id = $1", user, hash);
}

bool is_confirmed(const db::PlatformReader& db, const std::string& email)
{
    return db
        .row<UserId>(
            "SELECT id FROM users WHERE email = $1 AND email_confirmed_at IS NOT NULL", email)
        .has_value();
}

std::optional<Organization> find_organization(
    const db::PlatformReader& db, const OrganizationId& id)
{
    return db.row<Organization>("SELECT {columns} FROM organizations WHERE id = $1", id);
}

std::optional<std::string> find_suspension(const db::PlatformReader& db, const OrganizationId& id)
{
    return db.row<std::string>(
        "SELECT suspension_reason FROM organizations WHERE id = $1 AND suspended_at IS NOT NULL",
        id);
}

std::optional<Instant> find_pause(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& user)
{
    return db.row<Instant>("SELECT paused_at FROM memberships"
                           " WHERE organization_id = $1 AND user_id = $2 AND paused_at IS NOT NULL",
        organization, user);
}

bool is_in_closed_one(const db::PlatformReader& db, const UserId& user)
{
    return db
        .row<OrganizationId>("SELECT o.id FROM memberships m JOIN organizations o"
                             " ON o.id = m.organization_id"
                             " WHERE m.user_id = $1 AND o.closed_at IS NOT NULL LIMIT 1",
            user)
        .has_value();
}

std::vector<MembershipName> memberships_of(const db::PlatformReader& db, const UserId& user)
{
    return db.rows<MembershipName>(R"sql(
        SELECT o.id, o.name, m.role
        FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1 AND o.closed_at IS NULL
        ORDER BY m.created_at, o.id
    )sql",
        user);
}

std::optional<LiveSession> find_session(
    const db::PlatformReader& db, const std::string& token_hash, Instant now)
{
    return db.row<LiveSession>(R"sql(
        SELECT m.sees, m.may_export, m.sees_unassigned_contacts, m.may_delete, m.role,
            m.user_id, m.organization_id, s.seen_at, s.viewing_as, o.suspended_at IS NOT NULL AS is_suspended,
            o.needs_second_factor AND f.user_id IS NULL AND s.passkey_id IS NULL
                AND NOT s.is_bound AS lacks_second_factor,
            s.is_bound
        FROM sessions s
        JOIN memberships m ON m.user_id = s.user_id AND m.organization_id = s.organization_id
        JOIN organizations o ON o.id = s.organization_id
        LEFT JOIN second_factors f ON f.user_id = s.user_id AND f.confirmed_at IS NOT NULL
        WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.support_grant_id IS NULL
            AND o.closed_at IS NULL AND (s.is_bound OR m.role = 'owner' OR NOT o.is_company_sign_in_only)
    )sql",
        db::Blob{token_hash}, now);
}

std::vector<Session> sessions_of(const db::PlatformReader& db, const UserId& user, Instant now)
{
    return db.rows<Session>(
        "SELECT {columns} FROM sessions WHERE user_id = $1 AND expires_at > $2", user, now);
}

std::optional<PasskeyId> find_session_passkey(
    const db::PlatformReader& db, const UserId& user, const std::string& token_hash)
{
    return db.row<PasskeyId>("SELECT passkey_id FROM sessions WHERE token_hash = $1"
                             " AND user_id = $2 AND expires_at > $3 AND passkey_id IS NOT NULL",
        db::Blob{token_hash}, user, Instant::now());
}

void set_session_passkey(
    db::PlatformTx& tx, const std::string& token_hash, const PasskeyId& passkey)
{
    tx.run(
        "UPDATE sessions SET passkey_id = $2 WHERE token_hash = $1", db::Blob{token_hash}, passkey);
}

void set_seen(db::PlatformTx& tx, const std::string& token_hash, Instant now)
{
    tx.run("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1", db::Blob{token_hash}, now);
}

void remove_session(db::PlatformTx& tx, const std::string& token_hash)
{
    tx.run("DELETE FROM sessions WHERE token_hash = $1", db::Blob{token_hash});
}

void remove_sessions(db::PlatformTx& tx, const UserId& user, const std::string& spared_token_hash)
{
    tx.run("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2", user,
        db::Blob{spared_token_hash});
}

void remove_expired_sessions(db::PlatformTx& tx, Instant now)
{
    tx.run("DELETE FROM sessions WHERE expires_at <= $1", now);
}

}  // namespace leadcrm::accounts::store
