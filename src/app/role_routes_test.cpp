// Every endpoint as every role, beside leads of one's own, of one's team, of another team and of
// another organization. The cases are made from the route table and the roles' rights, so that a
// new endpoint is tried without anyone remembering.
#include "accounts/device.hpp"
#include "accounts/membership_caller.hpp"
#include "accounts/sign_in.hpp"
#include "app/testing/whole_product.hpp"
#include "leads/lead_intake.hpp"

#include <boost/mp11/algorithm.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace leadcrm::app {

using namespace testing;

namespace {

using accounts::AgentSees;
using accounts::Role;
using Words = std::set<std::string>;

struct Person {
    std::string name;
    Role role = Role::agent;
    accounts::Permissions may;
    UserId id = UserId::make();
    std::unique_ptr<HttpClient> browser;
    Words sees;  // the leads, by the word that only they have
};

// North (led by Tess: Nia, Nick) and South (led by Tom: Sol); each word stands in the name, the
// address and an answer of one lead.
struct Company {
    Product product;
    OrganizationId acme;
    OrganizationId globex;
    UserId owner;
    std::deque<Person> people;
    std::map<std::string, std::string> leads;  // ids by word

    Company() : acme(organization_of(product.owner)), owner(user_of(product.owner))
    {
        add({.name = "Tess", .role = Role::team_lead, .sees = {"quince", "medlar", "damson"}});
        add({.name = "Tom", .role = Role::team_lead, .sees = {"loquat", "damson"}});
        add({.name = "Idle", .role = Role::team_lead, .sees = {"damson"}});
        add({.name = "Nia", .sees = {"quince", "damson"}});
        add({.name = "Nick",
            .may = {AgentSees::team, true},
            .sees = {"medlar", "quince", "damson"}});
        add({.name = "Sol", .may = {AgentSees::own, false}, .sees = {"loquat"}});
        auto globex_owner = product.stranger();
        REQUIRE(
            globex_owner
                .post("/api/v1/auth/register",
                    {{"organization_name", "Globex"}, {"name", "Hank"},
                        {"email", "hank@globex.example"}, {"password", "correct horse battery"}})
                .status
            == 201);
        globex = organization_of(globex_owner);
        team("North", {"Tess"}, {"Nia", "Nick"});
        team("South", {"Tom"}, {"Sol"});
        add_lead(acme, "quince", find("Nia").id);
        add_lead(acme, "medlar", find("Nick").id);
        add_lead(acme, "loquat", find("Sol").id);
        add_lead(acme, "damson", std::nullopt);
        add_lead(globex, "foreign", std::nullopt);
    }

    static OrganizationId organization_of(HttpClient& who)
    {
        return *OrganizationId::parse(
            std::string(who.get("/api/v1/me").json().at("organization").at("id").as_string()));
    }
    static UserId user_of(HttpClient& who)
    {
        return *UserId::parse(
            std::string(who.get("/api/v1/me").json().at("user").at("id").as_string()));
    }
    Person& find(const std::string& name)
    {
        return *std::ranges::find(people, name, &Person::name);
    }
    void add(Person person)
    {
        person.browser =
            std::make_unique<HttpClient>(product.program.routes(), product.program.site());
        product.database->write_platform([&](db::PlatformTx& tx) {
            tx.run("INSERT INTO users (id, email, name, password_hash, created_at)"
                   " VALUES ($1, $2, $3, '', 0)",
                person.id, person.name + "@acme.example", person.name);
            tx.run("INSERT INTO memberships (user_id, organization_id, role, sees, may_export,"
                   " created_at) VALUES ($1, $2, $3, $4, $5, 0)",
                person.id, acme, person.role, person.may.sees, person.may.may_export);
            const auto device = accounts::remember_device(tx, person.id, "");
            person.browser->cookies["leadcrm_session"] =
                accounts::open_session(tx, person.id, acme, {"192.0.2.1", "test"}, device).token;
        });
        REQUIRE(person.browser->get("/api/v1/me").status == 200);
        people.push_back(std::move(person));
    }
    void team(const std::string& name, const std::vector<std::string>& leads,
        const std::vector<std::string>& members)
    {
        const auto ids = [&](const std::vector<std::string>& names) {
            boost::json::array found;
            for (const auto& each : names) found.emplace_back(find(each).id.text());
            return found;
        };
        REQUIRE(product.owner
                    .post("/api/v1/teams",
                        {{"name", name}, {"leads", ids(leads)}, {"members", ids(members)}})
                    .status
            == 201);
    }
    void add_lead(
        OrganizationId organization, const std::string& word, const std::optional<UserId>& owner_id)
    {
        const leads::Submission submission{.leadgen_id = "7" + word,
            .contact = {"Ana " + word, word + "@example.com", ""},
            .source = {.channel = "meta", .page_id = "1", .page_name = "Page"},
            .answers = {{"why", "Why?", {"because " + word}}},
            .submitted_at = Instant::now(),
            .received_at = Instant::now()};
        product.database->write(organization, [&](db::Tx& tx) {
            leads::take_in(tx, submission);
            const auto id = tx.one<leads::LeadId>(
                "SELECT lead_id FROM submissions WHERE organization_id = $1 AND leadgen_id = $2",
                submission.leadgen_id);
            leads[word] = id.text();
            tx.run("UPDATE leads SET owner_id = $3 WHERE organization_id = $1 AND id = $2", id,
                owner_id);
        });
    }
    Words words() const
    {
        Words all;
        for (const auto& [word, id] : leads) all.insert(word);
        return all;
    }
};

std::string with_id(const http::Route& route, const std::string& id)
{
    auto text = route.path;
    const auto open = text.find('{');
    return text.replace(open, text.find('}') - open + 1, id);
}

bool is_of_a_lead(const http::Route& route) { return route.path.starts_with("/api/v1/leads/{"); }

void check_tells_nothing_of(const std::string& body, const Words& hidden)
{
    for (const auto& word : hidden) {
        CAPTURE(word);
        CHECK(body.find(word) == std::string::npos);
    }
}

Words hidden_from(const Company& company, const Words& seen)
{
    auto hidden = company.words();
    for (const auto& word : seen) hidden.erase(word);
    return hidden;
}

}  // namespace

TEST_CASE("every role gets what its rights say, and is refused everything else")
{
    Company company;
    for (auto& person : company.people) {
        CAPTURE(person.name);
        const auto rights = accounts::rights_of(person.role, person.may.may_export);
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
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (std::chrono::steady_clock::now() < end) {
            for (const auto& text : streams.at(name)->texts(1))
                if (text.find(what) != std::string::npos) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return false;
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
        std::string all;
        for (const auto& text : streams.at(person.name)->texts(1)) all += text;
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
                {{"sees", sees}, {"may_export", may_export}})
            .status;
    };
    const auto stream = nia.browser->stream("/api/v1/stream");
    stream->texts(1);
    CHECK(count(nia) == 2);
    CHECK(may("team", true) == 204);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!stream->is_closed() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(stream->is_closed());
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
    CHECK(tess.browser->get("/api/v1/assignees").json().at("data").as_array().size() == 7);
}

}  // namespace leadcrm::app
