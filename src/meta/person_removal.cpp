#include "meta/person_removal.hpp"

#include "audit/audit.hpp"
#include "meta/connection.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto why =
    "The person who connected this page has removed the app at Facebook. Connect Facebook again; "
    "leads that came meanwhile are fetched then.";

Removed remove_here(db::Tx& tx, const App& app, const std::string& person_id, Instant now)
{
    const auto app_id = app.id_if_own();
    Removed removed{.logins = store::remove_connection(tx, person_id, app_id) ? 1 : 0};
    for (const auto& page : store::list_pages(tx)) {
        if (page.person_id != person_id || page.app_id != app_id) continue;
        take_token_away(tx, page.page_id, why, now);
        ++removed.pages;
    }
    if (removed.logins + removed.pages > 0)
        audit::record(
            tx, {.action = "POST /meta/deauthorize", .what = "Remove a login that Facebook ended"});
    return removed;
}

}  // namespace

Removed remove_person(db::PlatformTx& tx, const App& app, const std::string& person_id, Instant now)
{
    auto organizations = store::organizations_of_person(tx, person_id);
    if (app.organization_id)
        std::erase_if(
            organizations, [&](const auto& each) { return each != *app.organization_id; });
    for (const auto& organization : organizations)
        if (!store::is_logged_in_elsewhere(
                tx.in_organization(organization), person_id, app.id_if_own()))
            store::remove_person_route(tx, person_id, organization);
    Removed all;
    for (const auto& organization : organizations) {
        auto own = tx.in_organization(organization);
        const auto removed = remove_here(own, app, person_id, now);
        all.logins += removed.logins;
        all.pages += removed.pages;
    }
    return all;
}

std::string confirmation_code(const std::string& app_secret, const std::string& payload)
{
    return crypto::hex(crypto::hmac_sha256(app_secret, "data deletion " + payload)).substr(0, 24);
}

namespace store {

void insert(db::PlatformTx& tx, const DataDeletion& deletion)
{
    tx.store("INSERT INTO data_deletions ({columns}) VALUES ({values})"
             " ON CONFLICT (code) DO NOTHING",
        deletion);
}

std::optional<DataDeletion> find_deletion(const db::PlatformReader& db, const std::string& code)
{
    return db.row<DataDeletion>("SELECT {columns} FROM data_deletions WHERE code = $1", code);
}

}  // namespace store
}  // namespace leadcrm::meta
