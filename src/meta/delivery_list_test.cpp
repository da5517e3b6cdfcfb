// What an organization sees of Meta's deliveries, and doing them once more.
#include "meta/delivery_list.hpp"
#include "meta/delivery_part.hpp"
#include "meta/replay.hpp"
#include "meta/testing/meta_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaWorkspace;

const std::string shared_body = R"({"object":"page","entry":[
    {"id":"1","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"11","page_id":"1","note":"Ana Ruiz"}}]},
    {"id":2,"time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":21,"page_id":2}}]}]})";

DeliveryPage list(MetaWorkspace& crm, OrganizationId organization, const DeliveryAsk& ask = {})
{
    return crm.database->read_platform(
        [&](db::PlatformReader& db) { return list_deliveries(db, organization, ask); });
}

std::optional<OpenDelivery> open(
    MetaWorkspace& crm, OrganizationId organization, const DeliveryId& id)
{
    return crm.database->read_platform(
        [&](db::PlatformReader& db) { return find_delivery(db, organization, id); });
}

}  // namespace

TEST_CASE("deliveries: a part holds one organization's pages, and shows ids and times only")
{
    const auto part = part_of(shared_body, {"1"});
    CHECK(part.body
        == R"({"object":"page","entry":[{"id":"1","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"11","page_id":"1","note":"…"}}]}]})");
    CHECK(part_of(shared_body, {"2"}).body.find("11") == std::string::npos);
    CHECK(part_of(shared_body, {"3"}).body == R"({"object":"page","entry":[]})");
    CHECK(part_of("nonsense", {"1"}).body.empty());
    // An id that is no number may be anything.
    const auto odd =
        part_of(R"({"object":"Ana Ruiz","entry":[{"id":"1","user_id":"ana@x.com"}]})", {"1"});
    CHECK(odd.body == R"({"object":"…","entry":[{"id":"1","user_id":"…"}]})");
}

TEST_CASE("deliveries: each organization sees its own part of a shared one, and what became of it")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto globex = crm.organization_with_page("2");
    const auto initech = crm.organization_with_page("3");
    crm.graph.nodes["11"] = crm.lead("Ana");
    crm.deliver(shared_body);
    crm.sort_and_fetch();

    const auto seen = list(crm, acme).deliveries;
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].state == "sorted");
    CHECK(seen[0].result == DeliveryResult::stored);
    REQUIRE(seen[0].leads.size() == 1);
    CHECK(seen[0].leads[0].leadgen_id == "11");
    CHECK(seen[0].leads[0].state == FetchState::done);
    CHECK(seen[0].leads[0].lead_id);
    CHECK_FALSE(seen[0].note);

    const auto theirs = list(crm, globex).deliveries;
    REQUIRE(theirs.size() == 1);
    CHECK(theirs[0].result == DeliveryResult::waiting);
    CHECK(theirs[0].leads[0].leadgen_id == "21");
    CHECK(open(crm, globex, seen[0].id)->body.find("\"11\"") == std::string::npos);

    CHECK(list(crm, initech).deliveries.empty());
    CHECK_FALSE(open(crm, initech, seen[0].id));
}

TEST_CASE("deliveries: the list goes on where it stopped, also behind a filter")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    for (int i = 0; i < 7; ++i) {
        const auto id = std::to_string(100 + i);
        if (i % 2 == 0) crm.graph.nodes[id] = crm.lead("Ana " + id);
        crm.deliver(crm.delivery("1", {id}));
    }
    crm.sort_and_fetch();
    for (const auto result :
        {std::optional<DeliveryResult>(), std::optional(DeliveryResult::stored)}) {
        std::vector<std::string> ids;
        DeliveryAsk ask{.result = result, .limit = 2};
        for (int hop = 0; hop < 10; ++hop) {
            const auto page = list(crm, acme, ask);
            CHECK(page.deliveries.size() <= 2);
            for (const auto& delivery : page.deliveries)
                ids.push_back(delivery.leads.at(0).leadgen_id);
            if (!page.next) break;
            ask.after = page.next;
        }
        std::sort(ids.begin(), ids.end());
        if (result)
            CHECK(ids == std::vector<std::string>{"100", "102", "104", "106"});
        else
            CHECK(ids == std::vector<std::string>{"100", "101", "102", "103", "104", "105", "106"});
    }
}

TEST_CASE(
    "deliveries: a replay lets what was given up wait again, and changes no lead that is there")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto globex = crm.organization_with_page("1");
    crm.graph.nodes["11"] = crm.lead("Ana");
    crm.graph.refusals["12"] = R"("code":100)";
    crm.deliver(crm.delivery("1", {"11", "12", "13"}));
    crm.sort_and_fetch();
    const auto give_up = [&](OrganizationId organization) {
        crm.database->write(organization, [](db::Tx& tx) {
            tx.run("UPDATE lead_fetches SET state = 'gave_up', next_at = NULL, ended_at = 5"
                   " WHERE organization_id = $1 AND leadgen_id = '12'");
            tx.run("DELETE FROM lead_fetches WHERE organization_id = $1 AND leadgen_id = '13'");
        });
    };
    give_up(acme);
    give_up(globex);
    const auto before = crm.fetch_of(acme, "11");
    const auto seen = list(crm, acme).deliveries;
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].result == DeliveryResult::unsorted);  // 13 is missing

    crm.graph.refusals.clear();
    crm.graph.nodes["12"] = crm.lead("Bea");
    crm.graph.nodes["13"] = crm.lead("Cid");
    for (int i = 0; i < 2; ++i) {
        replay(*crm.database, acme, {seen[0].id});
        CHECK(crm.state_of(acme, "12") == (i == 0 ? "waiting" : "done"));
        crm.fetch(acme, "1");
    }
    CHECK(crm.fetch_of(acme, "11") == before);
    CHECK(crm.state_of(acme, "13") == "done");
    CHECK(crm.submissions_of(acme) == 3);
    CHECK(list(crm, acme).deliveries[0].result == DeliveryResult::stored);
    // It is one organization's replay.
    CHECK(crm.state_of(globex, "12") == "gave_up");
    CHECK(crm.state_of(globex, "13") == "none");
}

TEST_CASE("deliveries: what does not concern an organization cannot be replayed by it")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto globex = crm.organization_with_page("2");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.sorter.sort_all();
    const auto id = list(crm, acme).deliveries.at(0).id;
    const auto order = [&](OrganizationId organization) {
        return crm.database->write(
            organization, [&](db::Tx& tx) { return order_replay(tx, {id}); });
    };
    CHECK(order(acme) == 1);
    CHECK(order(globex) == 0);
    replay(*crm.database, globex, {id});
    CHECK(crm.state_of(globex, "11") == "none");
}

}  // namespace leadcrm::meta
