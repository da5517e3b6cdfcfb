#include "accounts/reader_of.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

using letters::Reader;

struct Office {
    testing::TestDatabase database;
    OrganizationId organization = database.add_organization();
    UserId owner = add("owner");
    UserId agent = add("agent");

    UserId add(const std::string& role)
    {
        const auto user = UserId::make();
        const auto now = Instant::now();
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, name, password_hash, created_at)"
                   " VALUES ($1, $2, $3, '', $4)",
                user, user.text() + "@acme.example", role, now);
            if (role != "nobody")
                tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
                       " VALUES ($1, $2, $3, $4)",
                    user, organization, role, now);
        });
        return user;
    }
    void set(const UserId& user, const std::string& column, const std::string& value)
    {
        database->write_platform([&](db::PlatformTx& tx) {
            tx.run("UPDATE users SET " + column + " = $2 WHERE id = $1", user, value);
        });
    }
    void comes_with(const UserId& user, std::optional<Language> browser)
    {
        Visitor visitor;
        visitor.browser_language = browser;
        database->write_platform(
            [&](db::PlatformTx& tx) { note_browser_language(tx, user, visitor); });
    }
    // "de Europe/Berlin"
    std::string reads(const UserId& user)
    {
        const auto reader =
            database->read_platform([&](db::PlatformReader& db) { return reader_of(db, user); });
        return std::string(boost::describe::enum_to_string(reader.language, "")) + " "
            + reader.time_zone;
    }
};

}  // namespace

TEST_CASE("the profile's language comes before the browser's, an owner's and English")
{
    Office acme;
    acme.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE organizations SET time_zone = 'Asia/Tokyo'"); });
    CHECK(acme.reads(acme.agent) == "en Asia/Tokyo");
    acme.set(acme.owner, "language", "de");
    CHECK(acme.reads(acme.agent) == "de Asia/Tokyo");
    CHECK(acme.reads(acme.owner) == "de Asia/Tokyo");
    acme.comes_with(acme.agent, Language::en);
    CHECK(acme.reads(acme.agent) == "en Asia/Tokyo");
    acme.comes_with(acme.agent, std::nullopt);
    CHECK(acme.reads(acme.agent) == "en Asia/Tokyo");
    acme.set(acme.agent, "language", "de");
    acme.set(acme.agent, "time_zone", "Europe/Berlin");
    CHECK(acme.reads(acme.agent) == "de Europe/Berlin");
}

TEST_CASE("a browser's language follows the browser")
{
    Office acme;
    acme.comes_with(acme.agent, Language::de);
    CHECK(acme.reads(acme.agent).starts_with("de"));
    acme.comes_with(acme.agent, Language::en);
    CHECK(acme.reads(acme.agent).starts_with("en"));
    // Of the agent, not of others.
    acme.comes_with(acme.owner, Language::de);
    CHECK(acme.reads(acme.agent).starts_with("en"));
}

TEST_CASE("who is in no organization, or is nobody, is written to in English and UTC")
{
    Office acme;
    acme.set(acme.owner, "language", "de");
    CHECK(acme.reads(acme.add("nobody")) == "en UTC");
    CHECK(acme.reads(UserId::make()) == "en UTC");
}

}  // namespace leadcrm::accounts
