#include "features/feature_api.hpp"

#include "audit/audit.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::features {

struct SwitchFeature {
    Feature feature = Feature::api_keys;
    bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(SwitchFeature, (), (feature, is_on))

struct SwitchForOrganization {
    OrganizationId id;
    Feature feature = Feature::api_keys;
    std::optional<bool> is_on;
};
BOOST_DESCRIBE_STRUCT(SwitchForOrganization, (), (id, feature, is_on))

struct FeaturesOff {
    std::vector<Feature> off;
};
BOOST_DESCRIBE_STRUCT(FeaturesOff, (), (off))

namespace {

constexpr auto own_path = "/api/v1/platform/organizations/{id}/features/{feature}";

http::Nothing switch_for_everybody(
    db::PlatformTx& tx, const http::Caller& caller, const SwitchFeature& ask)
{
    set_for_everybody(tx, ask.feature, ask.is_on);
    tx.after_commit(
        [by = caller.user_id.text(), feature = name_of(ask.feature), is_on = ask.is_on] {
            log::info(is_on ? "a feature is on for everybody" : "a feature is off for everybody",
                {{"by", by}, {"feature", feature}});
        });
    return {};
}

// What the operator does to an organization is its business.
http::Nothing switch_for_organization(
    db::PlatformTx& tx, const http::Caller& caller, const SwitchForOrganization& ask)
{
    set_for(tx, ask.id, ask.feature, ask.is_on);
    auto inside = tx.in_organization(ask.id);
    audit::record(inside,
        {.user_id = caller.user_id,
            .action = std::string("PUT ") + own_path,
            .what = "Turn a feature on or off",
            .object = name_of(ask.feature),
            .by_support = true});
    return {};
}

}  // namespace

void add_routes(http::Routes& api, const Switches& switches)
{
    using http::Right;
    api.read("GET", "/api/v1/platform/features",
        [](db::PlatformReader& db, const http::Caller&, const http::Nothing&) {
            return http::Page<FeatureLine>{list_features(db), std::nullopt};
        },
        {"What can be turned off, and for whom it is", Right::operate_platform});
    api.write("PUT", "/api/v1/platform/features/{feature}", switch_for_everybody,
        {"Turn a feature on or off for everybody", Right::operate_platform,
            "For every organization without a setting of its own. What was set up before goes on; "
            "leads come in as before.",
            204});
    api.write("PUT", own_path, switch_for_organization,
        {"Turn a feature on or off for one organization", Right::operate_platform,
            "Without `is_on` the organization has what everybody has.", 204});
    api.work("GET", "/api/v1/organization/features",
        [&switches](const http::Call& call, const http::Nothing&) {
            FeaturesOff found;
            for (const auto feature : all_features())
                if (!switches.is_on(call.caller().organization_id, feature))
                    found.off.push_back(feature);
            return found;
        },
        {"What whoever runs the service has turned off", Right::read_leads,
            "Requests for it are answered with 403 and the code `feature_off`."});
}

}  // namespace leadcrm::features
