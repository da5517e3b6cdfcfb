// What the operator says about Meta: the app whose webhook and tokens are used, and where Graph is.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct Settings {
    std::string app_id;  // empty: Meta is not configured
    // The newest first. While a secret is being changed at Meta, deliveries signed with any of them
    // are genuine; calls prove themselves with the first.
    std::vector<std::string> app_secrets;
    std::string verify_token;  // empty: the handshake is always refused
    std::string graph_url = "https://graph.facebook.com";
    std::string graph_version = "v26.0";
    std::chrono::seconds reconcile_interval{300};  // between looks at a hot form
    std::string dialog_url = "https://www.facebook.com";
    std::string login_config_id = {};  // of Facebook Login for Business; empty: classic scopes
    std::string public_url = {};  // ours, for the addresses Meta sends people and requests to
    std::string session_cookie = {};  // its name: a login belongs to the session that began it
};

}  // namespace leadcrm::meta
