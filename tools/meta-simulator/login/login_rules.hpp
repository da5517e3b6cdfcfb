// What a person's answer in the dialog comes to, and the tokens that follow from it.
#pragma once

#include "meta-simulator/state.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace leadcrm::simulator {

// What our app asks for in the dialog's address.
struct DialogAsk {
    std::string client_id;
    std::string redirect_uri;
    std::string state;
    std::vector<std::string> scopes;  // of the configuration, when there is one
    std::string config_id;
    bool asks_again = false;  // auth_type=rerequest
};

struct DialogReply {
    bool granted = false;
    std::string member_id;
    std::set<std::string> scopes;  // ticked
    std::set<std::string> pages;  // ticked
};

// Why the dialog does not even open, in words for its page; nothing when it does.
std::optional<std::string> refusal_of(const State& state, const DialogAsk& ask);

// The scopes the dialog shows: what was declined before is skipped without a word unless the app
// asks again.
std::vector<std::string> scopes_shown(const Member& member, const DialogAsk& ask);

// Pages the person has a task on, which are those the dialog offers.
std::vector<const Page*> pages_of(const State& state, const Member& member);

// The reply of the settings, without a person at the browser.
DialogReply automatic_reply(const State& state, const DialogAsk& ask);

// Takes the reply to heart and returns where the browser goes: redirect_uri with a code or the four
// parameters of a refusal.
std::string close_dialog(State& state, const DialogAsk& ask, const DialogReply& reply);

// A new token of the person for an app. Without `life` it never expires.
Token& hand_out_token(State& state, const Member& member, const std::string& app, TokenKind kind,
    std::optional<std::chrono::seconds> life);
// The person's token for a page, made when it is first asked for: as long-lived as the one that
// asks.
Token& page_token_for(State& state, Token& asking, const std::string& page_id);

// Kills every token of the person, as a changed password or a removed app does.
void kill_tokens(State& state, const std::string& member_id, int subcode);
// The person removes the app: tokens are dead with 458, grants forgotten.
void remove_app(State& state, Member& member);

}  // namespace leadcrm::simulator
