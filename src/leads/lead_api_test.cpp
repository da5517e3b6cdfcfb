#include "app/testing/workspace.hpp"
#include "leads/lead_api.hpp"
#include "leads/lead_store.hpp"

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

using testing::Names;
using testing::submission_of;
using testing::Workspace;

std::string address_of(Workspace& crm, std::string_view name)
{
    return "/leads/" + std::string(crm.lead(name).at("id").as_string());
}

std::string stage_called(Workspace& crm, std::string_view name)
{
    const auto stages = crm.get("/stages").json();
    for (const auto& stage : stages.at("data").as_array())
        if (stage.at("name").as_string() == name) return std::string(stage.at("id").as_string());
    throw std::runtime_error("no such stage");
}

std::vector<std::string> kinds_in_timeline(Workspace& crm, const std::string& address)
{
    std::vector<std::string> kinds;
    const auto record = crm.get(address).json();
    for (const auto& entry : record.at("timeline").as_array())
        kinds.emplace_back(entry.at("kind").as_string());
    return kinds;
}

// Ana of nobody, Bo of the agent, Cy of somebody else.
struct Team {
    Workspace crm;
    http::Caller owner = crm.caller;
    http::Caller agent = crm.add_member("Agent", http::Sight::own);
    http::Caller other = crm.add_member("Other", http::Sight::own_and_unassigned);

    Team()
    {
        crm.arrives(submission_of("Ana", "ana@web.example", "", "1"));
        crm.arrives(submission_of("Bo", "bo@web.example", "", "2"));
        crm.arrives(submission_of("Cy", "cy@web.example", "", "3"));
        crm.set_owner("Bo", agent.user_id);
        crm.set_owner("Cy", other.user_id);
    }
};

}  // namespace

TEST_CASE("moving a lead to a stage makes a version and an entry in the timeline")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "", "", "1"));
    const auto address = address_of(acme, "Ana");
    const auto answer = acme.patch(address, {{"stage_id", stage_called(acme, "Contacted")}}, 1);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("ETag") == "\"2\"");
    CHECK(answer.json().at("stage").at("name").as_string() == "Contacted");

    const auto record = acme.get(address);
    CHECK(record.header("ETag") == "\"2\"");
    const auto entry = record.json().at("timeline").at(1);
    CHECK(entry.at("kind").as_string() == "lead.stage_changed");
    CHECK(entry.at("data").at("from").at("name").as_string() == "New");
    CHECK(entry.at("data").at("to").at("name").as_string() == "Contacted");
    CHECK(entry.at("actor").at("name").as_string() == "Owner of Acme");
}

TEST_CASE("a change based on an old version is refused and changes nothing")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "", "", "1"));
    const auto address = address_of(acme, "Ana");
    REQUIRE(acme.patch(address, {{"name", "Ana Ruiz"}}, 1).status == 200);
    CHECK(acme.patch(address, {{"name", "Anna"}}, 1).status == 412);
    CHECK(acme.names("/leads") == Names{"Ana Ruiz"});
    CHECK(acme.announced("lead.contact_changed") == 1);
}

TEST_CASE("a change that changes nothing makes no version and no news")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "ana@web.example", "", "1"));
    const auto address = address_of(acme, "Ana");
    const auto answer =
        acme.patch(address, {{"name", "Ana"}, {"stage_id", stage_called(acme, "New")}}, 1);
    CHECK(answer.status == 200);
    CHECK(answer.header("ETag") == "\"1\"");
    CHECK(kinds_in_timeline(acme, address) == std::vector<std::string>{"lead.created"});
}

TEST_CASE("contact fields are checked, normalised, searchable at once and may be taken away")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "ana@web.example", "0170 1111111", "1"));
    const auto address = address_of(acme, "Ana");
    const auto bad = acme.patch(address,
        {{"email", "nonsense"}, {"phone", "12"}, {"stage_id", "stage_00000000000000000000000000"}},
        1);
    CHECK(bad.status == 422);
    CHECK(bad.wrong_fields() == std::vector<std::string>{"stage_id", "email", "phone"});

    const auto good = acme.patch(address,
        {{"name", "Āna Çelik"}, {"email", "NEW@web.example"}, {"phone", "0170 2222222"}}, 1);
    REQUIRE(good.status == 200);
    CHECK(good.json().at("email").as_string() == "new@web.example");
    CHECK(good.json().at("phone").as_string() == "+491702222222");
    CHECK(good.json().at("phone_raw").as_string() == "0170 2222222");
    CHECK(acme.names("/leads?q=celik").size() == 1);
    CHECK(acme.names("/leads?q=2222222").size() == 1);
    CHECK(acme.names("/leads?q=1111111").empty());
    CHECK(acme.names("/leads?q=ana@web").empty());

    const auto taken = acme.patch(address, {{"email", ""}, {"phone", ""}}, 2);
    CHECK(taken.json().at("email").is_null());
    CHECK(taken.json().at("phone").is_null());
    CHECK(acme.announced("lead.contact_changed") == 2);
}

