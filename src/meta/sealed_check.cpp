#include "meta/sealed_check.hpp"

#include "accounts/issuer_secret.hpp"
#include "accounts/second_factor.hpp"
#include "leads/raw_resealing.hpp"
#include "meta/connection.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/own_app.hpp"

namespace leadcrm::meta {
namespace {

class Trying {
public:
    explicit Trying(const TryToOpen& opens) : opens_(opens) { }

    void one(const std::string& sealed, const std::string& context)
    {
        if (sealed.empty()) return;
        ++found.tried;
        found.unreadable += opens_(sealed, context) ? 0 : 1;
    }

    void organization(const db::Reader& db)
    {
        const auto id = db.organization_id();
        for (const auto& page : store::list_pages(db))
            one(page.token_sealed.bytes, page_token_context(id, page.page_id));
        for (const auto& person : store::list_connections(db))
            one(person.token_sealed.bytes, person_token_context(id, person.person_id));
        if (const auto secret = db.row<db::Blob>(
                "SELECT client_secret_sealed FROM sign_in_issuers WHERE organization_id = $1"))
            one(secret->bytes, accounts::issuer_secret_context(id));
        if (const auto original = leads::newest_original(db))
            one(original->raw_sealed.bytes, raw_context(id, original->leadgen_id));
    }

    SealedCheck found;

private:
    const TryToOpen& opens_;
};

}  // namespace

SealedCheck check_sealed(db::Database& database, const TryToOpen& opens)
{
    Trying trying(opens);
    const auto organizations = database.read_platform([&](db::PlatformReader& db) {
        for (const auto& app : store::list_own_apps(db)) {
            trying.one(app.secret_sealed.bytes, secret_context(app));
            trying.one(app.verify_token_sealed.bytes, verify_context(app));
        }
        return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
    });
    for (const auto& organization : organizations)
        database.read(organization, [&](db::Reader& db) { trying.organization(db); });
    // Nothing is sealed anew: it is only tried.
    accounts::reseal_second_factors(
        database, [&](const std::string& sealed, const std::string& context) {
            trying.one(sealed, context);
            return std::optional<std::string>();
        });
    return trying.found;
}

}  // namespace leadcrm::meta
