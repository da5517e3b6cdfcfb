#include "meta/key_rotation.hpp"

#include "accounts/issuer_secret.hpp"
#include "accounts/second_factor.hpp"
#include "leads/raw_resealing.hpp"
#include "meta/connection.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/own_app.hpp"
#include "platform/log/log.hpp"

#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace leadcrm::meta {
namespace {

constexpr int rounds_max = 20;

struct SignInIssuer {
    std::string issuer;
    db::Blob client_secret_sealed;
};
BOOST_DESCRIBE_STRUCT(SignInIssuer, (), (issuer, client_secret_sealed))

// One walk over everything that is sealed.
class Resealing {
public:
    Resealing(db::Database& database, const crypto::Vault& vault)
        : database_(database), vault_(vault)
    {
    }

    void organization(OrganizationId organization)
    {
        const auto [pages, shown, people] = database_.read(organization, [](db::Reader& db) {
            return std::tuple(
                store::list_pages(db), store::list_shown_pages(db), store::list_connections(db));
        });
        for (const auto& page : pages)
            one(organization, page.token_sealed, page_token_context(organization, page.page_id),
                "UPDATE pages SET token_sealed = $4"
                " WHERE organization_id = $1 AND page_id = $2 AND token_sealed = $3",
                page.page_id);
        for (const auto& page : shown)
            if (page.token_sealed)
                one(organization, *page.token_sealed,
                    page_token_context(organization, page.page_id),
                    "UPDATE shown_pages SET token_sealed = $4"
                    " WHERE organization_id = $1 AND page_id = $2 AND token_sealed = $3",
                    page.page_id);
        for (const auto& person : people)
            one(organization, person.token_sealed,
                person_token_context(organization, person.person_id),
                "UPDATE connections SET token_sealed = $4"
                " WHERE organization_id = $1 AND person_id = $2 AND token_sealed = $3",
                person.person_id);
        const auto issuer = database_.read(organization, [](db::Reader& db) {
            return db.row<SignInIssuer>("SELECT {columns} FROM sign_in_issuers"
                                        " WHERE organization_id = $1");
        });
        if (issuer)
            one(organization, issuer->client_secret_sealed,
                accounts::issuer_secret_context(organization),
                "UPDATE sign_in_issuers SET client_secret_sealed = $4"
                " WHERE organization_id = $1 AND issuer = $2 AND client_secret_sealed = $3",
                issuer->issuer);
        resealed += leads::reseal_raw(
            database_, organization, [&](const std::string& leadgen_id, const std::string& sealed) {
                return fresh(sealed, raw_context(organization, leadgen_id));
            });
    }

    void own_apps()
    {
        const auto apps = database_.read_platform([](db::PlatformReader& db) {
            return db.rows<OwnApp>("SELECT {columns} FROM meta_apps ORDER BY app_id");
        });
        for (const auto& app : apps) {
            const auto secret = fresh(app.secret_sealed.bytes, secret_context(app));
            const auto verify = fresh(app.verify_token_sealed.bytes, verify_context(app));
            if (!secret && !verify) continue;
            resealed += database_.write_platform([&](db::PlatformTx& tx) {
                return tx.run("UPDATE meta_apps SET secret_sealed = $3, verify_token_sealed = $4"
                              " WHERE app_id = $1 AND secret_sealed = $2",
                    app.app_id, app.secret_sealed, secret ? db::Blob{*secret} : app.secret_sealed,
                    verify ? db::Blob{*verify} : app.verify_token_sealed);
            });
        }
    }

    void second_factors()
    {
        resealed += accounts::reseal_second_factors(
            database_, [&](const std::string& sealed, const std::string& context) {
                return fresh(sealed, context);
            });
    }

    std::int64_t resealed = 0;
    std::int64_t unreadable = 0;

private:
    std::optional<std::string> fresh(const std::string& sealed, const std::string& context)
    {
        if (sealed.empty() || vault_.is_under_newest(sealed)) return std::nullopt;
        try {
            return vault_.seal(vault_.open(sealed, context), context);
        } catch (const Failure& failure) {
            log::error("a sealed text cannot be opened", {{"why", failure.detail}});
            ++unreadable;
            return std::nullopt;
        }
    }

    // Only where it still is what was read: somebody may have stored another token meanwhile.
    void one(OrganizationId organization, const db::Blob& sealed, const std::string& context,
        std::string_view update, const std::string& id)
    {
        const auto text = fresh(sealed.bytes, context);
        if (!text) return;
        resealed += database_.write(
            organization, [&](db::Tx& tx) { return tx.run(update, id, sealed, db::Blob{*text}); });
    }

    db::Database& database_;
    const crypto::Vault& vault_;
};

}  // namespace

Rotation rotate_keys(db::Database& database, crypto::Vault& vault, std::chrono::milliseconds settle)
{
    vault.add_key();
    Rotation rotation;
    for (int round = 0; round < rounds_max; ++round) {
        const auto organizations = database.read_platform([](db::PlatformReader& db) {
            return db.rows<OrganizationId>("SELECT id FROM organizations ORDER BY id");
        });
        Resealing walk(database, vault);
        for (const auto& organization : organizations) walk.organization(organization);
        walk.own_apps();
        walk.second_factors();
        rotation.resealed += walk.resealed;
        rotation.unreadable = walk.unreadable;
        // The first round may have passed by what was on its way to be stored.
        if (round > 0 && walk.resealed == 0) break;
        std::this_thread::sleep_for(settle);
    }
    rotation.is_complete = rotation.unreadable == 0;
    if (rotation.is_complete) vault.remove_old_keys();
    return rotation;
}

}  // namespace leadcrm::meta
