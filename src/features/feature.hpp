// What the operator of the service can turn off, for everybody or for one organization. Everything
// is on until they say otherwise. A route that belongs to a feature says so (part_of); what was set
// up before goes on, and no lead stops coming in. Asked for each request: feature_switches.hpp.
// Over HTTP: feature_api.hpp.
#pragma once

#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::features {

// api_keys: making them, and every request with one. company_sign_in, own_meta_app: setting it up.
BOOST_DEFINE_ENUM_CLASS(Feature, api_keys, company_sign_in, own_meta_app)

std::string name_of(Feature feature);
std::vector<Feature> all_features();

// The same endpoint, as a part of the feature.
http::Endpoint part_of(Feature feature, http::Endpoint endpoint);

// Who has what.
struct FeatureSettings {
    std::set<Feature> off;  // for everybody who has no setting of their own
    std::map<std::pair<OrganizationId, Feature>, bool> own;

    bool is_on(const OrganizationId& organization, Feature feature) const;
};

FeatureSettings read_settings(const db::PlatformReader& db);

// Whoever has no setting of their own.
void set_for_everybody(db::PlatformTx& tx, Feature feature, bool is_on);
// Nothing: as everybody. Throws Failure::not_found when there is no such organization.
void set_for(db::PlatformTx& tx, const OrganizationId& organization, Feature feature,
    std::optional<bool> is_on);

struct OwnSetting {
    OrganizationId id;
    std::string name;
    bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(OwnSetting, (), (id, name, is_on))

struct FeatureLine {
    Feature feature = Feature::api_keys;
    bool is_on = true;
    std::vector<OwnSetting> organizations;  // for whom it is otherwise said
};
BOOST_DESCRIBE_STRUCT(FeatureLine, (), (feature, is_on, organizations))

std::vector<FeatureLine> list_features(const db::PlatformReader& db);

// Signalled with every change.
constexpr auto features_channel = "features";

}  // namespace leadcrm::features
