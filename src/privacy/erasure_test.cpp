#include "app/testing/whole_product.hpp"
#include "exports/export_writing.hpp"
#include "leads/lead_intake.hpp"
#include "leads/lead_search.hpp"
#include "meta/delivery_store.hpp"
#include "meta/fetch_store.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/ledger.hpp"
#include "meta/listed_lead.hpp"
#include "meta/page.hpp"
#include "meta/replay.hpp"
#include "privacy/erasure.hpp"
#include "privacy/erasure_again.hpp"
#include "privacy/erasure_reach.hpp"
#include "privacy/erasure_rest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

namespace leadcrm::privacy {
namespace {

namespace fs = std::filesystem;
using app::testing::Product;

constexpr auto password = "correct horse battery";
// Each stands in a place of its own.
constexpr auto markers = std::to_array<const char*>({"Zanzibarella", "zanzibarella", "+34611222333",
    "Quietlyspoken", "Grumblewise", "Whisperfield", "8800000000000001"});

// An organization with a person in every table that can hold one, and a colleague to stay.
struct Acme : Product {
    OrganizationId id = *OrganizationId::parse(
        std::string(owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    crypto::Vault vault{folder.path / "keys"};
    jobs::Workers workers{*database, 1};
    meta::DeliveryId shared_delivery = meta::DeliveryId::make();

    Acme()
    {
        handle_rests(workers, around());
        exports::handle_exports(workers, *database, vault, around().exports);
        meta::import_page(*database, vault, id, "1001", "Page", "EAAG-token");
        arrives(id, sent("8800000000000001", "Ana Zanzibarella", "+34611222333"));
        arrives(id, sent("8800000000000002", "Ben Stays", "+34611222444"));
        fill();
    }
    Surroundings around()
    {
        return {*database, folder.path / "exports", folder.path / "data",
            database->dialect() == db::Dialect::sqlite ? fs::path(database.settings().file)
                                                       : fs::path()};
    }
    static meta::ListedLead sent(
        const std::string& leadgen_id, const std::string& name, const std::string& phone)
    {
        const auto now = Instant::now();
        meta::ListedLead lead{.page_id = "1001", .submission = {}, .missing = std::nullopt};
        lead.submission = {.leadgen_id = leadgen_id,
            .contact = {name, name.substr(4) + "@example.com", phone},
            .source = {.channel = "meta", .page_id = "1001", .form_id = "77"},
            .answers = {{"why", "Why?", {name == "Ben Stays" ? "no reason" : "Quietlyspoken"}}},
            .disclaimers = {{"phone", "You may call me", true}},
            .submitted_at = now,
            .received_at = now};
        return lead;
    }
    void arrives(OrganizationId organization, meta::ListedLead lead,
        meta::BroughtBy by = meta::BroughtBy::webhook)
    {
        const auto& leadgen_id = lead.submission.leadgen_id;
        lead.submission.raw_sealed =
            vault.seal("{\"full_name\":\"" + lead.submission.contact.name + "\"}",
                meta::raw_context(organization, leadgen_id));
        database->write(organization, [&](db::Tx& tx) { meta::take_in_listed(tx, {lead}, by); });
    }
    static std::string delivery_of(const std::vector<std::string>& leadgen_ids)
    {
        std::string changes;
        for (const auto& leadgen_id : leadgen_ids)
            changes += std::string(changes.empty() ? "" : ",")
                + R"({"field":"leadgen","value":{"leadgen_id":")" + leadgen_id
                + R"(","page_id":"1001","form_id":"77"}})";
        return R"({"object":"page","entry":[{"id":"1001","time":1,"changes":[)" + changes + "]}]}";
    }
    void fill()
    {
        const auto lead = lead_id("Ana Zanzibarella").text();
        CHECK(owner.send(change(lead, R"({"name":"Ana Zanzibarella Grumblewise"})")).status == 200);
        const auto now = Instant::now();
        database->write_platform([&](db::PlatformTx& tx) {
            for (const auto& leadgen_ids : {std::vector<std::string>{"8800000000000001"},
                     {"8800000000000001", "8800000000000002"}}) {
                const auto body = delivery_of(leadgen_ids);
                const auto delivery = leadgen_ids.size() > 1
                    ? shared_delivery
                    : meta::delivery_id(body, {now.unix_seconds()});
                tx.run("INSERT INTO webhook_deliveries (id, app_id, body, received_at, state)"
                       " VALUES ($1, '1', $2, $3, 'sorted')",
                    delivery, db::Blob{body}, now);
                tx.in_organization(id).run(
                    "INSERT INTO delivery_links (organization_id, delivery_id, page_id)"
                    " VALUES ($1, $2, '1001')",
                    delivery);
            }
            auto own = tx.in_organization(id);
            own.run("INSERT INTO mapping_run_changes (organization_id, run_id, lead_id, fields)"
                    " VALUES ($1, $2, $3, $4)",
                Uuid{}, *LeadId::parse(lead), json::Raw{R"([{"before":"Whisperfield"}])"});
            own.run("INSERT INTO test_leads (organization_id, leadgen_id, page_id, form_id,"
                    " ordered_at) VALUES ($1, '8800000000000001', '1001', '77', 1)");
            own.run("INSERT INTO given_answers (organization_id, name, request_hash, answer, at)"
                    " VALUES ($1, $2, $2, $3, 1)",
                db::Blob{"name"}, db::Blob{"Zanzibarella in clear, for the test"});
        });
        CHECK(owner
                  .post("/api/v1/exports",
                      {{"kind", "leads"}, {"format", "csv"},
                          {"filter", json::parse(R"({"text":"Zanzibarella"})")}})
                  .status
            == 202);
        workers.run_due();
    }
    static http::Request change(const std::string& lead, const std::string& body)
    {
        http::Request made;
        made.method = "PATCH";
        made.target = "/api/v1/leads/" + lead;
        made.body = body;
        made.headers = {{"If-Match", "\"1\""}, {"Content-Type", "application/json"},
            {"Idempotency-Key", "once-and-again-1"}};
        return made;
    }
    LeadId lead_id(const std::string& name)
    {
        return database->read(id, [&](db::Reader& db) {
            return db.one<LeadId>(
                "SELECT id FROM leads WHERE organization_id = $1 AND name = $2", name);
        });
    }
    std::string path(const LeadId& lead) { return "/api/v1/leads/" + lead.text() + "/erasure"; }
    LeadId erased()
    {
        const auto lead = lead_id("Ana Zanzibarella Grumblewise");
        const auto answer = owner.post(path(lead), {{"password", password}});
        CAPTURE(answer.body);
        REQUIRE(answer.status == 200);
        workers.run_due();
        return lead;
    }
    std::int64_t count(const std::string& sql)
    {
        return database->read(id, [&](db::Reader& db) { return db.one<std::int64_t>(sql); });
    }
    std::int64_t names() { return count("SELECT COUNT(*) FROM leads WHERE organization_id = $1"); }
};

