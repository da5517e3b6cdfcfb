// Roles, and people who leave: over the routes, with the leads they leave behind.
#include "app/testing/workspace.hpp"
#include "leads/hand_over.hpp"
#include "people/member.hpp"

#include <doctest/doctest.h>

namespace leadcrm::people {
namespace {

using accounts::Role;
using testing::submission_of;
using testing::Workspace;

struct Staff {
    Workspace crm;
    jobs::Workers workers{*crm.database};
    UserId owner = crm.caller.user_id;
    UserId joe = crm.add_member("Joe", http::Sight::own).user_id;
    UserId sue = crm.add_member("Sue", http::Sight::own).user_id;

    Staff() { leads::handle_hand_overs(workers, *crm.database); }

    template <class Act>
    std::optional<Failure::Kind> refusal(const Act& act)
    {
        try {
            crm.database->write_platform(
                [&](db::PlatformTx& tx) { act(tx, crm.caller.organization_id); });
        } catch (const Failure& failure) {
            return failure.kind;
        }
        return std::nullopt;
    }
    auto to_role(const UserId& user, Role role)
    {
        return refusal([&](db::PlatformTx& tx, const OrganizationId& organization) {
            change_role(tx, organization, {user, role});
        });
    }
    auto leave(const UserId& user, std::optional<UserId> heir = std::nullopt)
    {
        return refusal([&](db::PlatformTx& tx, const OrganizationId& organization) {
            deactivate(tx, organization, owner, {user, heir});
        });
    }
    auto come_back(const UserId& user)
    {
        return refusal([&](db::PlatformTx& tx, const OrganizationId& organization) {
            reactivate(tx, organization, user);
        });
    }
    Member find(const UserId& user)
    {
        return crm.database->read_platform([&](db::PlatformReader& db) {
            for (auto& member : list_members(db, crm.caller.organization_id))
                if (member.id == user) return member;
            throw Failure::internal("nobody");
        });
    }
    boost::json::value owner_of(const std::string& lead) { return crm.lead(lead).at("owner"); }
};

}  // namespace

TEST_CASE("the only owner stays owner; of two, one may step down")
{
    Staff staff;
    CHECK(staff.to_role(staff.owner, Role::agent) == Failure::Kind::conflict);
    CHECK(staff.find(staff.owner).role == Role::owner);
    CHECK_FALSE(staff.to_role(staff.joe, Role::owner));
    CHECK_FALSE(staff.to_role(staff.owner, Role::agent));
    CHECK(staff.find(staff.owner).role == Role::agent);
    CHECK(staff.leave(staff.joe) == Failure::Kind::conflict);
    CHECK_FALSE(staff.find(staff.joe).left_at);
}

TEST_CASE("whoever leaves hands open leads over; what is won stays, and the history tells")
{
    Staff staff;
    auto& crm = staff.crm;
    for (const auto* name : {"Ana", "Ben", "Cleo"}) {
        crm.arrives(submission_of(name, "", "", name));
        crm.set_owner(name, staff.joe);
    }
    const auto ben = std::string(crm.lead("Ben").at("id").as_string());
    const auto stages = crm.get("/stages").json();
    for (const auto& stage : stages.at("data").as_array())
        if (stage.at("kind") == "won")
            crm.patch("/leads/" + ben, {{"stage_id", stage.at("id")}}, 1);

    CHECK(staff.leave(staff.joe, UserId::make()) == Failure::Kind::invalid);
    CHECK_FALSE(staff.leave(staff.joe, staff.sue));
    staff.workers.run_due();
    CHECK(staff.owner_of("Ana").at("name") == "Sue");
    CHECK(staff.owner_of("Cleo").at("name") == "Sue");
    CHECK(staff.owner_of("Ben").at("name") == "Joe");
    CHECK(crm.announced("lead.assigned") == 2);
    const auto ana = std::string(crm.lead("Ana").at("id").as_string());
    const auto told = crm.get("/leads/" + ana).json().at("timeline").as_array().back();
    CHECK(told.at("kind") == "lead.assigned");
    CHECK(told.at("data").at("owner").at("name") == "Sue");

    CHECK_FALSE(staff.leave(staff.sue));
    staff.workers.run_due();
    CHECK(staff.owner_of("Ana").is_null());
}

TEST_CASE(
    "leads of an heir who leaves too before they came are nobody's; who came back keeps theirs")
{
    Staff staff;
    auto& crm = staff.crm;
    for (const auto* name : {"Ana", "Ben"}) crm.arrives(submission_of(name, "", "", name));
    crm.set_owner("Ana", staff.joe);
    crm.set_owner("Ben", staff.sue);
    REQUIRE_FALSE(staff.leave(staff.joe, staff.sue));
    REQUIRE_FALSE(staff.leave(staff.sue));
    REQUIRE_FALSE(staff.come_back(staff.sue));
    REQUIRE_FALSE(staff.leave(staff.sue, staff.owner));
    REQUIRE_FALSE(staff.come_back(staff.sue));
    staff.workers.run_due();
    CHECK(staff.owner_of("Ana").at("name") == "Sue");
    CHECK(staff.owner_of("Ben").at("name") == "Sue");

    crm.set_owner("Ana", staff.owner);
    REQUIRE_FALSE(staff.come_back(staff.joe));
    crm.set_owner("Ana", staff.joe);
    REQUIRE_FALSE(staff.leave(staff.joe, staff.sue));
    REQUIRE_FALSE(staff.leave(staff.sue));
    staff.workers.run_due();
    CHECK(staff.owner_of("Ana").is_null());
}

TEST_CASE("whoever left is no member, and comes back with the role of before")
{
    Staff staff;
    REQUIRE_FALSE(staff.to_role(staff.joe, Role::team_lead));
    CHECK_FALSE(staff.leave(staff.joe));
    CHECK(staff.find(staff.joe).left_at);
    CHECK(staff.to_role(staff.joe, Role::agent) == Failure::Kind::not_found);
    CHECK(staff.leave(staff.joe) == Failure::Kind::not_found);
    CHECK(staff.leave(staff.owner) == Failure::Kind::conflict);  // oneself

    CHECK_FALSE(staff.come_back(staff.joe));
    CHECK(staff.find(staff.joe).role == Role::team_lead);
    CHECK_FALSE(staff.find(staff.joe).left_at);
    CHECK(staff.come_back(staff.joe) == Failure::Kind::not_found);
    CHECK(staff.come_back(UserId::make()) == Failure::Kind::not_found);
}

TEST_CASE("owners who change different permissions of a person do not undo each other")
{
    Staff staff;
    const auto change = [&](PermissionChange to) {
        to.id = staff.joe;
        return staff.refusal([&](db::PlatformTx& tx, const OrganizationId& organization) {
            change_permissions(tx, organization, to);
        });
    };
    REQUIRE_FALSE(change({.may_export = false}));
    REQUIRE_FALSE(change({.may_delete = true}));
    REQUIRE_FALSE(change({.sees = accounts::AgentSees::own, .sees_unassigned_contacts = false}));
    const auto joe = staff.find(staff.joe);
    CHECK_FALSE(joe.may_export);
    CHECK(joe.may_delete);
    CHECK(joe.sees == accounts::AgentSees::own);
    CHECK_FALSE(joe.sees_unassigned_contacts);
}

TEST_CASE("nobody is reached from another organization")
{
    Staff staff;
    const auto elsewhere = staff.crm.add_organization("Globex");
    staff.crm.caller = elsewhere;
    staff.owner = elsewhere.user_id;
    CHECK(staff.to_role(staff.joe, Role::owner) == Failure::Kind::not_found);
    CHECK(staff.leave(staff.joe) == Failure::Kind::not_found);
}

}  // namespace leadcrm::people
