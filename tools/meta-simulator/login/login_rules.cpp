#include "meta-simulator/login/login_rules.hpp"

#include "meta-simulator/graph/meta_text.hpp"

#include <algorithm>

namespace leadcrm::simulator {

namespace {

constexpr std::string_view always_granted[] = {"public_profile"};

std::string with_parameters(
    const std::string& address, const std::vector<std::pair<std::string, std::string>>& added)
{
    auto url = address;
    for (const auto& [name, text] : added) {
        url += url.find('?') == url.npos ? '?' : '&';
        url += name + "=" + percent_encoded(text);
    }
    return url;
}

std::string refused(const DialogAsk& ask)
{
    return with_parameters(ask.redirect_uri,
        {{"error", "access_denied"}, {"error_code", "200"},
            {"error_description", "Permissions error"}, {"error_reason", "user_denied"},
            {"state", ask.state}});
}

bool grants_all(const DialogAsk& ask, const DialogReply& reply)
{
    return std::ranges::all_of(
        ask.scopes, [&](const auto& scope) { return reply.scopes.contains(scope); });
}

std::string next_token_text(State& state, std::string_view kind)
{
    return "EAASIM" + std::string(kind) + std::to_string(++state.login.tokens_made) + "Z"
        + std::to_string(state.trace.below(1'000'000'000));
}

}  // namespace

std::optional<std::string> refusal_of(const State& state, const DialogAsk& ask)
{
    const auto& settings = state.login.settings;
    if (ask.client_id != state.world.app_id && !state.world.other_apps.contains(ask.client_id))
        return "Invalid App ID: there is no such app.";
    const auto& valid = settings.redirect_uris;
    if (ask.redirect_uri.empty()
        || (!valid.empty() && std::ranges::find(valid, ask.redirect_uri) == valid.end()))
        return "URL Blocked: this redirect failed because the redirect URI is not white-listed in "
               "the app's client OAuth settings.";
    if (!ask.config_id.empty() && !settings.configurations.contains(ask.config_id))
        return "Invalid configuration: there is no such config_id.";
    return std::nullopt;
}

std::vector<std::string> scopes_shown(const Member& member, const DialogAsk& ask)
{
    if (ask.asks_again || !ask.config_id.empty()) return ask.scopes;
    std::vector<std::string> shown;
    std::ranges::copy_if(ask.scopes, std::back_inserter(shown),
        [&](const auto& scope) { return !member.declined.contains(scope); });
    return shown;
}

std::vector<const Page*> pages_of(const State& state, const Member& member)
{
    std::vector<const Page*> pages;
    for (const auto& [id, page] : state.world.pages)
        if (!member.tasks_on(id).empty()) pages.push_back(&page);
    return pages;
}

DialogReply automatic_reply(const State& state, const DialogAsk& ask)
{
    const auto& settings = state.login.settings;
    const auto& member = state.login.members.at(settings.person_id);
    DialogReply reply{.granted = settings.answer == DialogAnswer::grant, .member_id = member.id};
    for (const auto& scope : scopes_shown(member, ask))
        if (std::ranges::find(settings.declined, scope) == settings.declined.end())
            reply.scopes.insert(scope);
    for (const auto* page : pages_of(state, member))
        if (!settings.pages
            || std::ranges::find(*settings.pages, page->id) != settings.pages->end())
            reply.pages.insert(page->id);
    return reply;
}

std::string close_dialog(State& state, const DialogAsk& ask, const DialogReply& reply)
{
    Member* member = state.login.find(reply.member_id);
    if (!reply.granted || !member || state.login.settings.development_mode) return refused(ask);
    if (!ask.config_id.empty() && !grants_all(ask, reply)) return refused(ask);
    for (const auto& scope : scopes_shown(*member, ask)) {
        const bool yes = reply.scopes.contains(scope);
        (yes ? member->granted : member->declined).insert(scope);
        (yes ? member->declined : member->granted).erase(scope);
    }
    for (const auto scope : always_granted) member->granted.insert(std::string(scope));
    member->pages = reply.pages;

    const auto code = next_token_text(state, "CODE");
    state.login.codes[code] = {.member_id = member->id,
        .redirect_uri = ask.redirect_uri,
        .config_id = ask.config_id,
        .app_id = ask.client_id == state.world.app_id ? "" : ask.client_id,
        .made = state.clock.now()};
    return with_parameters(ask.redirect_uri, {{"code", code}, {"state", ask.state}});
}

Token& hand_out_token(State& state, const Member& member, const std::string& app, TokenKind kind,
    std::optional<std::chrono::seconds> life)
{
    const auto now = state.clock.now();
    Token token{.text = next_token_text(state, kind == TokenKind::user ? "USER" : "SYSTEM"),
        .kind = kind,
        .scopes = member.granted,
        .member_id = member.id,
        .app_id = app,
        .issued = now,
        .data_access_ends = now + data_access_lifetime};
    if (life) token.expires = now + *life;
    return state.world.keep_token(std::move(token));
}

Token& page_token_for(State& state, Token& asking, const std::string& page_id)
{
    // The tokens that were there from the beginning open the pages' own.
    if (asking.member_id.empty()) return state.world.token_of(page_id);
    const auto known = asking.page_tokens.find(page_id);
    if (known != asking.page_tokens.end()) return *state.world.find_token(known->second);
    const auto lives_long = asking.is_long_lived || !asking.expires;
    const auto asking_text = asking.text;
    Token& token = state.world.renew_token(page_id);
    Token& parent = *state.world.find_token(asking_text);  // the table may have grown
    token.member_id = parent.member_id;
    token.app_id = parent.app_id;
    token.scopes = parent.scopes;
    token.issued = state.clock.now();
    token.data_access_ends = parent.data_access_ends;
    if (!lives_long) token.expires = parent.expires;
    parent.page_tokens[page_id] = token.text;
    return token;
}

void kill_tokens(State& state, const std::string& member_id, int subcode)
{
    state.world.each_token([&](Token& token) {
        if (token.member_id != member_id) return;
        token.is_dead = true;
        token.subcode = subcode;
    });
}

void remove_app(State& state, Member& member)
{
    kill_tokens(state, member.id, 458);
    member.granted.clear();
    member.declined.clear();
    member.pages.clear();
}

}  // namespace leadcrm::simulator
