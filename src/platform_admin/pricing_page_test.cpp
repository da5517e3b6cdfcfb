#include "platform/testing/database.hpp"
#include "platform_admin/pricing_page.hpp"

#include <doctest/doctest.h>

namespace leadcrm::platform_admin {

TEST_CASE("strangers read the plans as the operator has them")
{
    testing::TestDatabase database;
    database->write_platform([](db::PlatformTx& tx) {
        tx.run("DELETE FROM plans");
        tx.run("INSERT INTO plans (id, name, seats, monthly_leads, position) VALUES"
               " ('free', 'Free', 3, 500, 1), ('business', 'Business', NULL, NULL, 3)");
    });
    const auto page = [&] {
        return plans_html(
            database->read_platform([](db::PlatformReader& db) { return list_plans(db); }));
    };
    CHECK(page().find("<th scope=\"row\">Free</th><td>up to 3 people</td><td>up to 500 leads</td>")
        != std::string::npos);
    CHECK(
        page().find("<th scope=\"row\">Business</th><td>without limit</td>") != std::string::npos);
    database->write_platform([](db::PlatformTx& tx) {
        tx.run("UPDATE plans SET name = 'Small & nice', seats = 4 WHERE id = 'free'");
        tx.run("DELETE FROM plans WHERE id = 'business'");
    });
    CHECK(page().find("Small &amp; nice</th><td>up to 4 people") != std::string::npos);
    CHECK(page().find("Business") == std::string::npos);
    CHECK(plans_html({}).empty());
}

}  // namespace leadcrm::platform_admin
