#include "audit/audit.hpp"
#include "deletion/testing/deletion_product.hpp"
#include "exports/export_writing.hpp"

#include <algorithm>
#include <fstream>

namespace leadcrm::deletion {
namespace {

// Where the word stands in the database's files: what is around it.
std::vector<std::string> found_in(const fs::path& database, const std::string& word)
{
    std::vector<std::string> places;
    for (const auto* end : {"", "-wal"}) {
        std::ifstream in(database.string() + end, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto at = bytes.find(word);
        if (at == std::string::npos) continue;
        auto around = bytes.substr(at - std::min<std::size_t>(at, 60), 120);
        for (auto& c : around)
            if (c < ' ') c = '.';
        places.push_back("database" + std::string(end) + ": " + around);
    }
    return places;
}

}  // namespace

TEST_CASE("every table is reached by a deletion, or told why not")
{
    testing::TestDatabase database;
    database->read_platform([](db::PlatformReader& db) {
        const auto scope = deletion_scope(db);
        std::size_t told = 0;
        for (const auto& table : db::list_tables(db))
            if (!table.is_tenant())
                told +=
                    std::ranges::count(told_tables(), table.name, &ToldTable::table) > 0 ? 1 : 0;
        CHECK(scope.own.size() + scope.of_organization.size() + scope.of_people.size() + told
            == db::list_tables(db).size());
        const auto place = [&](const char* name) {
            return std::ranges::find(scope.own, name, &db::Table::name) - scope.own.begin();
        };
        CHECK(place("submissions") < place("leads"));
        CHECK(place("leads") < place("stages"));
    });
}

TEST_CASE("a deletion wants the exact name and the password, is shown to all, and is taken back")
{
    Product product;
    product.registered(*product.owner, "Acme");
    const auto path = "/api/v1/organization/deletion";
    auto& owner = *product.owner;
    CHECK(owner.get(path).json().at("state") == "none");
    CHECK(owner.del(path).status == 404);
    const auto wrong = [&](const char* name, const char* secret) {
        return owner
            .post(path, {{"organization_name", name}, {"password", secret}, {"grace_days", 7}})
            .wrong_fields();
    };
    CHECK(wrong("acme", password) == std::vector<std::string>{"organization_name"});
    CHECK(wrong("Acme", "no such thing") == std::vector<std::string>{"password"});
    CHECK(
        owner
            .post(path, {{"organization_name", "Acme"}, {"password", password}, {"grace_days", 31}})
            .wrong_fields()
        == std::vector<std::string>{"grace_days"});

    const auto code = product.ordered(owner, "Acme", 7);
    CHECK(owner.post(path, {{"organization_name", "Acme"}, {"password", password}}).status == 409);
    CHECK(owner.get(path).json().at("state") == "scheduled");
    CHECK(owner.get(path).json().at("ordered_by") == "Ana Acme");
    CHECK(owner.get("/data-deletion/" + code).status == 200);
    CHECK(deletion_steps(product.around(), code, Instant::now()).empty());

    CHECK(owner.del(path).status == 204);
    CHECK(owner.get(path).json().at("state") == "none");
    CHECK(owner.get("/data-deletion/" + code).status == 404);
    CHECK(deletion_steps(product.around(), code, Instant::now() + std::chrono::hours(999)).empty());
    CHECK(product.count("SELECT COUNT(*) FROM organizations") == 1);
}

TEST_CASE("of a deleted organization nothing is left, wherever the deletion was killed")
{
    Product measured;
    const auto number_of_steps = [&] {
        measured.registered(*measured.owner, "Acme");
        const auto code = measured.ordered(*measured.owner, "Acme", 0);
        return deletion_steps(measured.around(), code, Instant::now()).size();
    }();
    REQUIRE(number_of_steps > 8);

    for (std::size_t killed_after = 0; killed_after <= number_of_steps; ++killed_after) {
        CAPTURE(killed_after);
        Product product;
        const auto acme = product.registered(*product.owner, "Zanzibarium");
        const auto second = product.client();
        const auto third = product.client();
        const auto globex = product.registered(*second, "Globex");
        const auto initech = product.registered(*third, "Initech");
        product.fill(acme, "Zanzibarium", "1001");
        product.fill(globex, "Globex", "1002");
        product.fill(initech, "Initech", "1003");
        // A delivery that tells of two organizations stays with the other one.
        const auto shared = product.database->read(acme, [](db::Reader& db) {
            return db.rows<Id<"delivery">>(
                "SELECT delivery_id FROM delivery_links WHERE organization_id = $1");
        });
        REQUIRE(shared.size() == 1);
        const auto globex_before = product.counts(globex);
        const auto initech_before = product.counts(initech);
        CHECK(sum_of(product.counts(acme)) > 200);

        const auto code = product.ordered(*product.owner, "Zanzibarium", 0);
        const auto steps = deletion_steps(product.around(), code, Instant::now());
        for (std::size_t i = 0; i < std::min(killed_after, steps.size()); ++i) steps[i].run();
        product.run_all(code);

        CHECK(sum_of(product.counts(acme)) == 0);
        CHECK(product.counts(globex) == globex_before);
        CHECK(product.counts(initech) == initech_before);
        CHECK_FALSE(product.left.empty());
        CHECK(product.count("SELECT COUNT(*) FROM organizations") == 2);
        CHECK(product.count("SELECT COUNT(*) FROM users") == 2);
        CHECK(product.count("SELECT COUNT(*) FROM webhook_deliveries") == 2);
        CHECK(product.count("SELECT COUNT(*) FROM refused_deliveries") == 2);
        CHECK(product.owner->get("/api/v1/me").status == 401);
        CHECK(second->get("/api/v1/leads?q=Globex").json().at("data").as_array().size() == 1);

        const auto page = product.owner->get("/data-deletion/" + code);
        CAPTURE(page.body);
        CHECK(page.body.find("has been deleted") != std::string::npos);
        CHECK(page.body.find("61 leads, ") != std::string::npos);
        const auto certified =
            product.database
                ->read_platform([&](db::PlatformReader& db) { return find_order(db, code); })
                .value()
                .counts;
        CHECK(certified.at("users") == 1);
        CHECK(certified.at("sessions") == 1);
        CHECK(certified.at("webhook_deliveries") == 1);
        CHECK(certified.at("mails") == 1);
        CHECK(certified.at("submissions") == 66);
        CHECK(page.body.find("Zanzibarium") == std::string::npos);

        if (product.database->dialect() != db::Dialect::sqlite) continue;
        const fs::path file = product.database.settings().file;
        for (const auto* word : {"Zanzibarium", "zanzibarium"})
            for (const auto& place : found_in(file, word)) FAIL_CHECK(place);
        CHECK_FALSE(found_in(file, "Globex").empty());
    }
}

TEST_CASE("nobody comes in while it is being deleted, and what was on its way goes too")
{
    Product product;
    const auto acme = product.registered(*product.owner, "Acme");
    const auto key =
        product.owner->post("/api/v1/keys", {{"name", "A program"}, {"scopes", {"read_leads"}}});
    REQUIRE(key.status == 201);
    const http::Headers with_key{
        {"Authorization", "Bearer " + std::string(key.json().at("token").as_string())}};
    const auto program = product.client();
    REQUIRE(program->get("/api/v1/leads", with_key).status == 200);

    const auto code = product.ordered(*product.owner, "Acme", 0);
    const auto steps = deletion_steps(product.around(), code, Instant::now());
    std::size_t done = 0;
    for (; steps[done].name != std::string("certificate"); ++done) {
        steps[done].run();
        if (done > 0) continue;
        CHECK(program->get("/api/v1/leads", with_key).status == 401);
        const auto refused = product.owner->post(
            "/api/v1/auth/login", {{"email", "ana@Acme.example"}, {"password", password}});
        CHECK(refused.status == 403);
        CHECK(refused.body.find("is being deleted") != std::string::npos);
    }
    product.database->write(
        acme, [](db::Tx& tx) { audit::record(tx, {.action = "privacy.deleted"}); });
    for (; steps[done].name != std::string("end"); ++done) steps[done].run();
    CHECK_THROWS_AS(steps[done].run(), jobs::TryAgain);
    product.run_all(code);
    CHECK(sum_of(product.counts(acme)) == 0);
    CHECK(product.count("SELECT COUNT(*) FROM organizations") == 0);
}

TEST_CASE("how an owner reads is kept until the certificate is written, and no longer")
{
    Product product;
    product.registered(*product.owner, "Acme");
    product.database->write_platform([](db::PlatformTx& tx) {
        tx.run(
            "UPDATE users SET email_confirmed_at = 1, language = 'de', time_zone = 'Asia/Tokyo'");
    });
    const auto code = product.ordered(*product.owner, "Acme", 0);
    const auto order = [&] {
        return product.database
            ->read_platform([&](db::PlatformReader& db) { return find_order(db, code); })
            .value();
    };
    for (const auto& step : deletion_steps(product.around(), code, Instant::now())) {
        if (step.name == std::string("certificate")) {
            const auto kept = order();
            REQUIRE(kept.recipients.size() == 1);
            const auto& reads = kept.readers.at(kept.recipients.front());
            CHECK(reads.language == letters::Language::de);
            CHECK(reads.time_zone == "Asia/Tokyo");
        }
        step.run();
    }
    CHECK(order().readers.empty());
}

TEST_CASE(
    "whoever is in another organization too stays, and so does the delivery that tells of both")
{
    Product product;
    const auto acme = product.registered(*product.owner, "Acme");
    const auto second = product.client();
    const auto globex = product.registered(*second, "Globex");
    product.fill(acme, "Acme", "1001");
    product.fill(globex, "Globex", "1002");
    product.database->write_platform([&](db::PlatformTx& tx) {
        const auto ana = tx.one<UserId>("SELECT id FROM users WHERE name = 'Ana Acme'");
        tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
               " VALUES ($1, $2, 'agent', 0)",
            ana, globex);
        const auto id = tx.in_organization(acme).one<Id<"delivery">>(
            "SELECT delivery_id FROM delivery_links WHERE organization_id = $1");
        tx.in_organization(globex).run(
            "INSERT INTO delivery_links (organization_id, delivery_id, page_id)"
            " VALUES ($1, $2, '1002')",
            id);
    });
    product.run_all(product.ordered(*product.owner, "Acme", 0));
    CHECK(product.count("SELECT COUNT(*) FROM users") == 2);
    CHECK(product.count("SELECT COUNT(*) FROM webhook_deliveries") == 2);
    const auto again = product.client();
    CHECK(again->post("/api/v1/auth/login", {{"email", "ana@acme.example"}, {"password", password}})
              .json()
              .at("organization")
              .at("name")
        == "Globex");
}

TEST_CASE("the job waits for its hour, removes the files of exports, and leaves Meta")
{
    Product product;
    const auto acme = product.registered(*product.owner, "Acme");
    jobs::Workers workers(*product.database, 1);
    exports::handle_exports(workers, *product.database, product.vault, product.folder / "exports");
    handle_deletions(workers, product.around());
    CHECK(product.owner->post("/api/v1/exports", {{"kind", "organization"}}).status == 202);
    workers.run_due();
    CHECK_FALSE(fs::is_empty(product.folder / "exports"));

    product.ordered(*product.owner, "Acme", 3);
    workers.run_due();
    CHECK(product.count("SELECT COUNT(*) FROM organizations") == 1);
    product.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE organization_deletions SET delete_at = 1");
        tx.run("UPDATE jobs SET run_at = 1 WHERE state = 'waiting'");
    });
    workers.run_due();
    CHECK(product.count("SELECT COUNT(*) FROM organizations") == 0);
    CHECK(fs::is_empty(product.folder / "exports"));
    CHECK(product.left == std::vector<OrganizationId>{acme});
    CHECK(product.count("SELECT COUNT(*) FROM jobs") == 0);
}

}  // namespace leadcrm::deletion
