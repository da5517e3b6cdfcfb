// What an organization pays for: seats and leads a month. Too many leads are never turned away; its
// owner is told. Without a plan nothing limits it, which is what one's own server wants.
#pragma once

#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::platform_admin {

struct Plan {
    std::string id;
    std::string name;
    std::optional<std::int64_t> seats;  // nothing: without limit
    std::optional<std::int64_t> monthly_leads;
};
BOOST_DESCRIBE_STRUCT(Plan, (), (id, name, seats, monthly_leads))

struct Usage {
    std::optional<Plan> plan;
    std::optional<std::string> asked_plan_id;  // what the owner would rather have
    std::int64_t seats = 0;
    std::int64_t leads = 0;  // received since `month_began`; counted up to leads_counted_max
    Instant month_began;  // in UTC
    bool is_over = false;
};
BOOST_DESCRIBE_STRUCT(Usage, (), (plan, asked_plan_id, seats, leads, month_began, is_over))

// The smallest first.
std::vector<Plan> list_plans(const db::Questions& db);
Usage usage_of(const db::Reader& db, Instant now);

// Before a person is added: whether the plan has a seat for `more` people, `waiting` of whom are
// invited already. Throws Failure::conflict with the plan, its seats and what can be done. An
// organization that has more people than seats, because its plan was changed, keeps them.
void need_seats(const db::Reader& db, std::int64_t more, std::int64_t waiting = 0);

// Nothing: on no plan. Throws Failure::not_found. Whatever the owner asked for is answered with it.
void set_plan(db::Tx& tx, const std::optional<std::string>& plan_id, Instant now);

// How a change of plan is paid for.
class PaymentProvider {
public:
    virtual ~PaymentProvider() = default;
    // The owner asks for a plan. Returns where the browser goes on to pay, if it has to.
    virtual std::optional<std::string> ask_for(db::Tx& tx, const Plan& plan, Instant now) = 0;
};

// The wish is noted; the operator sends an invoice, and sets the plan when it suits.
class ManualPayment : public PaymentProvider {
public:
    std::optional<std::string> ask_for(db::Tx& tx, const Plan& plan, Instant now) override;
};

}  // namespace leadcrm::platform_admin
