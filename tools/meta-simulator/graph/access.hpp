// Who is asking, and whether they may: tokens, appsecret_proof, permissions, Leads Access Manager.
#pragma once

#include "meta-simulator/graph/graph_call.hpp"
#include "meta-simulator/graph/graph_settings.hpp"
#include "meta-simulator/world/world.hpp"

#include <string>
#include <string_view>

namespace leadcrm::simulator {

// The token a call shows. Throws GraphError 104 (none), 190 (unknown, dead or expired), 100 (wrong
// proof).
Token check_token(World& world, const GraphCall& call, const GraphSettings& settings, Instant now);

bool has_expired(const Token& token, Instant now);

// Lower-case hex HMAC-SHA256 of the token under the app secret.
std::string appsecret_proof(std::string_view app_secret, std::string_view token);

// Throws GraphError 200 when the token's person never granted the permission.
void require_scope(const Token& token, const std::string& scope);

// Throws unless the token opens this page: 100/33, as if the object were not there, and 190 for
// kinds of tokens that never open one.
void require_page(const Token& token, const Page& page, const GraphCall& call,
    const std::string& object_id, const GraphSettings& settings);

// All that reading a page's leads takes.
void require_lead_access(const Token& token, const Page& page, const GraphCall& call,
    const std::string& object_id, const GraphSettings& settings);

}  // namespace leadcrm::simulator
