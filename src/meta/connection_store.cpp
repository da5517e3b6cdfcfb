#include "events/change.hpp"
#include "meta/connection.hpp"

namespace leadcrm::meta::store {

std::vector<Connection> list_connections(const db::Reader& db)
{
    return db.rows<Connection>("SELECT {columns} FROM connections WHERE organization_id = $1"
                               " ORDER BY connected_at DESC, person_id");
}

std::optional<Connection> find_connection(
    const db::Reader& db, const std::optional<std::string>& app_id)
{
    return db.row<Connection>("SELECT {columns} FROM connections WHERE organization_id = $1"
                              " AND app_id IS NOT DISTINCT FROM $2"
                              " ORDER BY connected_at DESC, person_id LIMIT 1",
        app_id);
}

void upsert(db::Tx& tx, const Connection& connection)
{
    tx.store("INSERT INTO connections (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, person_id) DO UPDATE SET"
             " person_name = excluded.person_name, kind = excluded.kind,"
             " token_sealed = excluded.token_sealed, user_id = excluded.user_id,"
             " connected_at = excluded.connected_at, expires_at = excluded.expires_at,"
             " data_access_expires_at = excluded.data_access_expires_at,"
             " granted = excluded.granted, declined = excluded.declined,"
             " problem_code = NULL, problem_message = NULL, problem_since = NULL,"
             " app_id = excluded.app_id",
        connection);
    events::tell_change(tx, events::Topic::pages);
}

void set_problem(db::Tx& tx, const Connection& connection, const PageProblem& problem)
{
    tx.run("UPDATE connections SET problem_code = $3, problem_message = $4, problem_since = $5"
           " WHERE organization_id = $1 AND person_id = $2",
        connection.person_id, problem.code, problem.message, problem.since);
    events::tell_change(tx, events::Topic::pages);
}

void clear_problem(db::Tx& tx, const Connection& connection)
{
    tx.run("UPDATE connections SET problem_code = NULL, problem_message = NULL,"
           " problem_since = NULL WHERE organization_id = $1 AND person_id = $2",
        connection.person_id);
    events::tell_change(tx, events::Topic::pages);
}

void remove_connections(db::Tx& tx)
{
    tx.run("DELETE FROM connections WHERE organization_id = $1");
}

bool remove_connection(
    db::Tx& tx, const std::string& person_id, const std::optional<std::string>& app_id)
{
    tx.run("DELETE FROM shown_pages WHERE organization_id = $1 AND person_id = $2"
           " AND app_id IS NOT DISTINCT FROM $3",
        person_id, app_id);
    return tx.run("DELETE FROM connections WHERE organization_id = $1 AND person_id = $2"
                  " AND app_id IS NOT DISTINCT FROM $3",
               person_id, app_id)
        > 0;
}

bool is_logged_in_elsewhere(
    const db::Reader& db, const std::string& person_id, const std::optional<std::string>& app_id)
{
    return db
        .row<std::string>("SELECT person_id FROM connections WHERE organization_id = $1"
                          " AND person_id = $2 AND app_id IS DISTINCT FROM $3",
            person_id, app_id)
        .has_value();
}

void remove_logins_through(db::Tx& tx, const std::string& app_id)
{
    tx.run("DELETE FROM shown_pages WHERE organization_id = $1 AND app_id = $2", app_id);
    tx.run("DELETE FROM connections WHERE organization_id = $1 AND app_id = $2", app_id);
}

std::optional<ShownPage> find_shown_page(const db::Reader& db, const std::string& page_id)
{
    return db.row<ShownPage>(
        "SELECT {columns} FROM shown_pages WHERE organization_id = $1 AND page_id = $2", page_id);
}

std::vector<ShownPage> list_shown_pages(const db::Reader& db)
{
    return db.rows<ShownPage>("SELECT {columns} FROM shown_pages WHERE organization_id = $1"
                              " ORDER BY name, page_id");
}

void replace_shown_pages(
    db::Tx& tx, const std::string& person_id, const std::vector<ShownPage>& pages)
{
    tx.run("DELETE FROM shown_pages WHERE organization_id = $1 AND person_id = $2", person_id);
    for (const auto& page : pages)
        tx.store("INSERT INTO shown_pages (organization_id, {columns}) VALUES ($1, {values})"
                 " ON CONFLICT (organization_id, page_id) DO UPDATE SET"
                 " person_id = excluded.person_id, name = excluded.name,"
                 " token_sealed = excluded.token_sealed, tasks = excluded.tasks,"
                 " scopes = excluded.scopes, shown_at = excluded.shown_at,"
                 " app_id = excluded.app_id",
            page);
}

void remove_shown_pages(db::Tx& tx)
{
    tx.run("DELETE FROM shown_pages WHERE organization_id = $1");
}

void insert_person_route(db::PlatformTx& tx, const std::string& person_id, const OrganizationId& to)
{
    tx.run("INSERT INTO person_routes (person_id, organization_id) VALUES ($1, $2)"
           " ON CONFLICT (person_id, organization_id) DO NOTHING",
        person_id, to);
}

std::vector<OrganizationId> organizations_of_person(
    const db::PlatformReader& db, const std::string& person_id)
{
    return db.rows<OrganizationId>(
        "SELECT organization_id FROM person_routes WHERE person_id = $1 ORDER BY organization_id",
        person_id);
}

void remove_person_route(db::PlatformTx& tx, const std::string& person_id, const OrganizationId& to)
{
    tx.run(
        "DELETE FROM person_routes WHERE person_id = $1 AND organization_id = $2", person_id, to);
}

}  // namespace leadcrm::meta::store
