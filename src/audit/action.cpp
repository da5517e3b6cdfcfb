#include "audit/action.hpp"

#include "platform/http/dispatcher.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace leadcrm::audit {
namespace {

struct Action {
    const char* action;
    const char* what;
};
constexpr std::array actions{
    Action{"GET /api/v1/auth/company/callback", "Sign in with the company's account"},
    Action{"GET /api/v1/leads/{id}/access-file", "Fetch everything kept about a person"},
    Action{"GET /meta/oauth/callback", "Connect Facebook"},
    Action{"POST /meta/deauthorize", "Remove a login that Facebook ended"},
    Action{"copied passkey", "Sign in with a passkey that may be a copy: its counter went back"},
    Action{"leadcrm admin import-page", "Connect a Facebook Page"},
    Action{"leadcrm admin reset-second-factor", "Switch off a lost second factor"},
    Action{"leadcrm admin restore", "Restore the organization"},
    Action{"leadcrm admin set-feature", "Turn a feature on or off"},
    Action{"leadcrm admin set-plan", "Set the plan"},
    Action{"leadcrm admin suspend", "Suspend the organization"},
    Action{"leadcrm restore", "Restore the state of a backup"},
    Action{"privacy.deleted", "Erase a lead that was deleted 30 days before"},
    Action{"privacy.erase_again", "Erase a person once more, whom a backup brought back"},
    Action{"privacy.retention", "Erase a lead whose time to be kept is over"},
    Action{"second factor", "Give a code of the second factor"},
    Action{"support_access.end", "Support access ended by itself"},
};

bool is_recorded(const http::Route& route)
{
    using http::Right;
    if (!route.path.starts_with("/api/v1/")) return false;
    if (route.method != "GET") return true;
    const auto right = route.endpoint.right;
    return right == Right::read_leads || right == Right::read_reports
        || right == Right::read_sources || route.endpoint.for_support || http::takes_file(route);
}

}  // namespace

bool is_action(std::string_view action)
{
    const auto space = action.find(' ');
    if (space != std::string_view::npos && action.substr(space + 1).starts_with("/api/v1/"))
        return true;
    return std::ranges::any_of(actions, [&](const Action& own) { return own.action == action; });
}

boost::json::object all_actions(const http::Routes& routes)
{
    boost::json::object all;
    for (const auto& [action, what] : actions) all[action] = what;
    for (const auto& route : routes.all())
        if (is_recorded(route)) all[route.method + " " + route.path] = route.endpoint.summary;
    return all;
}

}  // namespace leadcrm::audit
