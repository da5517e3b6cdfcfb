#include "meta/doctor_rules.hpp"
#include "meta/testing/meta_workspace.hpp"
#include "meta/trouble.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

// An organization whose letters are kept, since it has no mail server.
struct Clinic {
    testing::MetaWorkspace crm;
    OrganizationId organization = crm.organization_with_page("1");
    mail::Post post{*crm.database, {}};
    jobs::Workers workers{*crm.database};

    Clinic() { handle_trouble_letters(workers, *crm.database, post, "https://crm.example.com"); }

    void add_member(const std::string& email, const std::string& role, bool is_confirmed)
    {
        const auto user = UserId::make();
        const auto now = Instant::now();
        crm.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, email_confirmed_at, name, password_hash,"
                   " created_at) VALUES ($1, $2, $3, $4, '', $5)",
                user, email, is_confirmed ? std::optional(now) : std::nullopt, "Ana Ruiz", now);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
                   " VALUES ($1, $2, $3, $4)",
                user, organization, role, now);
        });
    }
    void has_problem(const std::string& page_id, const std::string& code, const std::string& words)
    {
        crm.database->write(organization, [&](db::Tx& tx) {
            store::set_problem(tx, page_id, {code, words, Instant::now()});
        });
    }
    void is_well_again(const std::string& page_id)
    {
        crm.database->write(organization, [&](db::Tx& tx) { store::clear_problem(tx, page_id); });
    }
    std::vector<mail::MailRecord> letters()
    {
        crm.database->write_platform([](db::PlatformTx& tx) {
            tx.run("UPDATE jobs SET run_at = 0 WHERE state = 'waiting'");
        });
        workers.run_due();
        return crm.database->read_platform(
            [](db::PlatformReader& db) { return mail::list(db, 100); });
    }
};

}  // namespace

TEST_CASE("owners whose address is confirmed are told, once, what stops the leads of their pages")
{
    Clinic clinic;
    clinic.add_member("ana@acme.example", "owner", true);
    clinic.add_member("slip@acme.example", "owner", false);
    clinic.add_member("joe@acme.example", "agent", true);
    clinic.crm.connect(clinic.organization, "2");
    clinic.has_problem("1", "reconnect", "The login has ended. Please connect again.");
    clinic.has_problem("2", "reconnect", "The login has ended. Please connect again.");
    clinic.has_problem("1", "reconnect", "The login has ended. Please connect again.");

    const auto letters = clinic.letters();
    REQUIRE(letters.size() == 1);
    CHECK(letters[0].recipient == "ana@acme.example");
    CHECK(letters[0].subject == "Leads of several pages do not come in");
    const auto text = letters[0].text.value_or("");
    CHECK(text.find("Smile Clinic: Facebook no longer accepts this page's connection.")
        != std::string::npos);
    CHECK(text.find("https://crm.example.com/app/sources?page=1") != std::string::npos);

    clinic.has_problem("1", "reconnect", "The login has ended. Please connect again.");
    CHECK(clinic.letters().size() == 1);
}

TEST_CASE("no letter leaves when all is well before it is written, and the next trouble is news")
{
    Clinic clinic;
    clinic.add_member("ana@acme.example", "owner", true);
    clinic.has_problem("1", "unclear", "Facebook does not say why.");
    clinic.is_well_again("1");
    CHECK(clinic.letters().empty());

    clinic.has_problem("1", "expiring", "The access ends in ten days.");
    REQUIRE(clinic.letters().size() == 1);
    CHECK(clinic.letters()[0].subject == "Facebook's access to Smile Clinic ends soon");
    clinic.has_problem("1", "reconnect", "The login has ended.");
    REQUIRE(clinic.letters().size() == 2);
    CHECK(clinic.letters()[0].subject == "Leads of Smile Clinic do not come in");
}

TEST_CASE("a trouble that comes and goes is told again after six hours at the earliest")
{
    Clinic clinic;
    clinic.add_member("ana@acme.example", "owner", true);
    clinic.has_problem("1", "unclear", "Facebook does not say why.");
    CHECK(clinic.letters().size() == 1);
    clinic.is_well_again("1");
    clinic.has_problem("1", "unclear", "Facebook does not say why.");
    CHECK(clinic.letters().size() == 1);

    clinic.is_well_again("1");
    clinic.crm.database->write(clinic.organization, [](db::Tx& tx) {
        tx.run("UPDATE told_troubles SET told_at = told_at - $2 WHERE organization_id = $1",
            std::int64_t{6} * 3600 * 1'000'000);
    });
    clinic.has_problem("1", "unclear", "Facebook does not say why.");
    CHECK(clinic.letters().size() == 2);
}

TEST_CASE("what the doctor finds failing is news the first time only")
{
    const std::vector<Check> well{{.code = "rhythm", .state = CheckState::ok}};
    const std::vector<Check> quiet{{.code = "rhythm", .state = CheckState::fail}};
    const std::vector<Check> untried{{.code = "round_trip", .state = CheckState::fail}};
    const std::vector<std::string> rhythm{"rhythm"};
    CHECK(new_troubles(quiet, well) == rhythm);
    CHECK(new_troubles(quiet, {}) == rhythm);
    CHECK(new_troubles(quiet, quiet).empty());
    CHECK(new_troubles(well, quiet).empty());
    CHECK(new_troubles(untried, well).empty());
}

}  // namespace leadcrm::meta
