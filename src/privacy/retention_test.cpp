#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"
#include "privacy/retention.hpp"

#include <doctest/doctest.h>

namespace leadcrm::privacy {
namespace {

using namespace std::chrono_literals;
using app::testing::Product;

constexpr auto path = "/api/v1/retention";
constexpr auto password = "correct horse battery";

struct Acme : Product {
    OrganizationId id = *OrganizationId::parse(
        std::string(owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    mail::Post post{*database, {}};
    jobs::Workers workers{*database, 1};

    Acme() { handle_retention(workers, *database, post, "http://crm.example.com"); }

    // Nothing has happened with the lead for so many months.
    void rests(const std::string& name, const std::string& form_id, std::int64_t months)
    {
        const auto since = months_before(Instant::now(), months) - 1h;
        database->write(id, [&](db::Tx& tx) {
            leads::take_in(tx,
                {.leadgen_id = "of " + name,
                    .contact = {name, name + "@example.com", ""},
                    .source = {.channel = "meta", .page_id = "1", .form_id = form_id},
                    .submitted_at = since,
                    .received_at = since});
            tx.run("UPDATE leads SET updated_at = $3 WHERE organization_id = $1 AND name = $2",
                name, since);
        });
    }
    boost::json::value set(std::int64_t months, const char* form_id = nullptr)
    {
        const auto answer = owner.put(path,
            {{"months", months}, {"form_id", form_id ? boost::json::value(form_id) : nullptr},
                {"password", password}});
        CAPTURE(answer.body);
        REQUIRE(answer.status == 200);
        return answer.json();
    }
    void let_rules_begin()
    {
        database->write(id, [](db::Tx& tx) {
            tx.run("UPDATE retention_rules SET begins_at = 1 WHERE organization_id = $1");
        });
    }
    std::vector<std::string> names()
    {
        return database->read(id, [](db::Reader& db) {
            return db.rows<std::string>(
                "SELECT name FROM leads WHERE organization_id = $1 ORDER BY name");
        });
    }
    void night()
    {
        order_retention(*database);
        workers.run_due();
    }
};

using Names = std::vector<std::string>;

TEST_CASE("months are those of the calendar, and a short month ends with its last day")
{
    const auto before = [](const char* time, std::int64_t months) {
        return rfc3339(months_before(*parse_time(time), months));
    };
    CHECK(before("2026-11-27T10:00:00Z", 12) == "2025-11-27T10:00:00Z");
    CHECK(before("2026-03-31T10:00:00Z", 1) == "2026-02-28T10:00:00Z");
    CHECK(before("2026-01-05T23:59:59.5Z", 2) == "2025-11-05T23:59:59.500000Z");
}

TEST_CASE("a preview counts what a rule would reach, and nothing goes before the rule begins")
{
    Acme acme;
    acme.rests("Old", "77", 13);
    acme.rests("Older", "78", 25);
    acme.rests("Young", "77", 1);
    const auto all = acme.owner.get(std::string(path) + "/preview?months=12").json();
    CHECK(all.at("leads") == 2);
    CHECK_FALSE(all.at("oldest_at").is_null());
    CHECK(acme.owner.get(std::string(path) + "/preview?months=12&form_id=77").json().at("leads")
        == 1);
    CHECK(acme.owner.get(std::string(path) + "/preview?months=0").status == 422);

    CHECK(acme.owner.put(path, {{"months", 12}, {"password", "no such thing"}}).wrong_fields()
        == Names{"password"});
    CHECK(acme.set(12).at("data").as_array().size() == 1);
    acme.night();
    CHECK(acme.names() == Names{"Old", "Older", "Young"});
    acme.let_rules_begin();
    acme.night();
    CHECK(acme.names() == Names{"Young"});
    const auto audit = acme.owner.get("/api/v1/audit").body;
    CHECK(audit.find("Erase a lead whose time to be kept is over") != std::string::npos);
}

TEST_CASE("a form's own rule holds for its leads instead of the one for all")
{
    Acme acme;
    acme.rests("Old", "77", 13);
    acme.rests("Older", "78", 13);
    acme.set(12);
    acme.set(24, "77");
    acme.let_rules_begin();
    acme.night();
    CHECK(acme.names() == Names{"Old"});
    CHECK(acme.set(6, "77").at("data").as_array().size() == 2);
    CHECK(acme.owner.put(path, {{"months", nullptr}, {"form_id", "77"}, {"password", password}})
              .json()
              .at("data")
              .as_array()
              .size()
        == 1);
}

TEST_CASE("a lead somebody worked on lately stays, and pieces do not skip any")
{
    Acme acme;
    for (int i = 0; i < 45; ++i) acme.rests("Old" + std::to_string(i), "77", 13);
    acme.rests("Worked", "77", 13);
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE leads SET updated_at = $2 WHERE organization_id = $1 AND name = 'Worked'",
            Instant::now());
    });
    acme.set(12);
    acme.let_rules_begin();
    acme.night();
    CHECK(acme.names() == Names{"Worked"});
}

TEST_CASE("a deleted lead is erased when it can no longer be restored, and does not come back")
{
    Acme acme;
    acme.rests("Kept", "77", 1);
    acme.rests("Deleted", "77", 1);
    const auto found = acme.owner.get("/api/v1/leads?q=deleted").json().at("data").as_array();
    REQUIRE(found.size() == 1);
    const auto id = std::string(found.front().at("id").as_string());
    REQUIRE(
        acme.owner.post("/api/v1/leads/delete", {{"ids", boost::json::array{id}}}).status == 200);
    const auto erase_at = [&](std::chrono::hours from_now) {
        return erase_long_deleted(*acme.database, acme.id, Instant::now() + from_now, 10);
    };
    CHECK(erase_at(29 * 24h) == 0);
    CHECK(acme.names() == Names{"Deleted", "Kept"});
    CHECK(acme.owner.get("/api/v1/leads/" + id + "/access-file").status == 200);
    CHECK(erase_at(30 * 24h + 1h) == 1);
    CHECK(erase_at(30 * 24h + 1h) == 0);
    CHECK(acme.names() == Names{"Kept"});

    const auto again = acme.database->write(acme.id, [](db::Tx& tx) {
        return leads::take_in(tx,
            {.leadgen_id = "of Deleted",
                .contact = {"Deleted", "deleted@example.com", ""},
                .source = {.channel = "meta", .page_id = "1", .form_id = "77"},
                .submitted_at = Instant::now(),
                .received_at = Instant::now()});
    });
    CHECK(again == leads::Intake::erased);
    // Whoever deleted it took it out of the statistics already.
    acme.database->read(acme.id, [](db::Reader& db) {
        CHECK(db.one<std::int64_t>("SELECT COUNT(*) FROM erased_leads WHERE organization_id = $1")
            == 0);
    });
    const auto audit = acme.owner.get("/api/v1/audit?limit=50").body;
    CHECK(audit.find("privacy.deleted") != std::string::npos);
}

TEST_CASE("the rules for keeping and a person's wish reach a deleted lead too")
{
    Acme acme;
    for (const auto* name : {"Old", "Asked"}) acme.rests(name, "77", 13);
    const auto all = acme.owner.get("/api/v1/leads").json().at("data").as_array();
    REQUIRE(all.size() == 2);
    boost::json::array ids;
    for (const auto& lead : all) ids.push_back(lead.at("id"));
    REQUIRE(acme.owner.post("/api/v1/leads/delete", {{"ids", ids}}).json().at("changed") == 2);
    for (const auto& lead : all) {
        if (lead.at("name") != "Asked") continue;
        const auto target = "/api/v1/leads/" + std::string(lead.at("id").as_string()) + "/erasure";
        CHECK(acme.owner.post(target, {{"password", password}}).status == 200);
    }
    CHECK(acme.names() == Names{"Old"});
    acme.set(12);
    acme.let_rules_begin();
    acme.night();
    CHECK(acme.names() == Names{});
}

TEST_CASE("owners get a letter with the numbers before a rule begins")
{
    Acme acme;
    acme.rests("Old", "77", 13);
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
    acme.set(12);
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE jobs SET run_at = 1 WHERE state = 'waiting'"); });
    acme.workers.run_due();
    const auto mails =
        acme.database->read_platform([](db::PlatformReader& db) { return mail::list(db, 10); });
    const auto found = std::find_if(mails.begin(), mails.end(), [](const mail::MailRecord& each) {
        return each.subject == "Leads will be erased when their time is over";
    });
    REQUIRE(found != mails.end());
    CHECK(found->text.value_or("").find("12 months") != std::string::npos);
    CHECK(found->text.value_or("").find("Today that is 1 lead.") != std::string::npos);

    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE users SET language = 'de'"); });
    acme.set(1);
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE jobs SET run_at = 1 WHERE state = 'waiting'"); });
    acme.workers.run_due();
    const auto german = acme.database->read_platform(
        [](db::PlatformReader& db) { return mail::list(db, 1).at(0); });
    CHECK(german.subject == "Leads werden endgültig gelöscht, wenn ihre Zeit vorbei ist");
    CHECK(german.text.value_or("").find("1 Monat nach dem letzten Ereignis") != std::string::npos);
}

}  // namespace
}  // namespace leadcrm::privacy
