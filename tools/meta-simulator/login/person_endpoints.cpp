// The person who logged in: who they are, which pages are theirs, what they granted.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/graph/lists.hpp"
#include "meta-simulator/graph/nodes.hpp"
#include "meta-simulator/login/login_rules.hpp"

#include <algorithm>
#include <array>

namespace leadcrm::simulator {

namespace {

constexpr std::array<std::string_view, 4> person_fields{
    "client_business_id", "email", "id", "name"};
constexpr std::array<std::string_view, 2> person_unasked{"id", "name"};
const NodeType person_type{"User", person_fields, person_unasked};

constexpr auto limit_of_accounts = 25;

json::object account(const Ask& ask, const Member& member, const Page& page)
{
    const auto& without = ask.state.login.settings.pages_without_token;
    json::array tasks;
    for (const auto& task : member.tasks_on(page.id)) tasks.emplace_back(task);
    json::object whole = whole_page(page, {});
    whole["tasks"] = std::move(tasks);
    whole.erase("access_token");
    if (std::find(without.begin(), without.end(), page.id) == without.end())
        whole["access_token"] =
            page_token_for(ask.state, *ask.state.world.find_token(ask.token.text), page.id).text;
    return whole;
}

bool is_of_business(const World& world, const std::string& page_id)
{
    return std::ranges::any_of(world.businesses, [&](const auto& each) {
        return each.second.owned_pages.contains(page_id)
            || each.second.client_pages.contains(page_id);
    });
}

}  // namespace

json::value read_person(const Ask& ask)
{
    const auto& member = *ask.place.member;
    json::object whole{{"id", member.id}, {"name", member.name}};
    if (ask.token.kind == TokenKind::system_user) whole["client_business_id"] = "880000000000001";
    return choose(whole, person_type, parse_fields(ask.call.parameter("fields").value_or("")),
        ask.state.graph.removed_fields);
}

// Only pages that were chosen in the dialog, whatever else is theirs.
json::value list_accounts(const Ask& ask)
{
    if (!ask.token.scopes.contains("pages_show_list")) return json::object{{"data", json::array()}};
    const auto& member = *ask.place.member;
    auto& login = ask.state.login;
    ListKeys keys;
    for (const auto* page : pages_of(ask.state, member))
        if (member.pages.contains(page->id) && !is_of_business(ask.state.world, page->id))
            keys.insert({0, std::stoull(page->id)});
    auto list = read_list_ask(ask.call, ask.state.graph);
    list.newest_first = false;
    if (!ask.call.parameter("limit")) list.limit = limit_of_accounts;
    list.limit = std::min<std::int64_t>(list.limit, 100);
    auto found = cut(keys, list);
    const auto every = login.settings.empty_page_every;
    if (every > 0 && ++login.accounts_read % every == 0 && !found.keys.empty()) {
        const auto first = found.keys.front();
        found = {.has_next = true,
            .resume_after = list.after.value_or(ListKey{first.rank, first.id - 1})};
    }
    const auto fields =
        parse_fields(ask.call.parameter("fields").value_or("id,name,access_token,category,tasks"));
    return list_answer(ask.call, found, [&](ListKey key) {
        const auto& page = ask.state.world.pages.at(std::to_string(key.id));
        return choose(
            account(ask, member, page), page_type, fields, ask.state.graph.removed_fields);
    });
}

json::value list_businesses(const Ask& ask)
{
    require_scope(ask.token, "business_management");
    json::array data;
    for (const auto& [id, business] : ask.state.world.businesses)
        data.push_back(json::object{{"id", id}, {"name", business.name}});
    return json::object{{"data", std::move(data)}};
}

json::value list_business_pages(const Ask& ask)
{
    require_scope(ask.token, "business_management");
    const auto& business = ask.state.world.businesses.at(ask.id());
    const auto& ids =
        ask.place.edge == "owned_pages" ? business.owned_pages : business.client_pages;
    json::array data;
    for (const auto& id : ids) {
        const auto* page = ask.state.world.find_page(id);
        Token* asking = ask.state.world.find_token(ask.token.text);
        if (!page || !asking) continue;
        data.push_back(json::object{{"id", id}, {"name", page->name},
            {"access_token", page_token_for(ask.state, *asking, id).text}});
    }
    return json::object{{"data", std::move(data)}};
}

json::value list_permissions(const Ask& ask)
{
    json::array data;
    for (const auto& scope : ask.place.member->granted)
        data.push_back(json::object{{"permission", scope}, {"status", "granted"}});
    for (const auto& scope : ask.place.member->declined)
        data.push_back(json::object{{"permission", scope}, {"status", "declined"}});
    return json::object{{"data", std::move(data)}};
}

json::value revoke_permissions(const Ask& ask)
{
    const bool may =
        ask.token.kind == TokenKind::app || ask.token.member_id == ask.place.member->id;
    if (!may) throw missing_permission("public_profile");
    remove_app(ask.state, *ask.place.member);
    return success(ask.state);
}

}  // namespace leadcrm::simulator
