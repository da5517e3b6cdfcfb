// Facebook Login: who has an account, what they said to our app, and the codes that became of it.
// What the dialog does: dialog.cpp; what is granted: login_rules.cpp; tokens for codes:
// token_endpoints.cpp; the person's own edges: person_endpoints.cpp.
#pragma once

#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::simulator {

// Somebody with a Facebook account, what they may do on pages, and what they granted our app.
struct Member {
    std::string id;
    std::string name;
    // On every page, but for those in `page_tasks`. A page without a task is not theirs.
    std::vector<std::string> tasks;
    std::map<std::string, std::vector<std::string>> page_tasks;
    std::set<std::string> granted;
    std::set<std::string> declined;
    std::set<std::string> pages;  // chosen in the dialog

    const std::vector<std::string>& tasks_on(const std::string& page_id) const;
};

BOOST_DEFINE_ENUM_CLASS(DialogAnswer, ask, grant, deny)

// Login for Business: a configuration is granted whole or not at all.
struct LoginConfiguration {
    std::vector<std::string> scopes;
    bool system_user = true;  // the token belongs to the client's business, not to the person
    bool expires = false;
};
BOOST_DESCRIBE_STRUCT(LoginConfiguration, (), (scopes, system_user, expires))

// How the dialog and its tokens behave, switchable while it runs: PUT /_control/login.
struct LoginSettings {
    DialogAnswer answer = DialogAnswer::ask;  // ask: a page with buttons
    std::string person_id;  // who sits at the browser; others can be chosen on the page
    std::vector<std::string> declined;  // of an automatic answer
    std::optional<std::vector<std::string>> pages;  // the same; without: all
    std::vector<std::string> redirect_uris;  // the app's valid ones; without: any
    bool development_mode = false;  // nothing can be granted, and it looks like a refusal
    bool says_expires_in = true;
    std::int64_t short_lived_s = 5400;
    std::int64_t long_lived_s = 5'183'944;
    std::vector<std::string> pages_without_token;  // listed by /me/accounts, but not opened
    std::int64_t empty_page_every = 0;  // every so manieth page of /me/accounts is empty
    std::map<std::string, LoginConfiguration> configurations;
    std::string deauthorize_url;
    std::string data_deletion_url;
};
BOOST_DESCRIBE_STRUCT(LoginSettings, (),
    (answer, person_id, declined, pages, redirect_uris, development_mode, says_expires_in,
        short_lived_s, long_lived_s, pages_without_token, empty_page_every, configurations,
        deauthorize_url, data_deletion_url))

// What a code stands for until it is exchanged.
struct LoginCode {
    std::string member_id;
    std::string redirect_uri;
    std::string config_id;
    std::string app_id;  // another app's; empty: ours
    Instant made;
    bool is_used = false;
};

constexpr std::chrono::minutes code_lifetime{10};
constexpr std::chrono::hours data_access_lifetime{90 * 24};
constexpr auto business_config_id = "700000000000001";

struct Login {
    Login();

    Member* find(const std::string& id);
    Member& add(std::string name, std::vector<std::string> tasks);

    LoginSettings settings;
    std::map<std::string, Member> members;
    std::map<std::string, LoginCode> codes;
    std::int64_t tokens_made = 0;
    std::int64_t accounts_read = 0;
};

}  // namespace leadcrm::simulator
