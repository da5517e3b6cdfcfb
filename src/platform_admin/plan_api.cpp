#include "platform_admin/plan_api.hpp"

#include "platform/fields.hpp"
#include "platform_admin/plan.hpp"

#include <algorithm>

namespace leadcrm::platform_admin {
namespace {

struct PlanView {
    Usage usage;
    std::vector<Plan> plans;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (usage, plans))

struct AskForPlan {
    Text<1, 40> plan_id;
};
BOOST_DESCRIBE_STRUCT(AskForPlan, (), (plan_id))

struct PlanAsked {
    std::optional<std::string> pay_at;
};
BOOST_DESCRIBE_STRUCT(PlanAsked, (), (pay_at))

PlanView show_plan(db::Reader& db, const http::Caller&, const http::Nothing&)
{
    return {usage_of(db, Instant::now()), list_plans(db)};
}

PlanAsked ask_for_plan(db::Tx& tx, const http::Caller&, const AskForPlan& ask)
{
    const auto plans = list_plans(tx);
    const auto plan = std::find_if(
        plans.begin(), plans.end(), [&](const Plan& each) { return each.id == ask.plan_id.value; });
    if (plan == plans.end())
        throw Failure::invalid(
            "plan_id", "unknown", "There is no such plan. Choose one of those shown.");
    const auto usage = usage_of(tx, Instant::now());
    if (!usage.plan)
        throw Failure::conflict("Nothing limits this organization, so there is nothing to change.");
    if (usage.plan->id == plan->id) throw Failure::conflict("This is your plan already.");
    return {ManualPayment().ask_for(tx, *plan, Instant::now())};
}

}  // namespace

void add_routes(http::Routes& api)
{
    using http::Right;
    api.read("GET", "/api/v1/plan", show_plan,
        {.summary = "The plan, what it is used for this month, and what else there is",
            .right = Right::manage_organization,
            .description =
                "Leads beyond the plan are taken in all the same. Without a plan nothing limits.",
            .for_support = true});
    api.write("POST", "/api/v1/plan", ask_for_plan,
        {"Ask for another plan", Right::manage_organization,
            "`pay_at`, where there is one, is where the browser goes on. Otherwise the operator of "
            "the service gets in touch and sets the plan.",
            202});
}

}  // namespace leadcrm::platform_admin
