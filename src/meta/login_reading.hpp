// Reading from Graph what a login brought: the code is exchanged for a token that lasts, and the
// token is asked who it is, what it may and which pages it opens. Blocking.
#pragma once

#include "meta/connection.hpp"
#include "meta/graph_client.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace leadcrm::meta {

// Why a login came to nothing, for the log. Holds no token.
struct LoginTrouble : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What debug_token says of a token.
struct TokenFacts {
    bool is_valid = false;
    std::string kind;  // USER, SYSTEM_USER, PAGE, …
    std::string person_id;
    std::optional<Instant> expires_at;  // nothing: never
    std::optional<Instant> data_access_expires_at;
    std::vector<std::string> scopes;
    std::int64_t subcode = 0;  // why it is dead

    // The pages a permission is for; nothing when it is for all.
    std::optional<std::vector<std::string>> targets_of(std::string_view scope) const;
    std::vector<std::pair<std::string, std::vector<std::string>>> targets;
};

// A page with its token in clear, to be sealed.
struct SeenPage {
    std::string page_id;
    std::string name;
    std::string token;  // empty: Facebook gave none
    std::vector<std::string> tasks;
    std::vector<std::string> scopes;
};

struct LoginReading {
    std::string token;
    LoginKind kind = LoginKind::classic;
    std::string person_id;
    std::string person_name;
    TokenFacts facts;
    std::vector<std::string> declined;
    std::vector<SeenPage> pages;
};

// Throws LoginTrouble.
LoginReading read_login(
    GraphClient& graph, const std::string& code, const std::string& redirect_uri);

// Throws LoginTrouble when Meta does not say.
TokenFacts debug_token(GraphClient& graph, const std::string& token);

}  // namespace leadcrm::meta