// Every cell of every table as text, to look for somebody in.
std::string everything(db::Database& database)
{
    return database.read_platform([](db::PlatformReader& db) {
        std::string text;
        const auto organizations = db.rows<OrganizationId>("SELECT id FROM organizations");
        const auto add = [&](const db::Row& row, const db::Table& table) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                const auto value = db::value_of(row, i, table.columns[i].type);
                if (const auto* words = std::get_if<std::string>(&value))
                    text += table.name + "." + table.columns[i].name + "=" + *words + "\n";
                if (const auto* tree = std::get_if<json::Raw>(&value))
                    text += table.name + "." + table.columns[i].name + "=" + tree->text + "\n";
                if (const auto* blob = std::get_if<db::Blob>(&value))
                    text += table.name + "." + table.columns[i].name + "=" + blob->bytes + "\n";
            }
        };
        for (const auto& table : db::list_tables(db)) {
            std::string names;
            for (const auto& column : table.columns)
                names += (names.empty() ? "" : ", ") + column.name;
            const auto select = "SELECT " + names + " FROM " + table.name;
            if (!table.is_tenant()) {
                db.each<db::AnyRow>(
                    db::Sql(select), [&](const db::AnyRow& row) { add(*row.cells, table); });
                continue;
            }
            for (const auto& organization : organizations)
                db.in_organization(organization)
                    .each<db::AnyRow>(db::Sql(select + " WHERE organization_id = $1"),
                        [&](const db::AnyRow& row) { add(*row.cells, table); });
        }
        return text;
    });
}

