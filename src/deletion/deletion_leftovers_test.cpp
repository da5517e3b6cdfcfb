#include "deletion/testing/deletion_product.hpp"
#include "exports/export_writing.hpp"
#include "people/invitation.hpp"

namespace leadcrm::deletion {

TEST_CASE("a deletion that is taken back in its last second closes nothing")
{
    Product product;
    product.registered(*product.owner, "Acme");
    const auto code = product.ordered(*product.owner, "Acme", 0);
    const auto steps = deletion_steps(product.around(), code, Instant::now());
    REQUIRE_FALSE(steps.empty());
    CHECK(product.owner->del("/api/v1/organization/deletion").status == 204);
    CHECK_THROWS_AS(steps.front().run(), jobs::TryAgain);
    CHECK(product.owner->get("/api/v1/leads").status == 200);
    CHECK(deletion_steps(product.around(), code, Instant::now()).empty());
}

TEST_CASE("an export that is being written when the organization goes leaves no file")
{
    Product product;
    const auto acme = product.registered(*product.owner, "Acme");
    jobs::Workers workers(*product.database, 1);
    exports::handle_exports(workers, *product.database, product.vault, product.folder / "exports");
    CHECK(product.owner->post("/api/v1/exports", {{"kind", "organization"}}).status == 202);
    const auto code = product.ordered(*product.owner, "Acme", 0);
    for (const auto& step : deletion_steps(product.around(), code, Instant::now())) {
        step.run();
        // Its files are gone, its rows are not.
        if (step.name == std::string("files")) workers.run_due();
    }
    CHECK(product.count("SELECT COUNT(*) FROM organizations") == 0);
    CHECK(sum_of(product.counts(acme)) == 0);
    const auto folder = product.folder / "exports";
    CHECK((!fs::exists(folder) || fs::is_empty(folder)));
}

TEST_CASE("letters about the organization go, whoever got them, and letters that never left too")
{
    Product product;
    const auto acme = product.registered(*product.owner, "Zanzibarium");
    jobs::Workers workers(*product.database, 1);
    people::handle_invitations(workers, *product.database, product.post, product.config.public_url);
    CHECK(product.owner
              ->post(
                  "/api/v1/invitations", {{"emails", {"zoe@elsewhere.example"}}, {"role", "agent"}})
              .status
        == 201);
    workers.run_due();
    const auto letters_to = [&](const std::string& recipient) {
        return product.count("SELECT COUNT(*) FROM mails WHERE recipient = '" + recipient + "'");
    };
    REQUIRE(letters_to("zoe@elsewhere.example") == 1);
    const auto invitations = product.owner->get("/api/v1/invitations").json().at("data");
    CHECK(product.owner
              ->del("/api/v1/invitations/" + std::string(invitations.at(0).at("id").as_string()))
              .status
        == 204);
    product.database->write_platform([&](db::PlatformTx& tx) {
        const auto now = Instant::now();
        tx.run("INSERT INTO email_changes (user_id, token_hash, email, password_hash, expires_at)"
               " SELECT id, $1, 'ana.new@elsewhere.example', '', $2 FROM users",
            db::Blob{"hash"}, now);
        for (const auto* recipient : {"ana.new@elsewhere.example", "kim@globex.example"})
            tx.run("INSERT INTO mails (id, recipient, subject, created_at)"
                   " VALUES ($1, $2, 'A letter', $3)",
                Id<"mail">::make(), recipient, now);
        for (const auto* recipient : {"ana@zanzibarium.example", "kim@globex.example"})
            jobs::enqueue(tx,
                {.kind = "accounts.notice_letter",
                    .payload = std::string(R"({"name":"Ana","email":")") + recipient + "\"}"});
    });
    product.run_all(product.ordered(*product.owner, "Zanzibarium", 0));
    CHECK(letters_to("zoe@elsewhere.example") == 0);
    CHECK(letters_to("ana.new@elsewhere.example") == 0);
    CHECK(letters_to("kim@globex.example") == 1);
    CHECK(product.count("SELECT COUNT(*) FROM jobs WHERE kind = 'accounts.notice_letter'") == 1);
    CHECK(sum_of(product.counts(acme)) == 0);
}

}  // namespace leadcrm::deletion
