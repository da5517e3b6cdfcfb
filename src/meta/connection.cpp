#include "meta/connection.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

bool has(const std::vector<std::string>& list, std::string_view name)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

// Business portfolios have longer words for the same tasks, and one for everything.
bool may(const std::vector<std::string>& tasks, std::string_view task)
{
    return has(tasks, task) || has(tasks, "PROFILE_PLUS_" + std::string(task))
        || has(tasks, "PROFILE_PLUS_FULL_CONTROL");
}

bool may_subscribe(const std::vector<std::string>& tasks)
{
    return may(tasks, "MANAGE") || may(tasks, "CREATE_CONTENT") || may(tasks, "MODERATE");
}

}  // namespace

std::vector<Missing> missing_of(const ShownPage& page)
{
    std::vector<Missing> missing;
    if (!page.token_sealed)
        missing.push_back({Lack::token, "access_token",
            "Facebook did not give access to this page. Connect Facebook again and choose the page "
            "in the list that Facebook shows."});
    for (const auto& scope : scopes)
        if (!has(page.scopes, scope.name))
            missing.push_back({Lack::scope, std::string(scope.name),
                std::string(scope.needed_for)
                    + " is not allowed yet. Connect Facebook again and leave this permission "
                      "switched on for the page.",
                scope.is_vital});
    // A page of a business comes without them. Meta refuses then what the person may not do.
    if (page.tasks.empty()) return missing;
    if (!may(page.tasks, "ADVERTISE"))
        missing.push_back({Lack::task, "ADVERTISE",
            "Your role on this page does not include ads. Ask an admin of the page for the task "
            "\"Ads\", then connect Facebook again."});
    if (!may_subscribe(page.tasks))
        missing.push_back({Lack::task, "MANAGE",
            "Your role on this page does not let you add an app to it. Ask an admin of the page "
            "for full control or the task \"Content\", then connect Facebook again."});
    return missing;
}

bool can_connect(const std::vector<Missing>& missing)
{
    return std::none_of(
        missing.begin(), missing.end(), [](const Missing& lack) { return lack.is_vital; });
}

std::string vital_messages(const std::vector<Missing>& missing)
{
    std::string text;
    for (const auto& lack : missing)
        if (lack.is_vital) text += (text.empty() ? "" : " ") + lack.message;
    return text;
}

std::string person_token_context(OrganizationId organization, const std::string& person_id)
{
    return "person token of " + organization.text() + "/" + person_id;
}

}  // namespace leadcrm::meta
