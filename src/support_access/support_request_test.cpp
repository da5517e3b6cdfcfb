// Support asks an organization's owners to let it look, and they answer.
#include "app/testing/company.hpp"
#include "platform/testing/comes_true.hpp"
#include "support_access/support_request.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

using namespace testing;

namespace {

struct Asking {
    Company company;
    HttpClient& ana = company.product.owner;
    HttpClient& ada = company.product.admin();
    std::string path = "/api/v1/platform/organizations/" + company.acme.text() + "/support-request";

    int ask() { return ada.post(path, {{"reason", "Why the spring form is quiet."}}).status; }
    boost::json::value seen_by(HttpClient& who)
    {
        return who.get("/api/v1/organization/support-access").json().at("request");
    }
    std::string state()
    {
        const auto view = ada.get("/api/v1/platform/organizations/" + company.acme.text()).json();
        const auto& request = view.at("support_request");
        return request.is_null() ? "" : std::string(request.at("state").as_string());
    }
    int grant()
    {
        return ana
            .post("/api/v1/organization/support-access",
                {{"length", "hour"}, {"reason", "Why the spring form is quiet."}})
            .status;
    }
    int decline() { return ana.del("/api/v1/organization/support-request").status; }
    std::int64_t acts(const std::string& what)
    {
        return company.product.database->read(company.acme, [&](db::Reader& db) {
            return db.one<std::int64_t>(
                "SELECT count(*) FROM audit_log WHERE organization_id = $1 AND what = $2", what);
        });
    }
    void run_out()
    {
        company.product.database->write(company.acme, [](db::Tx& tx) {
            tx.run("UPDATE support_requests SET expires_at = 1 WHERE organization_id = $1");
        });
    }
    // Of letters, once all of them are written.
    std::vector<std::string> subjects()
    {
        company.product.database->write_platform(
            [](db::PlatformTx& tx) { tx.run("UPDATE users SET email_confirmed_at = 1"); });
        company.product.program.start();
        const auto waiting = [&] {
            return company.product.database->read_platform([](db::PlatformReader& db) {
                return db.one<std::int64_t>(
                    "SELECT count(*) FROM jobs WHERE kind IN"
                    " ('support_access.request_letter', 'support_access.answer_letter')");
            });
        };
        CHECK(comes_true([&] { return waiting() == 0; }));
        company.product.program.stop();
        return company.product.database->read_platform([](db::PlatformReader& db) {
            return db.rows<std::string>("SELECT subject FROM mails"
                                        " WHERE subject NOT LIKE '%address%' ORDER BY subject");
        });
    }
};

}  // namespace

TEST_CASE("a request is seen by owners alone, stands alone, and says by whom and for what")
{
    Asking asking;
    CHECK(asking.state().empty());
    CHECK(asking.ask() == 201);
    CHECK(asking.ask() == 409);
    const auto request = asking.seen_by(asking.ana);
    CHECK(request.at("asked_by") == "Ada");
    CHECK(request.at("reason") == "Why the spring form is quiet.");
    for (auto& person : asking.company.people) CHECK(asking.seen_by(*person.browser).is_null());
    CHECK(asking.state() == "open");
    CHECK(asking.acts("Ask for support access") == 1);
    // It opens nothing.
    CHECK(asking.ada.post("/api/v1/platform/organizations/" + asking.company.acme.text() + "/visit")
              .status
        == 403);
    CHECK(asking.subjects() == std::vector<std::string>{"Support asks to look into Acme"});
}

TEST_CASE("granting answers a request")
{
    Asking asking;
    REQUIRE(asking.ask() == 201);
    CHECK(asking.grant() == 201);
    CHECK(asking.seen_by(asking.ana).is_null());
    CHECK(asking.state() == "granted");
    CHECK(asking.ask() == 409);
    CHECK(asking.decline() == 404);
    CHECK(asking.subjects() == std::vector<std::string>{"Acme lets you look"});
}

TEST_CASE("an owner declines a request, and whoever asked is told")
{
    Asking asking;
    CHECK(asking.decline() == 404);
    REQUIRE(asking.ask() == 201);
    CHECK(asking.company.find("Tess").browser->del("/api/v1/organization/support-request").status
        == 403);
    CHECK(asking.decline() == 204);
    CHECK(asking.seen_by(asking.ana).is_null());
    CHECK(asking.state() == "declined");
    CHECK(asking.acts("Decline the request for support access") == 1);
    CHECK(asking.subjects() == std::vector<std::string>{"Acme does not let support look"});
    CHECK(asking.ask() == 201);
}

TEST_CASE("a request is withdrawn, or ends by itself after a week")
{
    Asking asking;
    CHECK(asking.ada.del(asking.path).status == 404);
    REQUIRE(asking.ask() == 201);
    CHECK(asking.ada.del(asking.path).status == 204);
    CHECK(asking.state() == "withdrawn");
    CHECK(asking.acts("Withdraw the request for support access") == 1);
    CHECK(asking.seen_by(asking.ana).is_null());

    REQUIRE(asking.ask() == 201);
    asking.run_out();
    CHECK(asking.seen_by(asking.ana).is_null());
    CHECK(asking.state() == "expired");
    CHECK(asking.decline() == 404);
    CHECK(asking.ada.del(asking.path).status == 404);
    CHECK(asking.ask() == 201);
}

TEST_CASE("nobody else asks, and nobody who could not answer is asked")
{
    Asking asking;
    CHECK(asking.ana.post(asking.path, {{"reason", "Me too."}}).status == 403);
    CHECK(asking.ada.post(asking.path, {{"reason", "?"}}).status == 422);
    CHECK(asking.ada
              .post("/api/v1/platform/organizations/" + OrganizationId::make().text()
                      + "/support-request",
                  {{"reason", "Anybody there?"}})
              .status
        == 404);
    REQUIRE(asking.ada
                .put("/api/v1/platform/organizations/" + asking.company.acme.text() + "/suspension",
                    {{"reason", "The invoice is open."}})
                .status
        == 204);
    CHECK(asking.ask() == 409);
}

}  // namespace leadcrm::app
