#include "features/feature.hpp"

#include <boost/mp11.hpp>

namespace leadcrm::features {
namespace {

struct OwnRow {
    OrganizationId organization_id;
    std::string name;
    std::string feature;
    bool is_on = true;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (organization_id, name, feature, is_on))

// One that a later version had, and this one does not, is passed over.
std::optional<Feature> feature_named(const std::string& name)
{
    Feature feature{};
    if (boost::describe::enum_from_string(name.c_str(), feature)) return feature;
    return std::nullopt;
}

std::vector<OwnRow> own_rows(const db::PlatformReader& db)
{
    return db.rows<OwnRow>("SELECT f.organization_id, o.name, f.feature, f.is_on"
                           " FROM organization_features AS f"
                           " JOIN organizations AS o ON o.id = f.organization_id"
                           " ORDER BY f.organization_id, f.feature");
}

std::set<Feature> off_for_everybody(const db::PlatformReader& db)
{
    std::set<Feature> off;
    for (const auto& name : db.rows<std::string>("SELECT feature FROM features_off"))
        if (const auto feature = feature_named(name)) off.insert(*feature);
    return off;
}

}  // namespace

std::string name_of(Feature feature) { return boost::describe::enum_to_string(feature, ""); }

std::vector<Feature> all_features()
{
    std::vector<Feature> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Feature>>(
        [&](auto each) { all.push_back(each.value); });
    return all;
}

http::Endpoint part_of(Feature feature, http::Endpoint endpoint)
{
    endpoint.feature = name_of(feature);
    return endpoint;
}

bool FeatureSettings::is_on(const OrganizationId& organization, Feature feature) const
{
    const auto found = own.find({organization, feature});
    return found == own.end() ? !off.contains(feature) : found->second;
}

FeatureSettings read_settings(const db::PlatformReader& db)
{
    FeatureSettings settings{.off = off_for_everybody(db)};
    for (const auto& row : own_rows(db))
        if (const auto feature = feature_named(row.feature))
            settings.own[{row.organization_id, *feature}] = row.is_on;
    return settings;
}

void set_for_everybody(db::PlatformTx& tx, Feature feature, bool is_on)
{
    tx.run("DELETE FROM features_off WHERE feature = $1", name_of(feature));
    if (!is_on) tx.run("INSERT INTO features_off (feature) VALUES ($1)", name_of(feature));
    tx.signal(features_channel, "");
}

void set_for(db::PlatformTx& tx, const OrganizationId& organization, Feature feature,
    std::optional<bool> is_on)
{
    if (!tx.row<std::string>("SELECT name FROM organizations WHERE id = $1", organization))
        throw Failure::not_found("There is no such organization.");
    tx.run("DELETE FROM organization_features WHERE organization_id = $1 AND feature = $2",
        organization, name_of(feature));
    if (is_on)
        tx.run("INSERT INTO organization_features (feature, organization_id, is_on)"
               " VALUES ($1, $2, $3)",
            name_of(feature), organization, *is_on);
    tx.signal(features_channel, "");
}

std::vector<FeatureLine> list_features(const db::PlatformReader& db)
{
    const auto off = off_for_everybody(db);
    const auto own = own_rows(db);
    std::vector<FeatureLine> lines;
    for (const auto feature : all_features()) {
        FeatureLine line{.feature = feature, .is_on = !off.contains(feature)};
        for (const auto& row : own)
            if (row.feature == name_of(feature))
                line.organizations.push_back({row.organization_id, row.name, row.is_on});
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace leadcrm::features