TEST_CASE("each sees the leads within sight, in lists, counts, records, search and changes")
{
    Team team;
    auto& crm = team.crm;
    const auto everybody = Names{"Cy", "Bo", "Ana"};
    CHECK(crm.names("/leads?q=web.example") == everybody);
    const auto ana = address_of(crm, "Ana");
    const auto bo = address_of(crm, "Bo");
    const auto cy = address_of(crm, "Cy");

    crm.caller = team.agent;
    CHECK(crm.names("/leads") == Names{"Bo"});
    CHECK(crm.names("/leads?sort=name") == Names{"Bo"});
    CHECK(crm.names("/leads?q=web.example") == Names{"Bo"});
    CHECK(crm.names("/leads?owner=unassigned").empty());
    CHECK(crm.names(R"(/leads?filter={"or":[{"owner":"unassigned"},{"owner":"me"}]})")
        == Names{"Bo"});
    CHECK(crm.get("/leads/count").json().at("count").as_int64() == 1);
    CHECK(crm.get(bo).status == 200);
    CHECK(crm.get(ana).status == 404);
    CHECK(crm.patch(cy, {{"name", "Mine"}}, 1).status == 404);

    crm.caller = team.other;
    CHECK(crm.names("/leads") == Names{"Cy", "Ana"});
    CHECK(crm.names("/leads?sort=name") == Names{"Ana", "Cy"});
    CHECK(crm.names("/leads?owner=me") == Names{"Cy"});
    CHECK(crm.get("/leads/count?q=web.example").json().at("count").as_int64() == 2);
    CHECK(crm.get(ana).status == 200);
    CHECK(crm.get(bo).status == 404);
    CHECK(crm.patch(bo, {{"name", "Mine"}}, 1).status == 404);

    crm.caller = team.owner;
    CHECK(crm.names("/leads") == everybody);
}

TEST_CASE("one organization never sees another's leads")
{
    Workspace crm;
    crm.arrives(submission_of("Ana", "ana@web.example", "0170 1111111", "1"));
    const auto address = address_of(crm, "Ana");
    const auto stage = stage_called(crm, "Won");

    crm.caller = crm.add_organization("Globex");
    for (const auto* list : {"/leads", "/leads?sort=name", "/leads?q=ana", "/leads?q=0170",
             "/leads?source=ig", "/leads?form=202020202020202", "/leads?owner=unassigned"})
        CHECK_MESSAGE(crm.names(list).empty(), list);
    CHECK(crm.names("/leads?stage=" + stage).empty());
    CHECK(crm.get("/leads/count").json().at("count").as_int64() == 0);
    CHECK(crm.get(address).status == 404);
    CHECK(crm.patch(address, {{"name", "Mine"}}, 1).status == 404);
    crm.arrives(submission_of("Own", "", "", "1"));
    CHECK(crm.patch(address_of(crm, "Own"), {{"stage_id", stage}}, 1).wrong_fields()
        == std::vector<std::string>{"stage_id"});
}

TEST_CASE("a lead is visible from the moment it is first shown, and that moment stays")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "", "", "1"));
    const auto first = std::string(acme.lead("Ana").at("visible_at").as_string());
    acme.settle();
    CHECK(acme.lead("Ana").at("visible_at").as_string() == first);
    CHECK(acme.get(address_of(acme, "Ana")).json().at("visible_at").as_string() == first);
    CHECK(acme.get(address_of(acme, "Ana")).header("ETag") == "\"1\"");
}

TEST_CASE("somebody who came back is to be seen anew")
{
    Workspace acme;
    acme.arrives(submission_of("Ana", "ana@web.example", "", "1"));
    const auto first = std::string(acme.lead("Ana").at("visible_at").as_string());
    acme.settle();
    acme.arrives(submission_of("Ana", "ana@web.example", "", "2"));
    CHECK(acme.lead("Ana").at("visible_at").as_string() != first);
}

TEST_CASE("counts are exact up to ten thousand")
{
    Workspace acme;
    CHECK(acme.get("/leads/count").json() == boost::json::value{{"count", 0}, {"capped", false}});
    acme.arrives(submission_of("Ana", "", "", "1"));
    CHECK(acme.get("/leads/count?q=ana").json().at("count").as_int64() == 1);
    CHECK(acme.get("/leads/count?q=nobody").json().at("count").as_int64() == 0);
}

TEST_CASE("wrong parameters are named, all at once")
{
    Workspace acme;
    const auto answer = acme.get("/leads?limit=0&sort=age&stage=x&owner=you&submitted_after=now");
    CHECK(answer.status == 422);
    CHECK(answer.wrong_fields().size() == 5);
    CHECK(acme.get("/leads?cursor=nonsense").wrong_fields() == std::vector<std::string>{"cursor"});
    CHECK(acme.get("/leads?colour=red").status == 422);
    CHECK(acme.get("/leads/lead_nonsense").status == 404);
    CHECK(acme.get("/leads?filter={").status == 422);
    CHECK(acme.get("/leads?filter=[]").wrong_fields() == std::vector<std::string>{"filter"});
}

}  // namespace leadcrm::leads
