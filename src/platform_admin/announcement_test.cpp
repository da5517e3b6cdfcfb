#include "app/testing/whole_product.hpp"
#include "platform_admin/announcement.hpp"

#include <doctest/doctest.h>

namespace leadcrm::platform_admin {

TEST_CASE("the operator writes to every owner once, and to nobody else")
{
    app::testing::Product product;
    const auto change = [&](const std::string& sql) {
        product.database->write_platform([&](db::PlatformTx& tx) { tx.run(sql); });
    };
    for (const std::string who : {"ben", "cleo", "dan", "eve"}) {
        auto browser = product.stranger();
        REQUIRE(browser
                    .post("/api/v1/auth/register",
                        {{"organization_name", who}, {"name", who}, {"email", who + "@example.com"},
                            {"password", "correct horse battery"}})
                    .status
            == 201);
    }
    change("UPDATE users SET email_confirmed_at = 1 WHERE email <> 'cleo@example.com'");
    change("UPDATE organizations SET closed_at = 1 WHERE name = 'eve'");
    // Ben owns Dan's too, and Dan nothing any more.
    change("UPDATE memberships SET role = 'owner', user_id ="
           " (SELECT id FROM users WHERE email = 'ben@example.com')"
           " WHERE user_id = (SELECT id FROM users WHERE email = 'dan@example.com')");

    const Announcement news{{"Our terms change"},
        {"On 1 January the terms\nchange: <b>see</b> /terms.\n\n\nNothing else does.\r\n"}};
    const auto count =
        product.database->write_platform([&](db::PlatformTx& tx) { return announce(tx, news); });
    CHECK(count == 2);  // Ana and Ben
    mail::Post post{*product.database, {}};
    jobs::Workers workers{*product.database, 1};
    handle_announcements(workers, *product.database, post, "http://crm.example.com");
    workers.run_due();
    const auto mails =
        product.database->read_platform([](db::PlatformReader& db) { return mail::list(db, 100); });
    std::vector<std::string> to;
    for (const auto& each : mails) {
        if (each.subject != "Our terms change") continue;
        to.push_back(each.recipient);
        CHECK(each.text->find("On 1 January the terms change: <b>see</b> /terms.")
            != std::string::npos);
        CHECK(each.text->find("\n\nNothing else does.\n") != std::string::npos);
    }
    std::ranges::sort(to);
    CHECK(to == std::vector<std::string>{"ana@acme.example", "ben@example.com"});
}

}  // namespace leadcrm::platform_admin
