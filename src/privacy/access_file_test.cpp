#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"
#include "meta/delivery.hpp"
#include "meta/form_version.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/listed_lead.hpp"
#include "platform/testing/comes_true.hpp"
#include "privacy/access_file.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <map>
#include <string>

namespace leadcrm::privacy {
namespace {

using app::testing::Product;

std::map<std::string, std::string> unpacked(std::string_view zip)
{
    std::map<std::string, std::string> files;
    archive* reader = archive_read_new();
    archive_read_support_format_zip(reader);
    REQUIRE(archive_read_open_memory(reader, zip.data(), zip.size()) == ARCHIVE_OK);
    archive_entry* entry = nullptr;
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        std::string text(64 * 1024, '\0');
        text.resize(std::size_t(archive_read_data(reader, text.data(), text.size())));
        files[archive_entry_pathname(entry)] = text;
    }
    archive_read_free(reader);
    return files;
}

}  // namespace

TEST_CASE("an access file holds all that is kept about the person, to read and as data")
{
    Product product;
    const auto id = *OrganizationId::parse(std::string(
        product.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    const crypto::Vault vault(product.folder.path / "keys");
    const auto now = Instant::now();
    leads::Submission sent{.leadgen_id = "8800000000000001",
        .contact = {"Ana <Ruiz>", "ana@example.com", "+34611222333"},
        .source = {.channel = "meta", .page_id = "1001", .form_id = "77"},
        .answers = {{"why", "Why?", {"new roof & walls"}}},
        .disclaimers = {{"phone", "You may call me", true}},
        .submitted_at = now,
        .received_at = now};
    sent.raw_sealed = vault.seal(
        R"({"id":"8800000000000001","original":"yes"})", meta::raw_context(id, sent.leadgen_id));
    product.database->write_platform([&](db::PlatformTx& db) {
        const auto delivery = meta::DeliveryId::make();
        db.run("INSERT INTO webhook_deliveries (id, app_id, body, received_at, state)"
               " VALUES ($1, '1', $2, $3, 'sorted')",
            delivery, db::Blob{R"({"object":"page","entry":[{"changes":[
                {"value":{"leadgen_id":"8800000000000001"}},
                {"value":{"leadgen_id":"somebody else's"}}]}]})"},
            now);
        auto tx = db.in_organization(id);
        tx.run("INSERT INTO delivery_links (organization_id, delivery_id, page_id)"
               " VALUES ($1, $2, '1001')",
            delivery);
        meta::Form form{
            .form_id = "77", .page_id = "1001", .privacy_url = "https://acme.example/p"};
        meta::keep_version(tx, form);
        meta::take_in_listed(
            tx, {{.page_id = "1001", .submission = sent, .missing = {}}}, meta::BroughtBy::webhook);
    });
    const auto lead = std::string(
        product.owner.get("/api/v1/leads").json().at("data").at(0).at("id").as_string());
    // Opening it is part of what is told; it is recorded beside the answer.
    product.owner.get("/api/v1/leads/" + lead);
    const auto audit = "/api/v1/audit?object=" + lead;
    REQUIRE(testing::comes_true(
        [&] { return !product.owner.get(audit).json().at("data").as_array().empty(); }));

    const auto answer = product.owner.get("/api/v1/leads/" + lead + "/access-file");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "application/zip");
    const auto files = unpacked(answer.body);
    const auto& page = files.at("person.html");
    for (const auto* words :
        {"Ana &lt;Ruiz&gt;", "+34611222333", "new roof &amp; walls", "Agreed to", "You may call me",
            "https://acme.example/p", "lead.created", "Read one lead", "8800000000000001"}) {
        CAPTURE(words);
        CHECK(page.find(words) != std::string::npos);
    }
    CHECK(page.find("somebody else") == std::string::npos);
    const auto told = json::parse(files.at("person.json"));
    CHECK(told.at("lead").at("submissions").at(0).at("form_version") == 1);
    CHECK(told.at("forms").at(0).at("privacy_url") == "https://acme.example/p");
    CHECK(told.at("originals").at("8800000000000001").at("original") == "yes");
    CHECK(told.at("deliveries").as_array().size() == 1);
    CHECK(told.at("audit").at(0).at("what") == "Read one lead with its submissions and timeline");
    for (const auto* table : {"submissions", "events", "lead_fetches"})
        CHECK(told.at("tables").at(table).as_array().size() == 1);
    // Asked for by an owner, and recorded; nothing of it stays on the disk.
    CHECK(product.owner.get("/api/v1/audit?object=" + lead)
              .body.find("Fetch everything kept about a person")
        != std::string::npos);
    CHECK(std::filesystem::is_empty(product.folder.path / "exports"));
    CHECK(product.owner.get("/api/v1/leads/lead_01h455vb4pex5vsknk084sn02q/access-file").status
        == 404);
}

}  // namespace leadcrm::privacy
