#include "exports/export_contents.hpp"
#include "exports/stray_files.hpp"
#include "exports/testing/export_product.hpp"
#include "exports/testing/lead_file_reader.hpp"
#include "leads/lead_intake.hpp"
#include "leads/lead_store.hpp"
#include "leads/sample_leads.hpp"
#include "meta/lead_fetch.hpp"
#include "platform/csv.hpp"
#include "platform/jobs/job_store.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

namespace leadcrm::exports {
namespace {

namespace fs = std::filesystem;

struct CsvCell {
    std::string written;
    explicit CsvCell(std::string_view text) { csv::append_cell(written, text); }
};

}  // namespace

TEST_CASE("every table is either exported or left out for a reason, and no bytes leave")
{
    testing::TestDatabase database;
    database->read_platform([](db::PlatformReader& db) {
        std::size_t known = 0;
        for (const auto& table : db::list_tables(db))
            known += std::ranges::count(left_out(), table.name, &LeftOut::what) > 0 ? 1 : 0;
        const auto found = contents(db);
        CHECK(found.size() + known == db::list_tables(db).size());
        CHECK(found.size() > 20);
        for (const auto& content : found) {
            CAPTURE(content.table.name);
            CHECK_FALSE(content.table.key.empty());
            for (const auto& column : content.columns) {
                CAPTURE(column.name);
                CHECK(column.type != db::ColumnType::bytes);
            }
        }
    });
}

TEST_CASE("the file of an organization holds every row it has, and nothing of another's")
{
    Product product;
    testing::HttpClient other{product.program.routes(), product.program.site()};
    const auto elsewhere = product.registered(other, "Globex");
    leads::make_samples(*product.database, product.organization, 1200, 1);
    leads::make_samples(*product.database, elsewhere, 50, 2);

    const auto made = product.made(product.owner, {{"kind", "organization"}});
    REQUIRE(made.at("state") == "done");
    const auto file = product.fetched(product.owner, made);
    REQUIRE(file.status == 200);
    CHECK(made.at("bytes").as_int64() == std::int64_t(file.body.size()));
    CHECK(std::string(made.at("sha256").as_string()) == crypto::hex(crypto::sha256(file.body)));

    auto parts = unzip(file.body);
    product.database->read_platform([&](db::PlatformReader& db) {
        const auto reader = db.in_organization(product.organization);
        std::int64_t all = 0;
        for (const auto& content : contents(db)) {
            CAPTURE(content.table.name);
            if (content.table.name == "exports" || content.table.name == "counters") continue;
            // Fetching the file was recorded after it was written.
            if (content.table.name == "audit_log") continue;
            const auto rows = reader.one<std::int64_t>(
                "SELECT COUNT(*) FROM " + content.table.name + " WHERE " + content.condition);
            all += rows;
            CHECK(lines_of(parts.at("tables/" + content.table.name + ".jsonl")) == rows);
            CHECK(lines_of(parts.at("tables/" + content.table.name + ".csv")) >= rows + 1);
        }
        CHECK(all > 3600);
    });
    CHECK(lines_of(parts.at("tables/leads.jsonl")) == 1200);

    std::string lead = parts.at("tables/leads.jsonl");
    const auto first = boost::json::parse(lead.substr(0, lead.find('\n'))).as_object();
    CHECK(first.at("answers").is_array());
    CHECK(first.at("is_test").is_bool());
    CHECK(first.at("submitted_at").as_string().ends_with("Z"));
    CHECK(first.at("id").as_string().size() == 36);

    for (const auto& part : parts) {
        const auto& name = part.first;
        const auto& text = part.second;
        CAPTURE(name);
        CHECK(text.find("Globex") == std::string::npos);
        CHECK(text.find("$argon2id$") == std::string::npos);
        if (name == "SHA256SUMS") continue;
        CHECK(parts.at("SHA256SUMS").find(crypto::hex(crypto::sha256(text)) + "  " + name + "\n")
            != std::string::npos);
    }
    const auto schema = boost::json::parse(parts.at("schema.json")).as_object();
    CHECK(schema.at("tables").as_array().size() * 2 + 4 == parts.size());
    CHECK(parts.at("README.txt").find("Acme") != std::string::npos);
}

TEST_CASE("what Meta itself said of a lead is in the file, opened")
{
    Product product;
    const auto take_in = [&](const std::string& leadgen_id, const std::string& sealed) {
        const leads::Submission submission{.leadgen_id = leadgen_id,
            .contact = {"Ana " + leadgen_id, "", ""},
            .submitted_at = Instant::now(),
            .received_at = Instant::now(),
            .raw_sealed = sealed};
        product.database->write(
            product.organization, [&](db::Tx& tx) { leads::take_in(tx, submission); });
    };
    take_in("771",
        product.vault.seal("{\n  \"id\": \"771\",\n  \"retailer_item_id\": \"42\"\n}",
            meta::raw_context(product.organization, "771")));
    take_in("772", "sealed under keys that are lost");
    take_in("773", "");
    const auto made = product.made(product.owner, {{"kind", "organization"}});
    REQUIRE(made.at("state") == "done");
    auto parts = unzip(product.fetched(product.owner, made).body);
    const auto& lines = parts.at("originals.jsonl");
    REQUIRE(lines_of(lines) == 2);
    const auto end = lines.find('\n');
    const auto first = boost::json::parse(lines.substr(0, end)).as_object();
    CHECK(first.at("leadgen_id") == "771");
    CHECK(first.at("original").at("retailer_item_id") == "42");
    CHECK(
        boost::json::parse(lines.substr(end + 1, lines.size() - end - 2)).at("original").is_null());
    CHECK(parts.at("SHA256SUMS").find("  originals.jsonl\n") != std::string::npos);
    CHECK(parts.at("README.txt").find("originals.jsonl") != std::string::npos);
}

TEST_CASE("a spreadsheet takes no text for a formula, and numbers stay what they are")
{
    CHECK(CsvCell("=1+1").written == "\"'=1+1\"");
    CHECK(CsvCell("@SUM(A1)").written == "\"'@SUM(A1)\"");
    CHECK(CsvCell("-2+3").written == "\"'-2+3\"");
    CHECK(CsvCell("+1+cmd|' /C calc'!A0").written == "\"'+1+cmd|' /C calc'!A0\"");
    CHECK(CsvCell("\t=1").written == "\"'\t=1\"");
    CHECK(CsvCell("+49 30 1234567").written == "+49 30 1234567");
    CHECK(CsvCell("Ana \"A\", Ruiz").written == "\"Ana \"\"A\"\", Ruiz\"");
    CHECK(CsvCell("").written.empty());
}

TEST_CASE("a list of leads comes with its filter and within the sight of whoever asked")
{
    Product product;
    leads::make_samples(*product.database, product.organization, 300, 1);
    testing::HttpClient joe{product.program.routes(), product.program.site()};
    product.sign_in_agent(joe);
    const auto shown = joe.get("/api/v1/leads/count").json().at("count").as_int64();
    const auto all = product.owner.get("/api/v1/leads/count").json().at("count").as_int64();
    REQUIRE(shown < all);

    auto made = product.made(joe, {{"kind", "leads"}, {"format", "jsonl"}});
    CHECK(made.at("rows").as_int64() == shown);
    CHECK(lines_of(product.fetched(joe, made).body) == shown);

    const auto only = product.owner.get("/api/v1/leads/count?filter=%7B%22is_test%22:true%7D")
                          .json()
                          .at("count")
                          .as_int64();
    made = product.made(product.owner, {{"kind", "leads"}, {"filter", {{"is_test", true}}}});
    CHECK(made.at("rows").as_int64() == only);
    CHECK(made.at("format") == "csv");
    CHECK(product.fetched(product.owner, made).body.starts_with("number,name,email"));

    CHECK(joe.post("/api/v1/exports", {{"kind", "organization"}}).status == 403);
    CHECK(joe.get("/api/v1/exports/" + std::string(made.at("id").as_string())).status == 404);
    CHECK(joe.get(std::string(made.at("download_path").as_string())).status == 404);
    CHECK(joe.get("/api/v1/exports").json().at("data").as_array().size() == 1);
    CHECK(product.owner.get("/api/v1/exports").json().at("data").as_array().size() == 2);
    CHECK(product.owner
              .post("/api/v1/exports", {{"kind", "leads"}, {"filter", {{"no_such_thing", true}}}})
              .wrong_fields()
        == std::vector<std::string>{"filter.no_such_thing"});
}

TEST_CASE("a lead's line says what its person agreed to, and nothing where nobody asked")
{
    Product product;
    leads::make_samples(*product.database, product.organization, 2, 1);
    const auto made_of = [&](const std::vector<leads::Disclaimer>& disclaimers, Instant at) {
        product.database->write(product.organization, [&](db::Tx& tx) {
            const auto lead = tx.row<leads::LeadId>(
                "SELECT id FROM leads WHERE organization_id = $1 ORDER BY number LIMIT 1");
            leads::store::insert(tx,
                {.id = leads::SubmissionId::make(),
                    .lead_id = *lead,
                    .leadgen_id = rfc3339(at),
                    .submitted_at = at,
                    .received_at = at,
                    .source = {"{}"},
                    .answers = {"[]"},
                    .disclaimers = {json::text_of(disclaimers)}},
                "");
        });
    };
    const auto now = Instant::now();
    made_of({{"call", "You may call me.", true}, {"news", "", false}}, now);
    made_of({{"call", "You may call me.", false}}, now - std::chrono::hours(1));
    made_of({}, now + std::chrono::hours(1));

    const auto file = product
                          .fetched(product.owner,
                              product.made(product.owner, {{"kind", "leads"}, {"format", "csv"}}))
                          .body;
    CHECK(file.find(",answers,consents\r\n") != std::string::npos);
    CHECK(file.find(",You may call me.: yes; news: no\r\n") != std::string::npos);
    CHECK(file.find("You may call me.: no") == std::string::npos);
    CHECK(lines_of(file) == 3);
}

TEST_CASE("a file is fetched in parts, and is gone when its week is over")
{
    Product product;
    leads::make_samples(*product.database, product.organization, 20, 1);
    const auto made = product.made(product.owner, {{"kind", "leads"}});
    const auto whole = product.fetched(product.owner, made);
    const auto tag = whole.header("ETag");
    CHECK(whole.header("Content-Disposition").find("leads-") != std::string::npos);

    const auto part = product.fetched(product.owner, made, {{"Range", "bytes=10-19"}});
    CHECK(part.status == 206);
    CHECK(part.body == whole.body.substr(10, 10));
    CHECK(part.header("Content-Range") == "bytes 10-19/" + std::to_string(whole.body.size()));
    CHECK(product.fetched(product.owner, made, {{"Range", "bytes=-5"}}).body
        == whole.body.substr(whole.body.size() - 5));
    CHECK(product.fetched(product.owner, made, {{"Range", "bytes=99999999-"}}).status == 416);
    CHECK(product.fetched(product.owner, made, {{"Range", "lines=1-2"}}).status == 200);
    CHECK(
        product.fetched(product.owner, made, {{"Range", "bytes=0-1"}, {"If-Range", "\"x\""}}).status
        == 200);
    CHECK(product.fetched(product.owner, made, {{"If-None-Match", tag}}).status == 304);

    product.database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE jobs SET run_at = 0 WHERE kind = 'exports.expire'");
    });
    product.workers.run_due();
    CHECK(product.fetched(product.owner, made).status == 404);
    CHECK(fs::is_empty(product.folder / "exports"));
    CHECK(product.owner.get("/api/v1/exports").json().at("data").at(0).at("state") == "expired");
}

