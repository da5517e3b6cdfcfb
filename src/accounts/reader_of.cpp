#include "accounts/reader_of.hpp"

namespace leadcrm::accounts {
namespace {

struct Habits {
    std::optional<Language> language;
    std::optional<Language> browser_language;
    std::optional<std::string> time_zone;
};
BOOST_DESCRIBE_STRUCT(Habits, (), (language, browser_language, time_zone))

std::optional<Language> language_of_owner(const db::PlatformReader& db, const UserId& user)
{
    return db.row<Language>(R"sql(
        SELECT u.language
        FROM memberships m
        JOIN memberships o ON o.organization_id = m.organization_id AND o.role = 'owner'
        JOIN users u ON u.id = o.user_id
        WHERE m.user_id = $1 AND u.language IS NOT NULL
        ORDER BY m.created_at, m.organization_id, o.created_at, o.user_id
        LIMIT 1
    )sql",
        user);
}

std::optional<std::string> zone_of_organization(const db::PlatformReader& db, const UserId& user)
{
    return db.row<std::string>(R"sql(
        SELECT o.time_zone FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE m.user_id = $1
        ORDER BY m.created_at, o.id
        LIMIT 1
    )sql",
        user);
}

}  // namespace

letters::Reader reader_of(const db::PlatformReader& db, const UserId& user)
{
    const auto own =
        db.row<Habits>("SELECT {columns} FROM users WHERE id = $1", user).value_or(Habits());
    letters::Reader reader;
    if (const auto chosen = own.language ? own.language : own.browser_language)
        reader.language = *chosen;
    else
        reader.language = language_of_owner(db, user).value_or(reader.language);
    if (own.time_zone)
        reader.time_zone = *own.time_zone;
    else
        reader.time_zone = zone_of_organization(db, user).value_or(reader.time_zone);
    return reader;
}

void note_browser_language(db::PlatformTx& tx, const UserId& user, const Visitor& visitor)
{
    if (!visitor.browser_language) return;
    tx.run("UPDATE users SET browser_language = $2"
           " WHERE id = $1 AND (browser_language IS NULL OR browser_language <> $2)",
        user, *visitor.browser_language);
}

}  // namespace leadcrm::accounts
