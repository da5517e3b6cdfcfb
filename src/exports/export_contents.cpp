#include "exports/export_contents.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::exports {
namespace {

constexpr auto own = "organization_id = $1";

struct PlatformTable {
    std::string_view table;
    std::string_view condition;
};
constexpr std::array platform_tables{
    PlatformTable{"api_keys", own},
    PlatformTable{"former_members", own},
    PlatformTable{"invitations", own},
    PlatformTable{"memberships", own},
    PlatformTable{"meta_apps", own},
    PlatformTable{"organization_features", own},
    PlatformTable{"organizations", "id = $1"},
    PlatformTable{"page_routes", own},
    PlatformTable{"person_routes", own},
    PlatformTable{"sign_in_domains", own},
    PlatformTable{
        "users", "id IN (SELECT m.user_id FROM memberships AS m WHERE m.organization_id = $1)"},
};

constexpr std::array not_exported{
    LeftOut{"company_sign_ins", "sign-ins that are going on"},
    LeftOut{"data_deletions", "requests of people at Facebook, kept without names"},
    LeftOut{"devices", "browsers that people are known by"},
    LeftOut{"email_changes", "links that give access"},
    LeftOut{"email_confirmations", "links that give access"},
    LeftOut{"erased_submissions", "hashes that keep erased people from coming back"},
    LeftOut{"erasure_keys", "what those are hashed under"},
    LeftOut{"given_answers", "answers kept for a day, sealed under keys that are not stored"},
    LeftOut{"features_off", "what the operator offers to nobody"},
    LeftOut{"graph_hours", "how calls to Meta ended, counted for the operator"},
    LeftOut{"jobs", "work in progress"},
    LeftOut{"lead_search", "made from the leads, for searching"},
    LeftOut{"login_states", "logins at Facebook that are going on"},
    LeftOut{"mails", "the operator's list of letters"},
    LeftOut{"organization_deletions", "shown in the settings, and by its code"},
    LeftOut{"passkey_challenges", "part of signing in"},
    LeftOut{"passkeys", "part of signing in"},
    LeftOut{"password_resets", "links that give access"},
    LeftOut{"password_salts", "part of passwords"},
    LeftOut{"platform_admins", "who operates the service"},
    LeftOut{"plans", "what the operator offers to everybody"},
    LeftOut{"recovery_codes", "part of signing in"},
    LeftOut{"refused_deliveries", "sent by strangers"},
    LeftOut{"second_factors", "part of signing in"},
    LeftOut{"sessions", "where people are signed in"},
    LeftOut{"sign_in_attempts", "counted against guessing, without names"},
    LeftOut{"unrouted_deliveries", "of pages that nobody has connected"},
    LeftOut{"webhook_deliveries",
        "may tell of several organizations; delivery_links and submissions say what was yours"},
};

bool is_left_out(std::string_view table)
{
    return std::ranges::find(not_exported, table, &LeftOut::what) != not_exported.end();
}

std::string condition_of(const db::Table& table)
{
    if (table.is_tenant()) return own;
    const auto* found = std::ranges::find(platform_tables, table.name, &PlatformTable::table);
    if (found == platform_tables.end())
        throw Failure::internal("export_contents.cpp does not say what becomes of " + table.name);
    return std::string(found->condition);
}

}  // namespace

std::span<const LeftOut> left_out() { return not_exported; }

bool is_secret(const db::Column& column)
{
    return column.name.ends_with("_sealed") || column.name.ends_with("_hash");
}

std::vector<Content> contents(const db::PlatformReader& db)
{
    std::vector<Content> found;
    for (auto& table : db::list_tables(db)) {
        if (is_left_out(table.name)) continue;
        auto columns = table.columns;
        std::erase_if(columns, is_secret);
        auto condition = condition_of(table);
        found.push_back({std::move(table), std::move(columns), std::move(condition)});
    }
    return found;
}

}  // namespace leadcrm::exports
