// Every endpoint as every role, beside leads of one's own, of one's team, of another team and of
// another organization. The cases are made from the route table and the roles' rights, so that a
// new endpoint is tried without anyone remembering.
#include "app/testing/company.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

namespace leadcrm::app {

using namespace testing;

TEST_CASE("every role gets what its rights say, and is refused everything else")
{
    Company company;
    for (auto& person : company.people) {
        CAPTURE(person.name);
        const auto rights = accounts::rights_of(person.role, person.may);
        const auto before = contents(*company.product.database);
        for (const auto& route : company.product.program.routes().all()) {
            if (!is_json_endpoint(route) || rights.has(route.endpoint.right)) continue;
            CAPTURE(route.method + " " + route.path);
            const auto answer = person.browser->send(request(route, has_body(route) ? "{}" : ""));
            CHECK(answer.status == 403);
            check_problem(answer);
            check_tells_nothing_of(answer.body, company.words());
        }
        CHECK(contents(*company.product.database) == before);
    }
}

TEST_CASE("nobody of an organization operates the service, and its operator is in none")
{
    Company company;
    auto& admin = company.product.admin();
    const auto before = contents(*company.product.database);
    for (const auto& route : company.product.program.routes().all()) {
        if (!is_json_endpoint(route) || is_open(route)) continue;
        CAPTURE(route.method + " " + route.path);
        const bool is_of_platform = route.path.starts_with("/api/v1/platform/");
        CHECK(is_of_platform == (route.endpoint.right == http::Right::operate_platform));
        if (route.path.starts_with("/api/v1/me")) continue;
        auto& refused = is_of_platform ? company.product.owner : admin;
        auto made = request(route, has_body(route) ? "{}" : "");
        if (is_of_a_lead(route)) made.target = with_id(route, company.leads.at("quince"));
        const auto answer = refused.send(std::move(made));
        CHECK(answer.status == 403);
        check_problem(answer);
        check_tells_nothing_of(answer.body, company.words());
    }
    CHECK_THROWS(admin.stream("/api/v1/stream"));
    CHECK(contents(*company.product.database) == before);
    // What the operator does see tells of no lead.
    for (const auto* path :
        {"organizations", "health", "mails", "dead-letters", "support-grants"}) {
        CAPTURE(path);
        const auto answer = admin.get("/api/v1/platform/" + std::string(path));
        CHECK(answer.status == 200);
        check_tells_nothing_of(answer.body, company.words());
    }
    const auto one = admin.get("/api/v1/platform/organizations/" + company.acme.text());
    CHECK(one.json().at("organization").at("leads_30_days") == 4);
    check_tells_nothing_of(one.body, company.words());
}

TEST_CASE("a lead out of sight is not there, whatever is asked of it")
{
    Company company;
    for (auto& person : company.people) {
        CAPTURE(person.name);
        for (const auto& route : company.product.program.routes().all()) {
            if (!is_json_endpoint(route) || !is_of_a_lead(route)) continue;
            CAPTURE(route.method + " " + route.path);
            for (const auto& word : hidden_from(company, person.sees)) {
                CAPTURE(word);
                auto made = request(route, has_body(route) ? "{}" : "");
                made.target = with_id(route, company.leads.at(word));
                const auto answer = person.browser->send(std::move(made));
                CHECK((answer.status == 404 || answer.status == 422 || answer.status == 403));
                check_tells_nothing_of(answer.body, company.words());
            }
        }
        for (const auto& word : person.sees)
            CHECK(person.browser->get("/api/v1/leads/" + company.leads.at(word)).status == 200);
    }
    // Nothing of it was changed by trying.
    for (const auto& [word, id] : company.leads)
        if (word != "foreign")
            CHECK(company.product.owner.get("/api/v1/leads/" + id).json().at("version") == 1);
}

TEST_CASE("no list, count, search or filter tells of a lead out of sight")
{
    Company company;
    for (auto& person : company.people) {
        CAPTURE(person.name);
        auto& browser = *person.browser;
        const auto hidden = hidden_from(company, person.sees);
        for (const auto& route : company.product.program.routes().all()) {
            if (!is_json_endpoint(route) || route.method != "GET"
                || route.path.find('{') != std::string::npos)
                continue;
            CAPTURE(route.path);
            check_tells_nothing_of(browser.get(route.path).body, hidden);
            for (const auto& word : hidden)
                for (const auto* question : {"?q=", "?owner=", "?form="})
                    check_tells_nothing_of(browser.get(route.path + question).body, {word});
        }
        CHECK(browser.get("/api/v1/leads/count").json().at("count")
            == std::int64_t(person.sees.size()));
        for (const auto& word : company.words()) {
            const auto found = browser.get("/api/v1/leads?q=" + word).json().at("data");
            CHECK(found.as_array().size() == person.sees.count(word));
        }
        for (const auto& other : company.people) {
            const auto found =
                browser.get("/api/v1/leads?limit=50&owner=" + other.id.text()).json().at("data");
            for (const auto& lead : found.as_array())
                CHECK(person.sees.contains(std::string(lead.at("name").as_string()).substr(4)));
        }
    }
    CHECK(company.product.owner.get("/api/v1/leads/count").json().at("count") == 4);
}

TEST_CASE("a stream tells of leads in sight, and of those that leave it")
{
    Company company;
    std::map<std::string, std::shared_ptr<RecordedStream>> streams;
    for (auto& person : company.people)
        streams[person.name] = person.browser->stream("/api/v1/stream");
    const auto heard = [&](const std::string& name, const std::string& what) {
        return streams.at(name)->hears(what);
    };
    for (auto& person : company.people) CHECK(heard(person.name, "event: hello"));
    auto& owner = company.product.owner;
    const auto& id = company.leads.at("quince");
    const auto given = owner.post("/api/v1/leads/assign",
        {{"ids", boost::json::array{id}}, {"owner_id", company.find("Sol").id.text()}});
    REQUIRE(given.json().at("changed") == 1);
    const auto gone = "event: lead.gone\ndata: {\"id\":\"" + id + "\"}";
    CHECK(heard("Nia", gone));
    CHECK(heard("Nick", gone));
    CHECK(heard("Tess", gone));
    CHECK(heard("Sol", "quince"));
    CHECK(heard("Tom", "quince"));
    // Who never saw it hears not even that it left.
    const auto& damson = company.leads.at("damson");
    REQUIRE(company.find("Idle").browser->post("/api/v1/leads/" + damson + "/take").status == 200);
    CHECK(heard("Idle", "damson"));
    CHECK(heard("Nia", damson));
    for (auto& person : company.people) {
        CAPTURE(person.name);
        const auto all = streams.at(person.name)->all();
        if (person.name == "Idle") CHECK(all.find(id) == std::string::npos);
        if (person.name == "Sol") CHECK(all.find(damson) == std::string::npos);
        check_tells_nothing_of(all, {"foreign", "medlar"});
    }
}

TEST_CASE("what somebody sees changes with team, role and permissions, also on an open screen")
{
    Company company;
    auto& owner = company.product.owner;
    auto& nia = company.find("Nia");
    const auto count = [&](Person& person) {
        return person.browser->get("/api/v1/leads/count").json().at("count").as_int64();
    };
    const auto may = [&](const char* sees, bool may_export) {
        return owner
            .put("/api/v1/members/" + nia.id.text() + "/permissions",
                {{"sees", sees}, {"may_export", may_export}, {"sees_unassigned_contacts", true},
                    {"may_delete", false}})
            .status;
    };
    const auto stream = nia.browser->stream("/api/v1/stream");
    stream->texts(1);
    CHECK(count(nia) == 2);
    CHECK(may("team", true) == 204);
    CHECK(comes_true([&] { return stream->is_closed(); }));
    CHECK(stream->texts(1).back().find("event: reset") != std::string::npos);
    CHECK(count(nia) == 3);
    CHECK(nia.browser->post("/api/v1/exports", {{"kind", "leads"}}).status == 202);
    CHECK(may("own", false) == 204);
    CHECK(count(nia) == 1);
    CHECK(nia.browser->post("/api/v1/exports", {{"kind", "leads"}}).status == 403);

    auto& tess = company.find("Tess");
    CHECK(count(tess) == 3);
    const auto teams = owner.get("/api/v1/teams").json().at("data").as_array();
    REQUIRE(teams.size() == 2);
    for (const auto& team : teams)
        CHECK(owner.del("/api/v1/teams/" + std::string(team.at("id").as_string())).status == 204);
    CHECK(count(tess) == 4);  // without teams a team lead sees everything
    CHECK(tess.browser->get("/api/v1/assignees").json().at("data").as_array().size() == 8);
}

}  // namespace leadcrm::app
