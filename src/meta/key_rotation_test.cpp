// A new key for everything that is sealed, while others go on reading and writing.
#include "meta/connection.hpp"
#include "meta/key_rotation.hpp"
#include "meta/own_app.hpp"
#include "meta/testing/meta_workspace.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace leadcrm::testing {
namespace {

int keys_in(const std::filesystem::path& file)
{
    std::ifstream lines(file);
    int count = 0;
    for (std::string line; std::getline(lines, line);) ++count;
    return count;
}

}  // namespace

TEST_CASE("rotation: everything sealed is under the new key, and the old one is gone")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    crm.graph.nodes["11"] = crm.lead("Ana");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.sort_and_fetch();
    const meta::Connection connection{.person_id = "9",
        .person_name = "Olivia",
        .token_sealed = {crm.vault.seal("EAAG-person", meta::person_token_context(acme, "9"))},
        .user_id = UserId::make(),
        .connected_at = Instant::now()};
    const meta::ShownPage shown{.page_id = "2",
        .person_id = "9",
        .name = "Other",
        .token_sealed = db::Blob{crm.vault.seal("EAAG-other", meta::page_token_context(acme, "2"))},
        .shown_at = Instant::now()};
    crm.database->write(acme, [&](db::Tx& tx) {
        meta::store::upsert(tx, connection);
        meta::store::replace_shown_pages(tx, "9", {shown});
    });

    // The running server has a vault of its own; the command another.
    crypto::Vault command(crm.key_file.path);
    const auto rotation = meta::rotate_keys(*crm.database, command, std::chrono::milliseconds(0));
    CHECK(rotation.resealed == 4);
    CHECK(rotation.is_complete);
    CHECK(keys_in(crm.key_file.path) == 1);

    CHECK(meta::open_token(crm.vault, acme, crm.page_of(acme, "1")) == "EAAG-token");
    crm.database->read(acme, [&](db::Reader& db) {
        const auto page = meta::store::find_shown_page(db, "2").value();
        CHECK(crm.vault.open(page.token_sealed->bytes, meta::page_token_context(acme, "2"))
            == "EAAG-other");
        const auto raw =
            db.one<db::Blob>("SELECT raw_sealed FROM submissions WHERE organization_id = $1");
        CHECK(crm.vault.open(raw.bytes, meta::raw_context(acme, "11")).find("Ana")
            != std::string::npos);
        return 0;
    });

    // The server that ran all the time seals with the new key.
    CHECK(command.is_under_newest(crm.vault.seal("x", "y")));
    crm.graph.nodes["12"] = crm.lead("Ben");
    crm.deliver(crm.delivery("1", {"12"}));
    crm.sort_and_fetch();
    CHECK(crm.submissions_of(acme) == 2);
}

TEST_CASE("rotation: an own app's secret and verify token survive it")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    meta::OwnApp app{.app_id = "777", .organization_id = acme, .changed_at = Instant::now()};
    app.secret_sealed = {crm.vault.seal("secret-of-our-own", meta::secret_context(app))};
    app.verify_token_sealed = {crm.vault.seal("verify-me", meta::verify_context(app))};
    crm.database->write_platform([&](db::PlatformTx& tx) { meta::store::replace(tx, app); });

    const auto rotation = meta::rotate_keys(*crm.database, crm.vault, std::chrono::milliseconds(0));
    CHECK(rotation.is_complete);
    CHECK(keys_in(crm.key_file.path) == 1);
    crm.apps.load();
    CHECK(crm.apps.find_own("777")->settings().app_secrets.front() == "secret-of-our-own");
    CHECK(crm.apps.find_own("777")->settings().verify_token == "verify-me");
}

TEST_CASE("rotation: a text that cannot be opened keeps the old key")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    crm.organization_with_page("2");
    crm.database->write(acme, [](db::Tx& tx) {
        tx.run("UPDATE pages SET token_sealed = $2 WHERE organization_id = $1", db::Blob{"1.AAAA"});
    });
    const auto rotation = meta::rotate_keys(*crm.database, crm.vault, std::chrono::milliseconds(0));
    CHECK_FALSE(rotation.is_complete);
    CHECK(rotation.resealed == 1);
    CHECK(rotation.unreadable == 1);
    CHECK(keys_in(crm.key_file.path) == 2);
}

}  // namespace leadcrm::testing
