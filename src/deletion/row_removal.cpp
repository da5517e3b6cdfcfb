#include "deletion/row_removal.hpp"

#include "deletion/deletion_scope.hpp"
#include "exports/export.hpp"
#include "leads/lead_search.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::deletion {
namespace {

DeletionScope scope_of(db::Database& database)
{
    return database.read_platform([](db::PlatformReader& db) { return deletion_scope(db); });
}

std::string names_of_key(const db::Table& table)
{
    std::string names;
    for (const auto& name : table.key)
        if (name != "organization_id") names += (names.empty() ? "" : ", ") + name;
    return names;
}

db::Sql removal_of(const db::Table& table, int batch)
{
    db::Sql sql("DELETE FROM " + table.name + " WHERE organization_id = $1");
    const auto key = names_of_key(table);
    if (key.empty()) return sql;
    sql.add(" AND (" + key + ") IN (SELECT " + key + " FROM " + table.name
            + " WHERE organization_id = $1 LIMIT $)",
        batch);
    return sql;
}

// Somebody with this address is left.
bool has_account(const db::PlatformReader& db, const std::string& email)
{
    return db.row<std::int64_t>("SELECT 1 FROM users WHERE email = $1 LIMIT 1", email).has_value();
}

// Also where somebody was let go and may come back, and where the service is operated.
bool is_elsewhere(const db::PlatformReader& db, const UserId& user)
{
    return db
        .row<UserId>("SELECT user_id FROM memberships WHERE user_id = $1"
                     " UNION SELECT user_id FROM former_members WHERE user_id = $1"
                     " UNION SELECT user_id FROM platform_admins WHERE user_id = $1 LIMIT 1",
            user)
        .has_value();
}

// Returns how many rows went, by table.
std::map<std::string, std::int64_t> remove_person(
    db::PlatformTx& tx, const UserId& id, const std::vector<db::Table>& tables)
{
    std::map<std::string, std::int64_t> gone;
    const auto email = tx.row<std::string>("SELECT email FROM users WHERE id = $1", id);
    if (!email) return gone;
    gone["mails"] =
        tx.run("DELETE FROM mails WHERE recipient = $1 AND organization_id IS NULL", *email);
    if (is_elsewhere(tx, id)) return gone;
    gone["mails"] += tx.run("DELETE FROM mails WHERE recipient IN"
                            " (SELECT email FROM email_changes WHERE user_id = $1)",
        id);
    for (const auto& table : tables)
        gone[table.name] += tx.run("DELETE FROM " + table.name + " WHERE user_id = $1", id);
    // Work that was ordered for the person: letters, also those that could not be sent.
    gone["jobs"] = tx.run("DELETE FROM jobs WHERE organization_id IS NULL"
                          " AND (key = $1 OR replace(payload, $2, '') <> payload)",
        id.text(), json::text_of(*email));
    gone["users"] = tx.run("DELETE FROM users WHERE id = $1", id);
    if (!has_account(tx, *email))
        gone["password_salts"] = tx.run("DELETE FROM password_salts WHERE email = $1", *email);
    return gone;
}

}  // namespace

void count_rows(db::Database& database, const DeletionOrder& order)
{
    if (order.counts.contains("organizations")) return;
    const auto scope = scope_of(database);
    const auto organization = order.organization_id.value();
    auto counts = database.read(organization, [&](db::Reader& db) {
        std::map<std::string, std::int64_t> found;
        for (const auto* tables : {&scope.own, &scope.of_organization})
            for (const auto& table : *tables)
                if (const auto rows = db.one<std::int64_t>(
                        "SELECT COUNT(*) FROM " + table.name + " WHERE organization_id = $1"))
                    found[table.name] = rows;
        return found;
    });
    counts["organizations"] = 1;
    database.write_platform([&](db::PlatformTx& tx) { count_removed(tx, order.code, counts); });
}

std::vector<std::string> export_files(db::Database& database, const OrganizationId& organization)
{
    const auto ids =
        database.read(organization, [](db::Reader& db) { return exports::list_ids(db); });
    std::vector<std::string> names;
    for (const auto& id : ids) names.push_back(exports::file_of({}, id).string());
    return names;
}

void remove_own_rows(db::Database& database, const OrganizationId& organization, int batch)
{
    database.write(organization, [](db::Tx& tx) { leads::close_search(tx); });
    for (const auto& table : scope_of(database).own) {
        const auto removal = removal_of(table, batch);
        while (database.write(organization, [&](db::Tx& tx) { return tx.run(removal); }) >= batch) {
        }
    }
}

void remove_platform_rows(db::Database& database, const OrganizationId& organization)
{
    const auto scope = scope_of(database);
    database.write_platform([&](db::PlatformTx& tx) {
        for (const auto& table : scope.of_organization)
            tx.run("DELETE FROM " + table.name + " WHERE organization_id = $1", organization);
    });
}

void must_be_empty(db::Database& database, const OrganizationId& organization)
{
    const auto scope = scope_of(database);
    database.read(organization, [&](db::Reader& db) {
        for (const auto* tables : {&scope.own, &scope.of_organization})
            for (const auto& table : *tables)
                if (db.row<std::int64_t>(
                        "SELECT 1 FROM " + table.name + " WHERE organization_id = $1 LIMIT 1"))
                    throw jobs::TryAgain(std::chrono::seconds(1), "still in " + table.name);
    });
}

void remove_people(db::Database& database, const DeletionOrder& order)
{
    auto scope = scope_of(database);
    auto tables = std::move(scope.of_people);
    // Where both are named, the organization's rows are gone; a person's elsewhere stay with them.
    for (auto& table : scope.of_organization)
        if (table.find("user_id")) tables.push_back(std::move(table));
    for (const auto& person : order.people)
        database.write_platform([&](db::PlatformTx& tx) {
            count_removed(tx, order.code, remove_person(tx, person, tables));
        });
}

}  // namespace leadcrm::deletion
