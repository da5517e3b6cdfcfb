#include "accounts/account_store.hpp"
#include "accounts/confirmation.hpp"
#include "accounts/sign_in.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/vault.hpp"

#include <doctest/doctest.h>

#include <regex>

namespace leadcrm::accounts {
namespace {

// An installation without a mail server: its letters are in the database.
struct Letters {
    testing::TestDatabase database;
    mail::Post post{*database, {}};
    jobs::Workers workers{*database};

    Letters() { handle_confirmations(workers, *database, post, "https://crm.example.com"); }

    UserId register_with(const std::string& password)
    {
        return register_organization(*database, testing::vault(),
            {{"Acme Homes"}, {"Ana Ruiz"}, {"ana@acme.example"}, {password}, std::nullopt,
                std::nullopt, std::nullopt},
            {"192.0.2.7", ""}, [](db::Tx&) {})
            .user_id;
    }
    std::vector<mail::MailRecord> sent()
    {
        workers.run_due();
        return database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); });
    }
    std::string newest_token()
    {
        const auto letters = sent();
        std::smatch found;
        const std::string text = letters.empty() ? "" : letters.front().text.value_or("");
        REQUIRE(std::regex_search(text, found,
            std::regex("https://crm\\.example\\.com/app/confirm-email#([A-Za-z0-9_-]{43})\n")));
        return found[1];
    }
    void confirm(const std::string& token, Instant now = Instant::now())
    {
        database->write_platform([&](db::PlatformTx& tx) { confirm_email(tx, token, now); });
    }
    bool is_confirmed(const UserId& user)
    {
        return database->read_platform([&](db::PlatformReader& db) {
            return store::find_user(db, user)->email_confirmed_at.has_value();
        });
    }
    void order(const UserId& user)
    {
        database->write_platform(
            [&](db::PlatformTx& tx) { order_confirmation(tx, *store::find_user(tx, user)); });
    }
    std::optional<Failure::Kind> refusal(const std::string& token, Instant now = Instant::now())
    {
        try {
            confirm(token, now);
        } catch (const Failure& failure) {
            return failure.kind;
        }
        return std::nullopt;
    }
};

}  // namespace

TEST_CASE("the link of the letter confirms the address, once")
{
    Letters letters;
    const auto ana = letters.register_with("correct horse battery");
    CHECK_FALSE(letters.is_confirmed(ana));
    const auto token = letters.newest_token();
    CHECK(letters.sent().front().recipient == "ana@acme.example");
    letters.confirm(token);
    CHECK(letters.is_confirmed(ana));
    CHECK(letters.refusal(token) == Failure::Kind::not_found);
    CHECK(letters.refusal("made up") == Failure::Kind::not_found);

    letters.order(ana);  // there is nothing left to confirm
    CHECK(letters.sent().size() == 1);
}

TEST_CASE("a link is worth nothing when its time is over or another letter was sent")
{
    Letters letters;
    const auto ana = letters.register_with("correct horse battery");
    const auto first = letters.newest_token();
    CHECK(letters.refusal(first, Instant::now() + confirmation_length) == Failure::Kind::not_found);
    letters.order(ana);
    const auto second = letters.newest_token();
    CHECK(letters.refusal(first) == Failure::Kind::not_found);
    CHECK_FALSE(letters.refusal(second));
}

TEST_CASE("the token is stored as a hash only")
{
    Letters letters;
    letters.register_with("correct horse battery");
    const auto token = letters.newest_token();
    letters.database->read_platform([&](db::PlatformReader& db) {
        CHECK(db.one<db::Blob>("SELECT token_hash FROM email_confirmations").bytes.size() == 32);
        CHECK(db.one<std::int64_t>(
                  "SELECT COUNT(*) FROM jobs WHERE payload LIKE $1", "%" + token + "%")
            == 0);
    });
}

TEST_CASE("who confirms first has the address; the other account goes on without it")
{
    Letters letters;
    const auto mine = letters.register_with("correct horse battery");
    const auto my_token = letters.newest_token();
    const auto rival = letters.register_with("something else");
    const auto rivals_token = letters.newest_token();
    letters.confirm(my_token);
    CHECK(letters.refusal(rivals_token) == Failure::Kind::conflict);
    CHECK(letters.is_confirmed(mine));
    CHECK_FALSE(letters.is_confirmed(rival));
    CHECK(sign_in(*letters.database, testing::vault(), {{"ana@acme.example"}, {"something else"}},
              {"192.0.2.7", ""})
              .user_id
        == rival);
}

TEST_CASE("nobody's mailbox is filled: five letters to an address and no more")
{
    Letters letters;
    const auto ana = letters.register_with("correct horse battery");
    letters.sent();
    for (int i = 0; i < 8; ++i) {
        letters.order(ana);
        letters.sent();
    }
    CHECK(letters.sent().size() == 5);
}

}  // namespace leadcrm::accounts
