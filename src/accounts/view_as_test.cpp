// "View as…": what an owner sees meanwhile, and that nothing is changed by it.
#include "accounts/device.hpp"
#include "accounts/sign_in.hpp"
#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

using namespace testing;

namespace {

// Ana owns Acme, where Joe and Olga (an owner too) work; Joe is in another organization as well.
// One lead is Joe's, one is Ana's.
struct Office {
    Product product;
    HttpClient& ana = product.owner;
    OrganizationId acme =
        *OrganizationId::parse(text(ana.get("/api/v1/me").json().at("organization").at("id")));
    UserId joe = add("Joe", "agent");
    UserId olga = add("Olga", "owner");

    Office()
    {
        const auto me = *UserId::parse(text(ana.get("/api/v1/me").json().at("user").at("id")));
        add_lead("quince", joe);
        add_lead("medlar", me);
        const auto elsewhere = OrganizationId::make();
        product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO organizations (id, name, time_zone, created_at)"
                   " VALUES ($1, 'Globex', 'UTC', 0)",
                elsewhere);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
                   " VALUES ($1, $2, 'agent', 0)",
                joe, elsewhere);
        });
    }
    static std::string text(const boost::json::value& value)
    {
        return std::string(value.as_string());
    }
    UserId add(const std::string& name, const std::string& role)
    {
        const auto id = UserId::make();
        product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, name, phone, password_hash, created_at)"
                   " VALUES ($1, $2, $3, '+34600000000', '', 0)",
                id, name + "@acme.example", name);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, created_at)"
                   " VALUES ($1, $2, $3, 0)",
                id, acme, role);
        });
        return id;
    }
    void add_lead(const std::string& word, const UserId& owner_id)
    {
        const leads::Submission submission{.leadgen_id = word,
            .contact = {word, word + "@example.com", ""},
            .source = {.channel = "meta", .page_id = "1", .page_name = "Page"},
            .submitted_at = Instant::now(),
            .received_at = Instant::now()};
        product.database->write(acme, [&](db::Tx& tx) {
            leads::take_in(tx, submission);
            tx.run("UPDATE leads SET owner_id = $2 WHERE organization_id = $1 AND name = $3",
                owner_id, word);
        });
    }
    int view(const UserId& who)
    {
        return ana.post("/api/v1/members/" + who.text() + "/view").status;
    }
    std::int64_t count() { return ana.get("/api/v1/leads/count").json().at("count").as_int64(); }
};

}  // namespace

TEST_CASE("an owner looks as an agent, sees what the agent sees, and is oneself again")
{
    Office office;
    REQUIRE(office.ana
                .put("/api/v1/me/profile",
                    {{"name", "Ana"}, {"language", "de"}, {"time_zone", "Europe/Berlin"}})
                .status
        == 204);
    CHECK(office.count() == 2);
    REQUIRE(office.view(office.joe) == 204);
    CHECK(office.count() == 1);
    CHECK(office.ana.get("/api/v1/members").status == 403);
    const auto me = office.ana.get("/api/v1/me").json();
    CHECK(me.at("user").at("name") == "Joe");
    CHECK(me.at("role") == "agent");
    CHECK(me.at("viewer").at("name") == "Ana");
    // Nothing of the account.
    CHECK(me.at("user").at("phone").is_null());
    CHECK(me.at("organizations").as_array().size() == 1);
    CHECK(office.ana.get("/api/v1/me/sessions").status == 403);
    // Ana reads it in her own language.
    CHECK(me.at("user").at("language") == "de");
    CHECK(me.at("user").at("time_zone") == "Europe/Berlin");

    CHECK(office.ana.del("/api/v1/me/view").status == 204);
    CHECK(office.count() == 2);
    CHECK(office.ana.get("/api/v1/me").json().at("viewer").is_null());
}

TEST_CASE("while somebody looks as another, every change is refused, whatever its route")
{
    Office office;
    REQUIRE(office.view(office.joe) == 204);
    const auto before = contents(*office.product.database);
    for (const auto& route : office.product.program.routes().all()) {
        if (!is_json_endpoint(route) || is_open(route) || route.method == "GET"
            || route.path == "/api/v1/me/view")
            continue;
        CAPTURE(route.method + " " + route.path);
        const auto answer = office.ana.send(request(route, has_body(route) ? "{}" : ""));
        CHECK(answer.status == 403);
        check_problem(answer);
    }
    CHECK(contents(*office.product.database) == before);
}

