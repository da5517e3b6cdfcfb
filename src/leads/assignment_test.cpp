#include "app/testing/workspace.hpp"
#include "leads/assignment.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace leadcrm::leads {
namespace {

using testing::Names;
using testing::submission_of;
using testing::Workspace;

struct Desk {
    Workspace crm;
    http::Caller owner = crm.caller;
    http::Caller joe = crm.add_member("Joe", http::Sight::own_and_unassigned);
    http::Caller sue = crm.add_member("Sue", http::Sight::own_and_unassigned);

    Desk()
    {
        for (const auto* name : {"Ana", "Ben", "Cleo"})
            crm.arrives(submission_of(name, "", "", name));
    }
    LeadId id(const std::string& name)
    {
        crm.caller = owner;
        return *LeadId::parse(crm.lead(name).at("id").as_string());
    }
    std::optional<Failure::Kind> refusal(const std::function<void(db::Tx&)>& act)
    {
        try {
            crm.database->write(owner.organization_id, act);
        } catch (const Failure& failure) {
            return failure.kind;
        }
        return std::nullopt;
    }
    auto taken(const http::Caller& by, const LeadId& lead)
    {
        return refusal([&](db::Tx& tx) { take(tx, by, lead); });
    }
    std::int64_t assigned(std::vector<LeadId> leads, const std::optional<UserId>& to)
    {
        return crm.database->write(owner.organization_id, [&](db::Tx& tx) {
            return assign(tx, owner, {leads, to}).changed;
        });
    }
    Names seen_by(const http::Caller& caller)
    {
        crm.caller = caller;
        return crm.names("/leads?sort=name");
    }
};

}  // namespace

TEST_CASE("of two who take a lead at once one gets it, and the other is told")
{
    Desk desk;
    const auto ana = desk.id("Ana");
    std::atomic<int> won = 0;
    std::atomic<int> lost = 0;
    const auto race = [&](const http::Caller& who) {
        const auto refusal = desk.taken(who, ana);
        if (!refusal) ++won;
        if (refusal == Failure::Kind::not_found) ++lost;  // it is out of sight
    };
    std::thread other([&] { race(desk.sue); });
    race(desk.joe);
    other.join();
    CHECK(won == 1);
    CHECK(lost == 1);
    CHECK(desk.crm.announced("lead.assigned") == 1);
    CHECK(desk.seen_by(desk.joe).size() + desk.seen_by(desk.sue).size() == 5);
}

TEST_CASE("many leads are given at once, and each history says to whom")
{
    Desk desk;
    const auto ana = desk.id("Ana");
    const auto ben = desk.id("Ben");
    CHECK(desk.assigned({ana, ben}, desk.joe.user_id) == 2);
    CHECK(desk.assigned({ana, ben}, desk.joe.user_id) == 0);  // nothing new
    CHECK(desk.seen_by(desk.joe) == Names{"Ana", "Ben", "Cleo"});
    CHECK(desk.seen_by(desk.sue) == Names{"Cleo"});
    CHECK(desk.crm.announced("lead.assigned") == 2);
    CHECK(desk.assigned({ana}, std::nullopt) == 1);
    CHECK(desk.seen_by(desk.sue) == Names{"Ana", "Cleo"});
    const auto record = desk.crm.get("/leads/" + ana.text()).json();
    const auto& timeline = record.at("timeline").as_array();
    CHECK(timeline.at(timeline.size() - 2).at("data").at("owner").at("name") == "Joe");
    CHECK(timeline.back().at("data").at("owner").is_null());
    CHECK(record.at("version") == 3);
}

TEST_CASE("whoever sees the other's leads is told that somebody has taken one")
{
    Desk desk;
    const auto ana = desk.id("Ana");
    CHECK_FALSE(desk.taken(desk.joe, ana));
    CHECK(desk.taken(desk.owner, ana) == Failure::Kind::conflict);
    CHECK(desk.taken(desk.sue, ana) == Failure::Kind::not_found);
    CHECK_FALSE(desk.taken(desk.joe, ana));  // hers already
}

TEST_CASE("a team lead gives leads in sight to people of the team, and nothing else")
{
    Desk desk;
    const auto ana = desk.id("Ana");
    const auto ben = desk.id("Ben");
    auto lead = desk.crm.add_member("Lea", http::Sight::team);
    lead.team = {desk.joe.user_id};
    const auto give = [&](std::vector<LeadId> leads, const std::optional<UserId>& to) {
        return desk.crm.database->write(lead.organization_id, [&](db::Tx& tx) {
            return assign(tx, lead, {leads, to}).changed;
        });
    };
    CHECK(give({ana}, desk.joe.user_id) == 1);
    CHECK(give({ana}, lead.user_id) == 1);
    CHECK(desk.refusal([&](db::Tx& tx) {
        assign(tx, lead, {{ana}, desk.sue.user_id});
    }) == Failure::Kind::invalid);
    CHECK(desk.assigned({ben}, desk.sue.user_id) == 1);
    CHECK(give({ben}, desk.joe.user_id) == 0);  // out of sight
    CHECK(give({ben}, std::nullopt) == 0);
    CHECK(desk.seen_by(lead) == Names{"Ana", "Cleo"});
    const auto assignees = desk.crm.database->read(
        lead.organization_id, [&](db::Reader& db) { return list_assignees(db, lead); });
    REQUIRE(assignees.size() == 2);
    CHECK(assignees.front().name == "Joe");
    CHECK(assignees.back().name == "Lea");
}

TEST_CASE("nobody gives to strangers")
{
    Desk desk;
    const auto ana = desk.id("Ana");
    const auto give = [&](const http::Caller& by, std::vector<LeadId> leads, const UserId& to) {
        return desk.refusal([&](db::Tx& tx) { assign(tx, by, {leads, to}); });
    };
    CHECK(give(desk.joe, {ana}, desk.sue.user_id) == Failure::Kind::invalid);
    const auto stranger = desk.crm.add_organization("Globex");
    CHECK(give(desk.owner, {ana}, stranger.user_id) == Failure::Kind::invalid);
    CHECK(give(desk.owner, {}, desk.sue.user_id) == Failure::Kind::invalid);
    CHECK(give(desk.owner, std::vector<LeadId>(assigned_max + 1, ana), desk.sue.user_id)
        == Failure::Kind::invalid);
    auto only_own = desk.sue;
    only_own.sight = http::Sight::own;
    CHECK(desk.taken(only_own, ana) == Failure::Kind::not_found);
    CHECK(desk.taken(desk.sue, LeadId::make()) == Failure::Kind::not_found);
    const auto elsewhere = desk.crm.database->write(stranger.organization_id, [&](db::Tx& tx) {
        return assign(tx, stranger, {{ana}, {}});
    });
    CHECK(elsewhere.changed == 0);
    CHECK(desk.crm.announced("lead.assigned") == 0);
}

}  // namespace leadcrm::leads
