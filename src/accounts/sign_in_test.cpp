#include "accounts/account_store.hpp"
#include "accounts/attempts.hpp"
#include "accounts/session_length.hpp"
#include "accounts/sign_in.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/migrate.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/vault.hpp"

#include <doctest/doctest.h>

namespace leadcrm::accounts {
namespace {

Registration ana_founds_acme()
{
    return {{"Acme Homes"}, {"Ana Ruiz"}, {"ana@acme.example"}, {"correct horse battery"},
        std::nullopt, Country{"ES"}, TimeZone{"Europe/Madrid"}};
}

// How many passwords this process has hashed.
double hashed_passwords()
{
    const auto figures = metrics::exposition();
    const auto at = figures.rfind("leadcrm_password_hashes_total ");
    return at == std::string::npos ? 0 : std::stod(figures.substr(figures.find(' ', at)));
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
    const auto signed_in = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);

    const auto member = database->read_platform(
        [&](db::PlatformReader& db) { return member_of_session(db, signed_in.token); });
    REQUIRE(member);
    CHECK(member->role == Role::owner);
    CHECK(member->organization_id == signed_in.organization_id);
}

TEST_CASE("a session is stored without its token and ends when its time is over")
{
    testing::TestDatabase database;
    const auto signed_in = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);

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
    const auto signed_in = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);
    sign_out(*database, signed_in.token);
    CHECK_FALSE(database->read_platform(
        [&](db::PlatformReader& db) { return member_of_session(db, signed_in.token); }));
}

TEST_CASE("what a new organization begins with is stored with it, or nothing is")
{
    testing::TestDatabase database;
    CHECK_THROWS(register_organization(*database, testing::vault(), ana_founds_acme(), at_home,
        [](db::Tx&) { throw Failure::internal("no stages today"); }));
    CHECK(database->read_platform([](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM users");
    }) == 0);
}

TEST_CASE("a wrong password and an unknown account get the same answer")
{
    testing::TestDatabase database;
    register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);

    std::string wrong;
    std::string unknown;
    try {
        sign_in(*database, testing::vault(), {{"ana@acme.example"}, {"guess"}}, at_home);
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::signed_out);
        wrong = failure.message;
    }
    try {
        sign_in(*database, testing::vault(), {{"nobody@acme.example"}, {"guess"}}, at_home);
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::signed_out);
        unknown = failure.message;
    }
    CHECK(wrong == unknown);
    CHECK_FALSE(wrong.empty());
}

TEST_CASE("a known person founds a second organization with the right password")
{
    testing::TestDatabase database;
    const auto first = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);
    const auto second = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);
    CHECK(second.user_id == first.user_id);
    CHECK(second.organization_id != first.organization_id);
}

TEST_CASE("accounts with the same address have nothing to do with each other")
{
    testing::TestDatabase database;
    auto stranger = ana_founds_acme();
    stranger.password.value = "something else";
    const auto theirs =
        register_organization(*database, testing::vault(), stranger, at_home, nothing_to_furnish);
    const auto mine = register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);
    CHECK(mine.user_id != theirs.user_id);
    CHECK(mine.organization_id != theirs.organization_id);

    const auto signed_in_with = [&](const std::string& password) {
        return sign_in(*database, testing::vault(), {{"ana@acme.example"}, {password}}, at_home);
    };
    CHECK(signed_in_with("correct horse battery").user_id == mine.user_id);
    CHECK(signed_in_with("something else").user_id == theirs.user_id);
    CHECK(failure_of([&] { signed_in_with("neither"); }) == Failure::Kind::signed_out);
}

