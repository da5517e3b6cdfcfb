#include "platform_admin/plan.hpp"

#include "events/change.hpp"
#include "platform/failure.hpp"

#include <chrono>

namespace leadcrm::platform_admin {
namespace {

constexpr std::int64_t leads_counted_max = 100'000;

struct Subscription {
    std::string plan_id;
    std::optional<std::string> asked_plan_id;
};
BOOST_DESCRIBE_STRUCT(Subscription, (), (plan_id, asked_plan_id))

std::optional<Plan> find_plan(const db::Reader& db, const std::string& id)
{
    return db.row<Plan>("SELECT {columns} FROM plans WHERE id = $2", id);
}

std::int64_t members_of(const db::Reader& db)
{
    return db.one<std::int64_t>("SELECT count(*) FROM memberships WHERE organization_id = $1");
}

Instant beginning_of_month(Instant now)
{
    const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(now.us)};
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    const std::chrono::sys_days first = day.year() / day.month() / 1;
    return Instant::from_unix_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(first.time_since_epoch()).count());
}

bool is_beyond(std::int64_t used, const std::optional<std::int64_t>& limit)
{
    return limit && used > *limit;
}

}  // namespace

std::vector<Plan> list_plans(const db::Questions& db)
{
    return db.rows<Plan>("SELECT {columns} FROM plans ORDER BY position");
}

void need_seats(const db::Reader& db, std::int64_t more, std::int64_t waiting)
{
    const auto subscription =
        db.row<Subscription>("SELECT {columns} FROM subscriptions WHERE organization_id = $1");
    const auto plan = subscription ? find_plan(db, subscription->plan_id) : std::nullopt;
    if (!plan || !plan->seats) return;
    const auto members = members_of(db);
    if (members + more <= *plan->seats) return;
    auto taken = std::to_string(members) + (members == 1 ? " is" : " are") + " taken";
    if (waiting > 0) taken += " and " + std::to_string(waiting) + " promised by open invitations";
    throw Failure::conflict("The plan " + plan->name + " has " + std::to_string(*plan->seats)
        + " seats; " + taken
        + ". An owner can ask for a larger plan under Settings, Plan, or free a seat under "
          "Settings, People.");
}

Usage usage_of(const db::Reader& db, Instant now)
{
    Usage usage{.month_began = beginning_of_month(now)};
    if (const auto subscription = db.row<Subscription>(
            "SELECT {columns} FROM subscriptions WHERE organization_id = $1")) {
        usage.plan = find_plan(db, subscription->plan_id);
        usage.asked_plan_id = subscription->asked_plan_id;
    }
    usage.seats = members_of(db);
    usage.leads =
        db.one<std::int64_t>("SELECT count(*) FROM (SELECT 1 FROM leads WHERE organization_id = $1"
                             " AND received_at >= $2 LIMIT $3) AS recent",
            usage.month_began, leads_counted_max);
    usage.is_over = usage.plan
        && (is_beyond(usage.seats, usage.plan->seats)
            || is_beyond(usage.leads, usage.plan->monthly_leads));
    return usage;
}

void set_plan(db::Tx& tx, const std::optional<std::string>& plan_id, Instant now)
{
    events::tell_change(tx, events::Topic::organization);
    if (!plan_id) {
        tx.run("DELETE FROM subscriptions WHERE organization_id = $1");
        return;
    }
    if (!find_plan(tx, *plan_id)) throw Failure::not_found("There is no plan " + *plan_id + ".");
    tx.run(R"sql(
        INSERT INTO subscriptions (organization_id, plan_id, since) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id) DO UPDATE SET plan_id = EXCLUDED.plan_id,
            since = EXCLUDED.since, asked_plan_id = NULL, asked_at = NULL
    )sql",
        *plan_id, now);
}

std::optional<std::string> ManualPayment::ask_for(db::Tx& tx, const Plan& plan, Instant now)
{
    events::tell_change(tx, events::Topic::organization);
    tx.run("UPDATE subscriptions SET asked_plan_id = $2, asked_at = $3 WHERE organization_id = $1",
        plan.id, now);
    return std::nullopt;
}

}  // namespace leadcrm::platform_admin
