#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/sign_in.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

Registration ana_founds_acme()
{
    return {{"Acme Homes"}, {"Ana Ruiz"}, {"ana@acme.example"}, {"correct horse battery"},
        std::nullopt, Country{"ES"}, TimeZone{"Europe/Madrid"}};
}

const Visitor at_home{"192.0.2.7", "a browser"};
void nothing_to_furnish(db::Tx&) { }

Failure::Kind failure_of(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Failure& failure) {
        return failure.kind;
    }
    return Failure::Kind::internal;
}

}  // namespace

TEST_CASE("who registers an organization is its owner and signed in")
{
    testing::TestDatabase database;
    const auto signed_in =
        register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);

    const auto member = database->read_platform(
        [&](db::PlatformReader& db) { return member_of_session(db, signed_in.token); });
    REQUIRE(member);
    CHECK(member->role == Role::owner);
    CHECK(member->organization_id == signed_in.organization_id);
}

TEST_CASE("a session is stored without its token and ends when its time is over")
{
    testing::TestDatabase database;
    const auto signed_in =
        register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);

    database->read_platform([&](db::PlatformReader& db) {
        const auto stored = db.one<db::Blob>("SELECT token_hash FROM sessions");
        CHECK(stored.bytes.find(signed_in.token) == std::string::npos);
        CHECK(member_of_session(db, signed_in.token, Instant::now() + session_length / 2));
        CHECK_FALSE(member_of_session(db, signed_in.token, Instant::now() + session_length));
    });
}

TEST_CASE("signing out ends the session")
{
    testing::TestDatabase database;
    const auto signed_in =
        register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);
    sign_out(*database, signed_in.token);
    CHECK_FALSE(database->read_platform(
        [&](db::PlatformReader& db) { return member_of_session(db, signed_in.token); }));
}

TEST_CASE("what a new organization begins with is stored with it, or nothing is")
{
    testing::TestDatabase database;
    CHECK_THROWS(register_organization(*database, ana_founds_acme(), at_home,
        [](db::Tx&) { throw Failure::internal("no stages today"); }));
    CHECK_FALSE(database->read_platform(
        [](db::PlatformReader& db) { return store::find_user(db, "ana@acme.example"); }));
}

TEST_CASE("a wrong password and an unknown account get the same answer")
{
    testing::TestDatabase database;
    register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);

    std::string wrong;
    std::string unknown;
    try {
        sign_in(*database, {{"ana@acme.example"}, {"guess"}}, at_home);
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::signed_out);
        wrong = failure.message;
    }
    try {
        sign_in(*database, {{"nobody@acme.example"}, {"guess"}}, at_home);
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::signed_out);
        unknown = failure.message;
    }
    CHECK(wrong == unknown);
    CHECK_FALSE(wrong.empty());
}

TEST_CASE("a known person founds a second organization with the right password only")
{
    testing::TestDatabase database;
    const auto first =
        register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);

    auto stranger = ana_founds_acme();
    stranger.password.value = "something else";
    CHECK(failure_of([&] {
        register_organization(*database, stranger, at_home, nothing_to_furnish);
    }) == Failure::Kind::conflict);

    const auto second =
        register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);
    CHECK(second.user_id == first.user_id);
    CHECK(second.organization_id != first.organization_id);
}

TEST_CASE("guessing stops after ten tries, and only for the address that guesses")
{
    testing::TestDatabase database;
    const auto limits = sign_in_limits("ana@acme.example", "192.0.2.7");
    auto attempt = [&](const std::vector<AttemptLimit>& counted, Instant now) {
        return database->write_platform(
            [&](db::PlatformTx& tx) { return count_attempt(tx, counted, now); });
    };

    const auto now = Instant::now();
    for (int i = 0; i < 10; ++i) CHECK(attempt(limits, now));
    CHECK_FALSE(attempt(limits, now));
    CHECK(attempt(sign_in_limits("ana@acme.example", "198.51.100.1"), now));
    CHECK(attempt(limits, now + attempts_window + std::chrono::seconds(1)));
}

TEST_CASE("an eleventh sign-in is refused before the password is looked at")
{
    testing::TestDatabase database;
    register_organization(*database, ana_founds_acme(), at_home, nothing_to_furnish);
    const SignIn right{{"ana@acme.example"}, {"correct horse battery"}};
    database->write_platform([&](db::PlatformTx& tx) {
        for (int i = 0; i < 10; ++i)
            count_attempt(tx, sign_in_limits("ana@acme.example", at_home.address));
    });
    CHECK(failure_of([&] { sign_in(*database, right, at_home); }) == Failure::Kind::too_many);
    CHECK(sign_in(*database, right, {"198.51.100.1", ""}).token.size() > 40);
}

}  // namespace leadcrm::accounts
