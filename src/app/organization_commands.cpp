#include "app/organization_commands.hpp"

#include "app/config.hpp"
#include "app/options.hpp"
#include "app/storage.hpp"
#include "audit/audit.hpp"
#include "features/feature.hpp"
#include "platform_admin/plan.hpp"
#include "platform_admin/suspension.hpp"

#include <cstdio>
#include <stdexcept>

namespace leadcrm::app {
namespace {

using platform_admin::SuspensionAct;

std::unique_ptr<db::Database> open_database(const Options& options)
{
    return open_storage(read_config(options.settings, process_environment()));
}

void must_exist(const db::PlatformReader& db, const OrganizationId& id)
{
    if (!db.row<std::string>("SELECT name FROM organizations WHERE id = $1", id))
        throw std::invalid_argument("there is no organization " + id.text());
}

SuspensionAct act_in(const Options& options)
{
    try {
        return {options.organization(),
            platform_admin::OperatorReason::check(options.required("reason"))};
    } catch (const BadField& bad) {
        throw std::invalid_argument(std::string("--reason: ") + bad.what());
    }
}

}  // namespace

int set_plan(const std::vector<std::string>& words)
{
    const Options options(words, {"organization", "plan"});
    const auto organization = options.organization();
    const auto& plan = options.required("plan");
    const auto database = open_database(options);
    database->write_platform([&](db::PlatformTx& tx) {
        must_exist(tx, organization);
        auto inside = tx.in_organization(organization);
        platform_admin::set_plan(
            inside, plan == "none" ? std::nullopt : std::optional(plan), Instant::now());
        audit::record(
            inside, {.action = "leadcrm admin set-plan", .what = "Set the plan", .object = plan});
    });
    std::puts("The plan is set.");
    return 0;
}

int set_feature(const std::vector<std::string>& words)
{
    const Options options(words, {"feature", "state", "organization"});
    features::Feature feature{};
    if (!boost::describe::enum_from_string(options.required("feature").c_str(), feature))
        throw std::invalid_argument("--feature: leadcrm admin features lists them");
    const auto& state = options.required("state");
    const bool is_one = options.has("organization");
    if (state != "on" && state != "off" && !(is_one && state == "default"))
        throw std::invalid_argument("--state has to be on or off, or default for an organization");
    const auto organization = is_one ? std::optional(options.organization()) : std::nullopt;
    const auto database = open_database(options);
    database->write_platform([&](db::PlatformTx& tx) {
        if (!organization) return features::set_for_everybody(tx, feature, state == "on");
        must_exist(tx, *organization);
        features::set_for(tx, *organization, feature,
            state == "default" ? std::nullopt : std::optional(state == "on"));
        auto inside = tx.in_organization(*organization);
        audit::record(inside,
            {.action = "leadcrm admin set-feature",
                .what = "Turn a feature on or off",
                .object = features::name_of(feature)});
    });
    std::puts("It is set. A running server knows it within seconds.");
    return 0;
}

int suspend(const std::vector<std::string>& words)
{
    const Options options(words, {"organization", "reason"});
    const auto act = act_in(options);
    open_database(options)->write_platform([&](db::PlatformTx& tx) {
        must_exist(tx, act.organization_id);
        platform_admin::suspend(tx, act);
    });
    std::puts("It is suspended.");
    return 0;
}

int restore_organization(const std::vector<std::string>& words)
{
    const Options options(words, {"organization", "reason"});
    const auto act = act_in(options);
    open_database(options)->write_platform([&](db::PlatformTx& tx) {
        must_exist(tx, act.organization_id);
        platform_admin::restore(tx, act);
    });
    std::puts("Its members can work again.");
    return 0;
}

}  // namespace leadcrm::app