TEST_CASE("an invitation to the one looked at is not accepted by whoever looks")
{
    Office office;
    office.product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE users SET email = 'joe@acme.example', email_confirmed_at = 1 WHERE id = $1",
            office.joe);
    });
    auto hank = office.product.stranger();
    REQUIRE(hank.post("/api/v1/auth/register",
                    {{"organization_name", "Initech"}, {"name", "Hank"},
                        {"email", "hank@initech.example"}, {"password", "correct horse battery"}})
                .status
        == 201);
    const auto invited = hank.post("/api/v1/invitations",
        {{"emails", boost::json::array{"joe@acme.example"}}, {"role", "agent"}});
    REQUIRE(invited.status == 201);
    const auto open = invited.json().at("data").as_array().front();
    const auto link =
        Office::text(hank.post("/api/v1/invitations/" + Office::text(open.at("id")) + "/link")
                         .json()
                         .at("link"));
    const auto token = link.substr(link.find_last_of("#=") + 1);
    REQUIRE(office.view(office.joe) == 204);
    // It is open: Joe could accept it.
    REQUIRE(office.ana.post("/api/v1/auth/invitation", {{"token", token}}).status == 200);
    CHECK(office.ana.post("/api/v1/auth/invitation/accept", {{"token", token}}).status >= 400);
    CHECK(office.ana.get("/api/v1/me").json().at("viewer").at("name") == "Ana");
    CHECK(hank.get("/api/v1/members").json().at("data").as_array().size() == 1);
}

TEST_CASE("only an owner looks as somebody, and as no owner; the view ends with the membership")
{
    Office office;
    CHECK(office.view(office.olga) == 409);
    CHECK(office.view(UserId::make()) == 404);
    auto joes = office.product.stranger();
    office.product.database->write_platform([&](db::PlatformTx& tx) {
        const auto device = accounts::remember_device(tx, office.joe, "");
        joes.cookies["leadcrm_session"] =
            accounts::open_session(tx, office.joe, office.acme, {"192.0.2.1", "test"}, device)
                .token;
    });
    CHECK(joes.post("/api/v1/members/" + office.olga.text() + "/view").status == 403);

    REQUIRE(office.view(office.joe) == 204);
    office.product.database->write_platform([&](db::PlatformTx& tx) {
        tx.run("UPDATE memberships SET role = 'owner' WHERE user_id = $1", office.joe);
    });
    CHECK(office.ana.get("/api/v1/me").json().at("user").at("name") == "Ana");
}

TEST_CASE("the audit log names the owner who looked, and what was opened meanwhile")
{
    Office office;
    REQUIRE(office.view(office.joe) == 204);
    const auto leads = office.ana.get("/api/v1/leads").json().at("data").as_array();
    const auto id = Office::text(leads.front().at("id"));
    CHECK(office.ana.get("/api/v1/leads/" + id).status == 200);
    CHECK(office.ana.del("/api/v1/me/view").status == 204);
    const auto me = Office::text(office.ana.get("/api/v1/me").json().at("user").at("id"));
    const auto opened = [&] {
        return office.product.database->read(office.acme, [&](db::Reader& db) {
            return db.rows<std::string>(
                "SELECT action FROM audit_log WHERE organization_id = $1 AND user_id = $2"
                " AND action IN ('POST /api/v1/members/{id}/view', 'GET /api/v1/leads/{id}',"
                " 'DELETE /api/v1/me/view') ORDER BY action",
                *UserId::parse(me));
        });
    };
    // The opening is put down beside the answer.
    const std::vector<std::string> expected{
        "DELETE /api/v1/me/view", "GET /api/v1/leads/{id}", "POST /api/v1/members/{id}/view"};
    CHECK(testing::comes_true([&] { return opened() == expected; }));
    const auto by_joe = office.product.database->read(office.acme, [&](db::Reader& db) {
        return db.one<std::int64_t>(
            "SELECT COUNT(*) FROM audit_log WHERE organization_id = $1 AND user_id = $2",
            office.joe);
    });
    CHECK(by_joe == 0);
}

}  // namespace leadcrm::app
