// A Meta app whose webhook and tokens are used, and where Graph is: as the operator says, or for an
// organization's own app the same with that app's id, secret, verify token and configuration.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct Settings {
    std::string app_id;  // empty: there is no platform app
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

    bool operator==(const Settings&) const = default;
};

}  // namespace leadcrm::meta