void check_gone_from(const std::string& bytes, const std::string& where)
{
    for (const auto* marker : markers) {
        const auto at = bytes.find(marker);
        if (at == std::string::npos) continue;
        auto around = bytes.substr(at - std::min<std::size_t>(at, 60), 140);
        std::replace_if(
            around.begin(), around.end(), [](char c) { return c < ' '; }, '.');
        FAIL_CHECK(where << ": " << around);
    }
}

std::string bytes_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("every table of an organization is reached by an erasure, or told why not")
{
    leadcrm::testing::TestDatabase database;
    database->read_platform([](db::PlatformReader& db) {
        const auto reach = erasure_reach(db);
        const auto tables = db::list_tables(db);
        for (const auto& told : told_tables()) {
            CAPTURE(told.table);
            const bool is_there = std::ranges::count(tables, told.table, &db::Table::name) > 0;
            CHECK((is_there || told.table == "lead_search"));  // only on PostgreSQL
        }
        for (const auto* name : {"submissions", "events", "mapping_run_changes"})
            CHECK(std::ranges::count(reach.of_lead, name, &db::Table::name) == 1);
        for (const auto* name : {"lead_fetches", "test_leads"})
            CHECK(std::ranges::count(reach.of_submission, name, &db::Table::name) == 1);
    });
}

TEST_CASE("of an erased person nothing is left in any table, file or log")
{
    Acme acme;
    const auto before = everything(*acme.database);
    for (const auto* marker : markers) {
        CAPTURE(marker);
        CHECK(before.find(marker) != std::string::npos);
    }
    CHECK_FALSE(fs::is_empty(acme.around().exports));

    const auto lead = acme.erased();

    check_gone_from(everything(*acme.database), "tables");
    CHECK(everything(*acme.database).find("Ben Stays") != std::string::npos);
    CHECK(fs::is_empty(acme.around().exports));
    if (acme.database->dialect() == db::Dialect::sqlite) {
        // The search index has been rewritten into one piece, without marks of what was removed.
        CHECK(acme.database->write(acme.id, [](db::Tx& tx) { return leads::tidy_search(tx, true); })
            == false);
        const fs::path file = acme.database.settings().file;
        check_gone_from(bytes_of(file), "database");
        check_gone_from(bytes_of(file.string() + "-wal"), "log");
        CHECK(bytes_of(file).find("Ben Stays") != std::string::npos);
    }
    CHECK(acme.owner.get("/api/v1/leads/" + lead.text()).status == 404);
    CHECK(acme.owner.get("/api/v1/leads?q=zanzi").json().at("data").as_array().empty());
    CHECK(acme.owner.get("/api/v1/leads?q=ben").json().at("data").as_array().size() == 1);
    CHECK(acme.owner.post(acme.path(lead), {{"password", password}}).status == 404);
    // Who did it, to which lead: ids.
    const auto audit = acme.owner.get("/api/v1/audit?object=" + lead.text()).body;
    CHECK(audit.find("Erase a person") != std::string::npos);
}

TEST_CASE("erasing wants an owner and the password, and says before what goes")
{
    Acme acme;
    const auto lead = acme.lead_id("Ana Zanzibarella Grumblewise");
    const auto counts = acme.owner.get(acme.path(lead)).json();
    CHECK(counts.at("submissions") == 1);
    CHECK(counts.at("timeline_entries") == 2);
    CHECK(counts.at("other_rows") == 3);
    CHECK(counts.at("export_files") == 1);
    CHECK(counts.at("leads_alike") == 0);
    // The same person by mail only: a lead of its own, which the owner is told of.
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE leads SET email = 'ana@zanzibarella.example' WHERE organization_id = $1");
    });
    CHECK(acme.owner.get(acme.path(lead)).json().at("leads_alike") == 1);
    CHECK(acme.owner.post(acme.path(lead), {{"password", "no such thing"}}).wrong_fields()
        == std::vector<std::string>{"password"});
    CHECK(acme.names() == 2);
}

