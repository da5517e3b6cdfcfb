#include "meta/own_app.hpp"

namespace leadcrm::meta {

std::string secret_context(const OwnApp& app)
{
    return "app secret of " + app.organization_id.text() + "/" + app.app_id;
}

std::string verify_context(const OwnApp& app)
{
    return "verify token of " + app.organization_id.text() + "/" + app.app_id;
}

namespace store {

std::vector<OwnApp> list_own_apps(const db::PlatformReader& db)
{
    return db.rows<OwnApp>("SELECT {columns} FROM meta_apps ORDER BY app_id");
}

std::optional<OwnApp> find_own_app(const db::PlatformReader& db, OrganizationId organization)
{
    return db.row<OwnApp>(
        "SELECT {columns} FROM meta_apps WHERE organization_id = $1", organization);
}

std::optional<OrganizationId> holder_of_app(const db::PlatformReader& db, const std::string& app_id)
{
    return db.row<OrganizationId>(
        "SELECT organization_id FROM meta_apps WHERE app_id = $1", app_id);
}

void replace(db::PlatformTx& tx, const OwnApp& app)
{
    remove_own_app(tx, app.organization_id);
    tx.store("INSERT INTO meta_apps ({columns}) VALUES ({values})", app);
}

void remove_own_app(db::PlatformTx& tx, OrganizationId organization)
{
    tx.run("DELETE FROM meta_apps WHERE organization_id = $1", organization);
}

void set_handshake(db::PlatformTx& tx, const std::string& app_id, Instant at)
{
    tx.run("UPDATE meta_apps SET handshake_at = $2 WHERE app_id = $1", app_id, at);
}

}  // namespace store
}  // namespace leadcrm::meta
