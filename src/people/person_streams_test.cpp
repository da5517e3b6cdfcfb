// Streams that were open when somebody's role, membership or session ended.
#include "app/testing/company.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::people {
namespace {

using app::testing::Company;
using app::testing::Person;

std::string path_of(const Person& person, const char* what)
{
    return "/api/v1/members/" + person.id.text() + "/" + what;
}

// Told to look at everything anew, and over.
bool ends(const testing::RecordedStream& stream)
{
    return stream.hears("event: reset") && testing::comes_true([&] { return stream.is_closed(); });
}

}  // namespace

TEST_CASE("a stream ends at once with the role or the membership it began with")
{
    Company acme;
    auto& ana = acme.product.owner;
    auto& tess = acme.find("Tess");
    auto& nia = acme.find("Nia");
    const auto of_tess = tess.browser->stream("/api/v1/stream");
    const auto of_nia = nia.browser->stream("/api/v1/stream");
    const auto of_ana = ana.stream("/api/v1/stream");

    REQUIRE(ana.put(path_of(tess, "role"), {{"role", "agent"}}).status == 204);
    CHECK(ends(*of_tess));
    REQUIRE(ana.post(path_of(nia, "deactivation"), boost::json::object()).status == 204);
    CHECK(ends(*of_nia));
    CHECK_FALSE(of_ana->is_closed());
}

TEST_CASE("an owner who is one no more hears nothing more as owner")
{
    Company acme;
    auto& tess = acme.find("Tess");
    REQUIRE(acme.product.owner.put(path_of(tess, "role"), {{"role", "owner"}}).status == 204);
    auto& ana = acme.product.owner;
    const auto of_ana = ana.stream("/api/v1/stream");
    const auto role = "/api/v1/members/" + acme.owner.text() + "/role";
    REQUIRE(ana.put(role, {{"role", "agent"}}).status == 204);
    CHECK(ends(*of_ana));
    CHECK(ana.get("/api/v1/me").status == 401);
}

TEST_CASE("when everybody is asked for a second factor, those who have none hear nothing more")
{
    Company acme;
    acme.product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("INSERT INTO second_factors (user_id, secret_sealed, confirmed_at, last_step)"
               " VALUES ($1, $2, 1, 0)",
            acme.owner, db::Blob{"sealed"});
    });
    auto& ana = acme.product.owner;
    auto& nia = *acme.find("Nia").browser;
    const auto of_ana = ana.stream("/api/v1/stream");
    const auto of_nia = nia.stream("/api/v1/stream");
    REQUIRE(ana.put("/api/v1/organization/second-factor", {{"is_needed", true}}).status == 204);
    CHECK(ends(*of_nia));
    CHECK(nia.get("/api/v1/leads").status == 403);
    CHECK_FALSE(of_ana->is_closed());
}

TEST_CASE("streams end with a session that is ended from afar")
{
    Company acme;
    auto& ana = acme.product.owner;
    auto elsewhere = acme.product.stranger();
    REQUIRE(elsewhere
                .post("/api/v1/auth/login",
                    {{"email", "ana@acme.example"}, {"password", "correct horse battery"}})
                .status
        == 200);
    const auto stream = elsewhere.stream("/api/v1/stream");
    REQUIRE(ana.del("/api/v1/me/sessions").status == 204);
    CHECK(ends(*stream));
    CHECK(elsewhere.get("/api/v1/me").status == 401);
}

}  // namespace leadcrm::people
