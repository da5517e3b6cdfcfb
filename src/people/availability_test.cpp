// On shift or paused: who may say it of whom, and who is told.
#include "app/testing/whole_product.hpp"
#include "app/testing/workspace.hpp"
#include "leads/assignment.hpp"
#include "people/availability.hpp"
#include "people/member.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace leadcrm::people {
namespace {

using testing::Workspace;

struct Shift {
    Workspace crm;
    http::Caller owner = crm.caller;
    http::Caller joe = crm.add_member("Joe", http::Sight::own_and_unassigned);
    http::Caller sue = crm.add_member("Sue", http::Sight::own);

    std::optional<Failure::Kind> refusal(
        const http::Caller& by, const UserId& user, bool is_paused = true)
    {
        try {
            crm.database->write_platform([&](db::PlatformTx& tx) {
                set_availability(tx, by, {user, is_paused});
            });
        } catch (const Failure& failure) {
            return failure.kind;
        }
        return std::nullopt;
    }
    std::optional<Instant> paused_at(const UserId& user)
    {
        return crm.database->read(owner.organization_id, [&](db::Reader& db) {
            const auto assignees = leads::list_assignees(db, owner);
            const auto found = std::ranges::find(assignees, user, &leads::Assignee::id);
            REQUIRE(found != assignees.end());
            return found->paused_at;
        });
    }
};

}  // namespace

TEST_CASE("everybody pauses and goes on; the time of the first pause stays")
{
    Shift shift;
    CHECK_FALSE(shift.paused_at(shift.joe.user_id));
    CHECK_FALSE(shift.refusal(shift.joe, shift.joe.user_id));
    const auto since = shift.paused_at(shift.joe.user_id);
    REQUIRE(since);
    CHECK_FALSE(shift.refusal(shift.owner, shift.joe.user_id));
    CHECK(shift.paused_at(shift.joe.user_id) == since);
    CHECK_FALSE(shift.paused_at(shift.sue.user_id));
    CHECK_FALSE(shift.refusal(shift.joe, shift.joe.user_id, false));
    CHECK_FALSE(shift.paused_at(shift.joe.user_id));
}

TEST_CASE("others are paused by whoever gives them leads, and by nobody else")
{
    Shift shift;
    auto lead = shift.crm.add_member("Lea", http::Sight::team);
    lead.team = {shift.joe.user_id};
    CHECK_FALSE(shift.refusal(lead, shift.joe.user_id));
    CHECK(shift.paused_at(shift.joe.user_id));
    CHECK(shift.refusal(lead, shift.sue.user_id) == Failure::Kind::not_found);
    CHECK_FALSE(shift.paused_at(shift.sue.user_id));
    const auto elsewhere = shift.crm.add_organization("Globex");
    CHECK(shift.refusal(shift.owner, elsewhere.user_id) == Failure::Kind::not_found);
    CHECK(shift.refusal(elsewhere, shift.sue.user_id) == Failure::Kind::not_found);
    CHECK_FALSE(shift.paused_at(shift.sue.user_id));
}

TEST_CASE("whoever is paused may still be given a lead; who leaves and comes back is on shift")
{
    Shift shift;
    shift.crm.arrives(testing::submission_of("Ana", "", "", "1"));
    CHECK_FALSE(shift.refusal(shift.joe, shift.joe.user_id));
    const auto id = *leads::LeadId::parse(shift.crm.lead("Ana").at("id").as_string());
    const auto given = shift.crm.database->write(shift.owner.organization_id, [&](db::Tx& tx) {
        return leads::assign(tx, shift.owner, {{id}, shift.joe.user_id}).changed;
    });
    CHECK(given == 1);
    shift.crm.database->write_platform([&](db::PlatformTx& tx) {
        const auto& in = shift.owner.organization_id;
        deactivate(tx, in, shift.owner.user_id, {shift.joe.user_id, std::nullopt});
        reactivate(tx, in, shift.joe.user_id);
    });
    CHECK_FALSE(shift.paused_at(shift.joe.user_id));
}

TEST_CASE("a pause is told on the stream, and stands in the own account and the list of members")
{
    app::testing::Product product;
    auto& owner = product.owner;
    const auto stream = owner.stream("/api/v1/stream");
    stream->texts(1);
    CHECK(owner.get("/api/v1/me").json().at("paused_at").is_null());
    CHECK(owner.put("/api/v1/me/availability", {{"is_paused", true}}).status == 204);
    const auto since = owner.get("/api/v1/me").json().at("paused_at");
    CHECK(since.is_string());
    const auto members = owner.get("/api/v1/members").json().at("data").as_array();
    REQUIRE(members.size() == 1);
    CHECK(members.front().at("paused_at") == since);
    const auto id = std::string(members.front().at("id").as_string());
    CHECK(
        owner.put("/api/v1/members/" + id + "/availability", {{"is_paused", false}}).status == 204);
    CHECK(owner.get("/api/v1/me").json().at("paused_at").is_null());
    std::string told;
    for (const auto& text : stream->texts(3)) told += text;
    CHECK(told.find("\"topic\":\"people\"") != std::string::npos);
}

}  // namespace leadcrm::people
