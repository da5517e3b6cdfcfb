#include "meta/person_removal.hpp"

#include "meta/connection.hpp"
#include "meta/fetch_store.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto why =
    "The person who connected this page has removed the app at Facebook. Connect Facebook again; "
    "leads that came meanwhile are fetched then.";

Removed remove_here(db::Tx& tx, const std::string& person_id, Instant now)
{
    Removed removed{.logins = store::remove_connection(tx, person_id) ? 1 : 0};
    for (const auto& page : store::list_pages(tx)) {
        if (page.person_id != person_id) continue;
        store::remove_token(tx, page.page_id);
        store::set_problem(tx, page.page_id, {"reconnect", why, now});
        store::block_waiting(tx, page.page_id, why);
        ++removed.pages;
    }
    return removed;
}

}  // namespace

Removed remove_person(db::PlatformTx& tx, const std::string& person_id, Instant now)
{
    const auto organizations = store::organizations_of_person(tx, person_id);
    store::remove_person_routes(tx, person_id);
    Removed all;
    for (const auto& organization : organizations) {
        auto own = tx.in_organization(organization);
        const auto removed = remove_here(own, person_id, now);
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
