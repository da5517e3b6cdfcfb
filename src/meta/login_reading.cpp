#include "meta/login_reading.hpp"

#include "platform/log/log.hpp"

#include <algorithm>
#include <functional>

namespace leadcrm::meta {
namespace {

// 40 × 100 pages. A list that does not end is Meta's mistake, not a reason to go on for ever.
constexpr int hops_max = 40;

PageAccess nobody() { return {}; }

PageAccess person_access(const std::string& token) { return {.page_id = {}, .token = token}; }

// Meta repeats what it was sent in some messages, codes and tokens too.
std::string clean(std::string text, const std::vector<std::string>& secrets)
{
    for (const auto& secret : secrets)
        for (auto at = text.find(secret); !secret.empty() && at != std::string::npos;
             at = text.find(secret))
            text.replace(at, secret.size(), "…");
    return text;
}

std::string exchanged(GraphClient& graph, net::Parameters parameters)
{
    const auto& app = graph.app();
    const auto secret = parameters.back().second;
    parameters.emplace_back("client_id", app.app_id);
    parameters.emplace_back("client_secret", app.app_secrets.front());
    const GraphRequest ask{
        .method = "POST", .path = "oauth/access_token", .parameters = std::move(parameters)};
    const auto answer = graph.ask(nobody(), ask);
    if (answer.problem)
        throw LoginTrouble(
            "no token: " + clean(answer.problem->text(), {secret, app.app_secrets.front()}));
    auto token = text_member(answer.body, "access_token");
    if (token.empty()) throw LoginTrouble("an answer without a token");
    return token;
}

std::optional<Instant> moment(const json::value& data, std::string_view name)
{
    const auto seconds = whole_member(data, name).value_or(0);
    return seconds > 0 ? std::optional(Instant::from_unix_seconds(seconds)) : std::nullopt;
}

std::vector<std::string> texts(const json::value& of, std::string_view name)
{
    std::vector<std::string> list;
    for (const auto& element : list_member(of, name))
        if (const auto* text = element.if_string()) list.emplace_back(*text);
    return list;
}

std::vector<std::string> declined_scopes(GraphClient& graph, const std::string& token)
{
    const auto answer = graph.ask(person_access(token), {.path = "me/permissions"});
    std::vector<std::string> declined;
    for (const auto& permission : list_member(answer.body, "data"))
        if (text_member(permission, "status") == "declined")
            declined.push_back(text_member(permission, "permission"));
    return declined;
}

std::vector<std::string> scopes_for(const TokenFacts& facts, const std::string& page_id)
{
    std::vector<std::string> granted;
    for (const auto& scope : facts.scopes) {
        const auto targets = facts.targets_of(scope);
        if (!targets || std::find(targets->begin(), targets->end(), page_id) != targets->end())
            granted.push_back(scope);
    }
    return granted;
}

// Every element of a list. The last page is the one without `next`; an empty one may have it.
std::optional<GraphProblem> each_of(GraphClient& graph, const std::string& token,
    const std::string& edge, const std::string& fields,
    const std::function<void(const json::value&)>& take)
{
    std::string after;
    for (int hop = 0; hop < hops_max; ++hop) {
        GraphRequest ask{.path = edge, .parameters = {{"fields", fields}, {"limit", "100"}}};
        if (!after.empty()) ask.parameters.emplace_back("after", after);
        const auto answer = graph.ask(person_access(token), ask);
        if (answer.problem) return answer.problem;
        for (const auto& element : list_member(answer.body, "data")) take(element);
        const auto* paging = member(answer.body, "paging");
        const auto* cursors = paging ? member(*paging, "cursors") : nullptr;
        after = cursors ? text_member(*cursors, "after") : "";
        if (!paging || !member(*paging, "next") || after.empty()) break;
    }
    return std::nullopt;
}

bool has(const std::vector<std::string>& list, const std::string& text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

SeenPage seen_page(const json::value& page, const TokenFacts& facts)
{
    auto id = text_member(page, "id");
    auto scopes = scopes_for(facts, id);
    return {std::move(id), text_member(page, "name"), text_member(page, "access_token"),
        texts(page, "tasks"), std::move(scopes)};
}

// Those a business portfolio owns, or looks after for a client. The person's own list may lack
// them. Without the permission, and where Meta refuses, they are simply not seen.
void add_pages_of_businesses(GraphClient& graph, const std::string& token, const TokenFacts& facts,
    std::vector<SeenPage>& pages)
{
    if (!has(facts.scopes, "business_management")) return;
    std::vector<std::string> businesses;
    auto problem = each_of(graph, token, "me/businesses", "id",
        [&](const json::value& business) { businesses.push_back(text_member(business, "id")); });
    const auto take = [&](const json::value& found) {
        auto page = seen_page(found, facts);
        const bool is_known = std::any_of(pages.begin(), pages.end(),
            [&](const SeenPage& known) { return known.page_id == page.page_id; });
        if (!is_known) pages.push_back(std::move(page));
    };
    for (const auto& business : businesses)
        for (const auto* edge : {"/owned_pages", "/client_pages"})
            if (const auto refused =
                    each_of(graph, token, business + edge, "id,name,access_token", take))
                problem = refused;
    if (problem)
        log::warn("the pages of a business cannot be listed", {{"problem", problem->text()}});
}

std::vector<SeenPage> pages_of(
    GraphClient& graph, const std::string& token, const TokenFacts& facts)
{
    std::vector<SeenPage> pages;
    const auto problem = each_of(graph, token, "me/accounts", "id,name,access_token,tasks",
        [&](const json::value& page) { pages.push_back(seen_page(page, facts)); });
    if (problem) throw LoginTrouble("no list of pages: " + problem->text());
    add_pages_of_businesses(graph, token, facts, pages);
    return pages;
}

// A token that dies within hours is worth nothing here.
std::string lasting(GraphClient& graph, const std::string& token)
{
    return exchanged(graph, {{"grant_type", "fb_exchange_token"}, {"fb_exchange_token", token}});
}

}  // namespace

std::optional<std::vector<std::string>> TokenFacts::targets_of(std::string_view scope) const
{
    for (const auto& [name, pages] : targets)
        if (name == scope) return pages;
    return std::nullopt;
}

TokenFacts debug_token(GraphClient& graph, const std::string& token)
{
    const GraphRequest ask{
        .path = "debug_token", .parameters = {{"input_token", token}}, .is_secret = true};
    const auto answer = graph.ask(graph.app_access(), ask);
    const auto* data = member(answer.body, "data");
    if (answer.problem || !data)
        throw LoginTrouble("debug_token: "
            + (answer.problem ? clean(answer.problem->text(), {token}) : std::string("no data")));
    const auto app_id = text_member(*data, "app_id");
    if (!app_id.empty() && app_id != graph.app().app_id)
        throw LoginTrouble("the token is of another app: " + app_id);
    const auto* valid = member(*data, "is_valid");
    TokenFacts facts{.is_valid = valid && valid->is_bool() && valid->get_bool(),
        .kind = text_member(*data, "type"),
        .person_id = text_member(*data, "user_id"),
        .expires_at = moment(*data, "expires_at"),
        .data_access_expires_at = moment(*data, "data_access_expires_at"),
        .scopes = texts(*data, "scopes")};
    for (const auto& granular : list_member(*data, "granular_scopes"))
        if (member(granular, "target_ids"))
            facts.targets.emplace_back(
                text_member(granular, "scope"), texts(granular, "target_ids"));
    if (const auto* error = member(*data, "error"))
        facts.subcode = whole_member(*error, "subcode").value_or(0);
    return facts;
}

LoginReading read_login(
    GraphClient& graph, const std::string& code, const std::string& redirect_uri)
{
    LoginReading login;
    login.token = exchanged(graph, {{"redirect_uri", redirect_uri}, {"code", code}});
    login.facts = debug_token(graph, login.token);
    if (login.facts.kind == "SYSTEM_USER") {
        login.kind = LoginKind::business;
    } else {
        login.token = lasting(graph, login.token);
        login.facts = debug_token(graph, login.token);
        login.declined = declined_scopes(graph, login.token);
        if (!graph.app().login_config_id.empty()) login.kind = LoginKind::business;
    }
    if (!login.facts.is_valid) throw LoginTrouble("the token is not valid");

    const auto me = graph.ask(
        person_access(login.token), {.path = "me", .parameters = {{"fields", "id,name"}}});
    if (me.problem) throw LoginTrouble("no name: " + me.problem->text());
    login.person_name = text_member(me.body, "name");
    login.person_id =
        login.facts.person_id.empty() ? text_member(me.body, "id") : login.facts.person_id;
    if (login.person_id.empty()) throw LoginTrouble("nobody knows who logged in");
    login.pages = pages_of(graph, login.token, login.facts);
    return login;
}

}  // namespace leadcrm::meta
