#include "meta-simulator/graph/access.hpp"

#include "meta-simulator/graph/graph_error.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::simulator {

std::string appsecret_proof(std::string_view app_secret, std::string_view token)
{
    return crypto::hex(crypto::hmac_sha256(app_secret, token));
}

namespace {

// "{app id}|{app secret}" is a token of every app.
std::optional<Token> app_token(const World& world, const std::string& text)
{
    Token token{.text = text, .kind = TokenKind::app};
    if (text == world.app_id + "|" + world.app_secret) return token;
    const auto other = world.other_apps.find(text.substr(0, text.find('|')));
    if (other == world.other_apps.end() || text != other->first + "|" + other->second.secret)
        return std::nullopt;
    token.app_id = other->first;
    return token;
}

}  // namespace

bool has_expired(const Token& token, Instant now) { return token.expires && *token.expires <= now; }

Token check_token(World& world, const GraphCall& call, const GraphSettings& settings, Instant now)
{
    if (call.token.empty())
        throw GraphError(104, "An access token is required to request this resource.");
    const auto app = app_token(world, call.token);
    const Token* token = world.find_token(call.token);
    const auto& app_id = app ? app->app_id : token ? token->app_id : std::string();
    if (const auto proof = call.parameter("appsecret_proof")) {
        if (*proof != appsecret_proof(world.secret_of(app_id), call.token))
            throw GraphError(100, "Invalid appsecret_proof provided in the API argument")
                .of_type("GraphMethodException");
    } else if (settings.appsecret_proof_required) {
        throw GraphError(100, "API calls from the server require an appsecret_proof argument")
            .of_type("GraphMethodException");
    }
    if (app) return *app;
    if (!token) throw dead_token(0, world.app_id);
    if (token->is_dead) throw dead_token(token->subcode, world.app_id);
    if (has_expired(*token, now)) throw dead_token(463, world.app_id);
    return *token;
}

void require_scope(const Token& token, const std::string& scope)
{
    if (!token.scopes.contains(scope)) throw missing_permission(scope);
}

void require_page(const Token& token, const Page& page, const GraphCall& call,
    const std::string& object_id, const GraphSettings& settings)
{
    switch (token.kind) {
    case TokenKind::page:
        if (token.page_id != page.id) throw unsupported_request(call.method, object_id);
        return;
    case TokenKind::user:
        if (settings.page_token_required) throw page_token_needed();
        return;
    case TokenKind::system_user:
        throw page_token_needed();
    case TokenKind::app:
        throw GraphError(190, "(#190) This method must be called with a Page Access Token");
    }
}

void require_lead_access(const Token& token, const Page& page, const GraphCall& call,
    const std::string& object_id, const GraphSettings& settings)
{
    require_page(token, page, call, object_id, settings);
    require_scope(token, "leads_retrieval");
    if (page.leads_access == LeadsAccess::refused_as_missing)
        throw unsupported_request(call.method, object_id);
    if (page.leads_access == LeadsAccess::refused_as_permission)
        throw missing_permission("leads_retrieval");
}

}  // namespace leadcrm::simulator
