#include "meta-simulator/login/login.hpp"

#include "meta-simulator/world/world.hpp"

namespace leadcrm::simulator {

namespace {

constexpr std::uint64_t first_member = 10'200'000'000'000'001;

}  // namespace

const std::vector<std::string>& Member::tasks_on(const std::string& page_id) const
{
    const auto found = page_tasks.find(page_id);
    return found == page_tasks.end() ? tasks : found->second;
}

// Three people to log in as: one who may do everything, one who may only look, one who may
// advertise but not subscribe.
Login::Login()
{
    add("Olivia Owner",
        {"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"});
    add("Vera Viewer", {"ANALYZE", "MESSAGING"});
    add("Adam Advertiser", {"ADVERTISE", "ANALYZE"});
    settings.person_id = members.begin()->first;
    settings.configurations[business_config_id] = {
        .scopes = {World::lead_scopes().begin(), World::lead_scopes().end()}};
}

Member* Login::find(const std::string& id)
{
    const auto found = members.find(id);
    return found == members.end() ? nullptr : &found->second;
}

Member& Login::add(std::string name, std::vector<std::string> tasks)
{
    const auto id = std::to_string(first_member + members.size());
    return members[id] = {.id = id, .name = std::move(name), .tasks = std::move(tasks)};
}

}  // namespace leadcrm::simulator