TEST_CASE("registering and signing in hash once, whoever has the address and how many")
{
    testing::TestDatabase database;
    const auto hashes_of = [](const std::function<void()>& action) {
        const auto before = hashed_passwords();
        action();
        return hashed_passwords() - before;
    };
    auto ask = ana_founds_acme();
    const auto register_with = [&](const std::string& password) {
        ask.password.value = password;
        return hashes_of([&] {
            register_organization(
                *database, testing::vault(), ask, {"192.0.2.9", ""}, nothing_to_furnish);
        });
    };
    const auto sign_in_with = [&](const std::string& email, const std::string& password) {
        return hashes_of([&] {
            failure_of([&] {
                sign_in(*database, testing::vault(), {{email}, {password}}, at_home);
            });
        });
    };
    CHECK(register_with("the first password") == 1);
    CHECK(register_with("the second password") == 1);
    CHECK(register_with("the third password") == 1);
    CHECK(register_with("the second password") == 1);
    CHECK(sign_in_with("ana@acme.example", "the third password") == 1);
    CHECK(sign_in_with("ana@acme.example", "a guess") == 1);
    CHECK(sign_in_with("nobody@acme.example", "a guess") == 1);
}

TEST_CASE("accounts from before addresses were confirmed are there, whole and signed in")
{
    testing::TestDatabase database("0010");
    const auto user = UserId::make();
    const auto organization = database.add_organization();
    const std::string token_hash(32, 'h');
    database->write_platform([&](db::PlatformTx& tx) {
        tx.run(R"sql(
            INSERT INTO users (id, email, name, phone, password_hash, created_at)
            VALUES ($1, 'ana@acme.example', 'Ana Ruiz', '+34600000000', $2, 7)
        )sql",
            user, crypto::hash_password("correct horse battery", crypto::new_password_salt()));
        store::insert(tx, Membership{user, organization, Role::owner, Instant::now()});
        tx.run(R"sql(
            INSERT INTO sessions (token_hash, user_id, organization_id, created_at, expires_at,
                address, user_agent)
            VALUES ($1, $2, $3, 7, $4, '', '')
        )sql",
            db::Blob{token_hash}, user, organization, Instant::now() + session_length);
    });

    db::migrate(*database);

    const auto ana =
        database->read_platform([&](db::PlatformReader& db) { return store::find_user(db, user); });
    REQUIRE(ana);
    CHECK(ana->phone == "+34600000000");
    CHECK_FALSE(ana->email_confirmed_at);
    CHECK(database->read_platform([&](db::PlatformReader& db) {
        return store::find_session(db, token_hash, Instant::now());
    }));
    CHECK(sign_in(*database, testing::vault(), {{"ana@acme.example"}, {"correct horse battery"}},
              at_home)
              .user_id
        == user);
    CHECK(register_organization(
              *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish)
              .user_id
        == user);
    // What refers to a user still does.
    CHECK_THROWS(database->write_platform([&](db::PlatformTx& tx) {
        store::insert(tx, Membership{UserId::make(), organization, Role::agent, Instant::now()});
    }));
}

TEST_CASE("one account only has confirmed an address")
{
    testing::TestDatabase database;
    const auto add = [&](std::optional<Instant> confirmed_at) {
        database->write_platform([&](db::PlatformTx& tx) {
            store::insert(tx,
                User{UserId::make(), "ana@acme.example", confirmed_at, "Ana", std::nullopt, "hash",
                    Instant::now()});
        });
    };
    add(std::nullopt);
    add(Instant::now());
    add(std::nullopt);
    CHECK_THROWS(add(Instant::now()));
    const auto found = database->read_platform(
        [](db::PlatformReader& db) { return store::find_user(db, "ana@acme.example", "hash"); });
    REQUIRE(found);
    CHECK(found->email_confirmed_at);
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

TEST_CASE("an eleventh sign-in from a network is refused before the password is looked at")
{
    testing::TestDatabase database;
    register_organization(
        *database, testing::vault(), ana_founds_acme(), at_home, nothing_to_furnish);
    const SignIn right{{"ana@acme.example"}, {"correct horse battery"}};
    database->write_platform([&](db::PlatformTx& tx) {
        for (int i = 0; i < 10; ++i)
            count_attempt(tx, sign_in_limits("ana@acme.example", at_home.address));
    });
    CHECK(failure_of([&] { sign_in(*database, testing::vault(), right, at_home); })
        == Failure::Kind::too_many);
    CHECK(sign_in(*database, testing::vault(), right, {"198.51.100.1", ""}).token.size() > 40);
}

}  // namespace leadcrm::accounts