TEST_CASE("an erased lead comes back by no way, and the ledger stays equal")
{
    Acme acme;
    acme.erased();
    const auto ledger = [&] {
        return acme.database->read(acme.id,
            [](db::Reader& db) { return meta::ledger_of(db, std::nullopt, 3, Instant::now()); });
    };
    const auto check_ledger = [&] {
        REQUIRE(ledger().data.size() == 1);
        const auto line = ledger().data.front();
        CHECK(line.meta == 2);
        CHECK(line.ours == 1);
        CHECK(line.erased == 1);
        CHECK(line.state == meta::LedgerState::equal);
    };
    check_ledger();
    CHECK(acme.count("SELECT SUM(lead_count) FROM erased_leads WHERE organization_id = $1") == 1);

    // By list and by file.
    for (const auto by :
        {meta::BroughtBy::reconciler, meta::BroughtBy::backfill, meta::BroughtBy::file})
        acme.arrives(
            acme.id, Acme::sent("8800000000000001", "Ana Zanzibarella", "+34611222333"), by);
    // By webhook, and by a replay of what is still kept.
    acme.database->write(acme.id, [](db::Tx& tx) {
        const meta::Change change{"8800000000000001", "1001", "77", Instant::now()};
        CHECK_FALSE(meta::store::insert(tx, meta::fetch_of(change, Instant::now())));
    });
    meta::replay(*acme.database, acme.id, {acme.shared_delivery});
    CHECK(acme.names() == 1);
    CHECK(acme.count("SELECT COUNT(*) FROM lead_fetches WHERE organization_id = $1") == 1);
    check_ledger();
    check_gone_from(everything(*acme.database), "tables");

    // The same person may come again of their own will.
    acme.arrives(acme.id, Acme::sent("8800000000000009", "Ana Zanzibarella", "+34611222333"));
    CHECK(acme.names() == 2);
}

TEST_CASE("whom a restored backup brings back is erased once more")
{
    Acme acme;
    acme.erased();
    // As if the lead had come from a backup: its mark was not there when it was stored.
    const auto hash = acme.database->read(acme.id, [](db::Reader& db) {
        return db.one<db::Blob>(
            "SELECT leadgen_hash FROM erased_submissions WHERE organization_id = $1");
    });
    acme.database->write(acme.id,
        [](db::Tx& tx) { tx.run("DELETE FROM erased_submissions WHERE organization_id = $1"); });
    acme.arrives(acme.id, Acme::sent("8800000000000001", "Ana Zanzibarella", "+34611222333"));
    CHECK(acme.names() == 2);
    acme.database->write(acme.id, [&](db::Tx& tx) {
        tx.run("INSERT INTO erased_submissions"
               " (organization_id, leadgen_hash, page_id, form_id, day, erased_at)"
               " VALUES ($1, $2, '1001', '77', 1, 1)",
            hash);
    });

    CHECK(erase_again(*acme.database, acme.id) == 1);
    CHECK(erase_again(*acme.database, acme.id) == 0);
    CHECK(acme.names() == 1);
    check_gone_from(everything(*acme.database), "tables");
}

TEST_CASE("another organization with the same person keeps hers")
{
    Acme acme;
    auto second = acme.stranger();
    const auto answer = second.post("/api/v1/auth/register",
        {{"organization_name", "Globex"}, {"name", "Bo"}, {"email", "bo@globex.example"},
            {"password", password}});
    const auto globex =
        *OrganizationId::parse(std::string(answer.json().at("organization").at("id").as_string()));
    meta::import_page(*acme.database, acme.vault, globex, "1001", "Page", "EAAG-token");
    acme.arrives(globex, Acme::sent("8800000000000001", "Ana Zanzibarella", "+34611222333"));
    acme.erased();
    CHECK(second.get("/api/v1/leads?q=zanzi").json().at("data").as_array().size() == 1);
    // The delivery tells of a page of both, so it stays for the other.
    const auto all = everything(*acme.database);
    CHECK(all.find("webhook_deliveries.body") != std::string::npos);
    CHECK(acme.owner.get("/api/v1/leads?q=zanzi").json().at("data").as_array().empty());
}

TEST_CASE("an open stream hears that the lead is gone")
{
    Acme acme;
    const auto stream = acme.owner.stream("/api/v1/stream");
    const auto lead = acme.erased();
    const auto texts = stream->texts(2);
    std::string text;
    for (const auto& each : texts) text += each;
    CHECK(
        text.find("event: lead.gone\ndata: {\"id\":\"" + lead.text() + "\"}") != std::string::npos);
}

}  // namespace leadcrm::privacy