TEST_CASE("one export at a time for each person; what cannot be written says so")
{
    Product product;
    CHECK(product.owner.post("/api/v1/exports", {{"kind", "leads"}}).status == 202);
    CHECK(product.owner.post("/api/v1/exports", {{"kind", "leads"}}).status == 409);
    fs::create_directories(product.folder);
    fs::remove_all(product.folder / "exports");
    std::ofstream(product.folder / "exports") << "a file where the folder should be";
    for (int attempt = 0; attempt < 3; ++attempt) {
        product.workers.run_due();
        product.database->write_platform([](db::PlatformTx& tx) {
            tx.run("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'");
        });
    }
    CHECK(product.owner.get("/api/v1/exports").json().at("data").at(0).at("state") == "failed");
    CHECK(product.owner.post("/api/v1/exports", {{"kind", "leads"}}).status == 202);
}

TEST_CASE("an export that the server died of three times has failed, and another can be made")
{
    Product product;
    CHECK(product.owner.post("/api/v1/exports", {{"kind", "leads"}}).status == 202);
    for (int death = 0; death < 3; ++death) {
        product.database->write(product.organization, [](db::Tx& tx) {
            tx.run("UPDATE exports SET state = 'running' WHERE organization_id = $1");
        });
        product.database->write_platform([](db::PlatformTx& tx) {
            tx.run("UPDATE jobs SET state = 'running', ticket = id, lease_until = 1, run_at = 0"
                   " WHERE kind = 'exports.write' AND state = 'waiting'");
            jobs::store::return_lost(tx, Instant::now(), Instant::now());
        });
    }
    product.workers.run_due();
    CHECK(product.owner.get("/api/v1/exports").json().at("data").at(0).at("state") == "failed");
    CHECK(product.made(product.owner, {{"kind", "leads"}}).at("state") == "done");
}

TEST_CASE("files that a server left behind when it died are removed, those of exports stay")
{
    Product product;
    const auto folder = product.folder / "exports";
    const auto made = product.made(product.owner, {{"kind", "leads"}});
    const auto id = ExportId::parse(std::string(made.at("id").as_string())).value();
    const auto old = fs::file_time_type::clock::now() - std::chrono::hours(2);
    fs::last_write_time(file_of(folder, id), old);
    for (const auto* name : {"access-abc.part", "export_of_nobody.file"}) {
        std::ofstream(folder / name) << "Ana Ruiz";
        fs::last_write_time(folder / name, old);
    }
    std::ofstream(folder / "access-now.part") << "being written";

    remove_strays(*product.database, folder);
    CHECK(fs::exists(file_of(folder, id)));
    CHECK(fs::exists(folder / "access-now.part"));
    CHECK_FALSE(fs::exists(folder / "access-abc.part"));
    CHECK_FALSE(fs::exists(folder / "export_of_nobody.file"));
    remove_strays(*product.database, product.folder / "no such folder");
}

}  // namespace leadcrm::exports
