// Tokens for codes, long tokens for short ones, and what a token is worth.
#include "meta-simulator/graph/access.hpp"
#include "meta-simulator/graph/endpoints.hpp"
#include "meta-simulator/graph/graph_error.hpp"
#include "meta-simulator/login/login_rules.hpp"

namespace leadcrm::simulator {

namespace {

using std::chrono::seconds;

json::value token_answer(const State& state, const Token& token)
{
    json::object answer{{"access_token", token.text}, {"token_type", "bearer"}};
    if (token.expires && state.login.settings.says_expires_in)
        answer["expires_in"] = token.expires->unix_seconds() - state.clock.now().unix_seconds();
    return answer;
}

// Returns the app's id; empty: ours.
std::string check_client(State& state, const GraphCall& call)
{
    const auto id = call.parameter("client_id").value_or("");
    auto app = id == state.world.app_id ? "" : id;
    if (!app.empty() && !state.world.find_other_app(app))
        throw GraphError(101, "Error validating application. Invalid application ID.");
    if (call.parameter("client_secret") != state.world.secret_of(app))
        throw GraphError(1, "Error validating client secret.");
    return app;
}

Token& token_for_code(State& state, const GraphCall& call, const std::string& app)
{
    const auto found = state.login.codes.find(call.parameter("code").value_or(""));
    if (found == state.login.codes.end() || found->second.app_id != app)
        throw GraphError(100, "Invalid verification code format.");
    auto& code = found->second;
    if (code.is_used || state.clock.now() > code.made + code_lifetime)
        throw GraphError(100, "This authorization code has been used.", 36009);
    if (call.parameter("redirect_uri").value_or("") != code.redirect_uri)
        throw GraphError(100,
            "Error validating verification code. Please make sure your redirect_uri is identical "
            "to the one you used in the OAuth dialog request",
            36008);
    code.is_used = true;
    const auto& member = state.login.members.at(code.member_id);
    const auto& settings = state.login.settings;
    const auto configured = settings.configurations.find(code.config_id);
    if (configured == settings.configurations.end() || !configured->second.system_user)
        return hand_out_token(state, member, app, TokenKind::user, seconds(settings.short_lived_s));
    return hand_out_token(state, member, app, TokenKind::system_user,
        configured->second.expires ? std::optional(seconds(settings.long_lived_s)) : std::nullopt);
}

Token& longer_token(State& state, const GraphCall& call, const std::string& app)
{
    const Token* old = state.world.find_token(call.parameter("fb_exchange_token").value_or(""));
    if (!old) throw dead_token(0, state.world.app_id);
    if (old->is_dead) throw dead_token(old->subcode, state.world.app_id);
    if (has_expired(*old, state.clock.now())) throw dead_token(463, state.world.app_id);
    const auto* member = state.login.find(old->member_id);
    if (!member || old->kind != TokenKind::user || old->app_id != app)
        throw invalid_parameter("fb_exchange_token must be a user access token");
    Token& token = hand_out_token(
        state, *member, app, TokenKind::user, seconds(state.login.settings.long_lived_s));
    token.is_long_lived = true;
    return token;
}

std::string_view type_of(TokenKind kind)
{
    switch (kind) {
    case TokenKind::page:
        return "PAGE";
    case TokenKind::user:
        return "USER";
    case TokenKind::system_user:
        return "SYSTEM_USER";
    case TokenKind::app:
        break;
    }
    return "APP";
}

json::array granular_scopes(State& state, const Token& token)
{
    json::array list;
    const Member* member = state.login.find(token.member_id);
    for (const auto& scope : token.scopes) {
        json::object granular{{"scope", scope}};
        if (member && (scope.starts_with("pages_") || scope == "leads_retrieval")) {
            json::array targets;
            for (const auto& id : member->pages) targets.emplace_back(id);
            granular["target_ids"] = std::move(targets);
        }
        list.push_back(std::move(granular));
    }
    return list;
}

json::object dead_data(const GraphError& error)
{
    return {{"is_valid", false}, {"scopes", json::array()},
        {"error",
            json::object{
                {"code", error.code}, {"message", error.what()}, {"subcode", error.subcode}}}};
}

std::int64_t seconds_of(const std::optional<Instant>& at) { return at ? at->unix_seconds() : 0; }

}  // namespace

bool is_token_exchange(const GraphCall& call)
{
    return call.path == std::vector<std::string>{"oauth", "access_token"};
}

json::value exchange_token(State& state, const GraphCall& call)
{
    const auto app = check_client(state, call);
    const auto grant = call.parameter("grant_type").value_or("");
    if (grant == "client_credentials")
        return json::object{
            {"access_token",
                call.parameter("client_id").value_or("") + "|" + state.world.secret_of(app)},
            {"token_type", "bearer"}};
    if (grant == "fb_exchange_token") return token_answer(state, longer_token(state, call, app));
    return token_answer(state, token_for_code(state, call, app));
}

json::value debug_token(const Ask& ask)
{
    auto& state = ask.state;
    if (ask.token.kind == TokenKind::page)
        throw GraphError(100,
            "(#100) You must provide an app access token, or a user access token "
            "that is an owner or developer of the app");
    const auto* token = state.world.find_token(ask.call.parameter("input_token").value_or(""));
    if (!token) return json::object{{"data", dead_data(dead_token(0, state.world.app_id))}};
    json::object data{{"app_id", token->app_id.empty() ? state.world.app_id : token->app_id},
        {"type", type_of(token->kind)}, {"application", "Our CRM"}};
    if (token->is_dead || has_expired(*token, state.clock.now())) {
        const int subcode = token->is_dead ? token->subcode : 463;
        for (auto& [name, member] : dead_data(dead_token(subcode, state.world.app_id)))
            data[name] = member;
    } else {
        data["is_valid"] = true;
        json::array scopes;
        for (const auto& scope : token->scopes) scopes.emplace_back(scope);
        data["scopes"] = std::move(scopes);
        data["granular_scopes"] = granular_scopes(state, *token);
    }
    data["expires_at"] = seconds_of(token->expires);
    data["data_access_expires_at"] = seconds_of(token->data_access_ends);
    if (token->is_long_lived) data["issued_at"] = seconds_of(token->issued);
    if (!token->member_id.empty()) data["user_id"] = token->member_id;
    if (token->kind == TokenKind::page) data["profile_id"] = token->page_id;
    return json::object{{"data", std::move(data)}};
}

}  // namespace leadcrm::simulator
