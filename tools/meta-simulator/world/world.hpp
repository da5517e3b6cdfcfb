// Everything that exists at the simulated Meta, and how more of it is made. What it looks like from
// outside: graph/. What is told about it: webhooks/.
#pragma once

#include "meta-simulator/world/dice.hpp"
#include "meta-simulator/world/objects.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace leadcrm::simulator {

// Meta keeps leads for 90 days; afterwards they read as if they had never been.
constexpr std::chrono::hours lead_lifetime{90 * 24};

// A lead somebody asks for. What is left open is thrown by the dice.
struct LeadWish {
    std::optional<std::string> page_id;
    std::optional<std::string> form_id;
    std::map<std::string, std::vector<std::string>> values;  // by question key; others are added
    std::optional<Instant> created;
    std::optional<std::string> platform;  // "fb", "ig"
    std::optional<bool> organic;
};

class World {
public:
    World(std::uint64_t seed, std::string app_id, std::string app_secret);

    // `pages` pages with three forms each, in different countries.
    void populate(std::size_t pages, Instant now);

    // A simulator that is started again, for a product that remembers, must not repeat ids.
    void number_leads_from(std::uint64_t id) { next_lead_ = id; }

    Page& add_page(std::string name, const std::string& country);
    // A form of one of the kinds in form_kinds.hpp.
    Form& add_form(Page& page, std::size_t kind, Instant now);
    // The same questions under a new id, as when an advertiser duplicates a published form.
    Form& duplicate(const Form& form, Instant now);

    // Throws Failure::not_found when the wish names something that is not there.
    Lead& add_lead(const LeadWish& wish, Instant now);
    // Meta's own test lead: placeholders for what `values` leaves open.
    Lead& add_test_lead(Form& form, const std::map<std::string, std::vector<std::string>>& values,
        std::vector<Disclaimer> disclaimers, Instant now);
    void remove(const std::string& lead_id);

    Page* find_page(const std::string& id);
    Form* find_form(const std::string& id);
    Lead* find_lead(const std::string& id);
    Lead* find_lead(const ListKey& key) { return find_lead(std::to_string(key.id)); }
    Form* form_of_ad(const std::string& ad_id);
    // Of an ad, an ad set or a campaign.
    std::optional<std::string> find_ad_name(const std::string& id) const;
    // Of one of these, a form or a page. Leads that are there keep the old name. False for others.
    bool rename(const std::string& id, const std::string& name);
    const ListKeys& leads_of_ad(const std::string& ad_id) const;
    // How many leads of the page are younger than their lifetime.
    std::size_t living_leads(const Page& page, Instant now) const;

    Token* find_token(const std::string& text);
    // The page's newest token, dead or alive.
    Token& token_of(const std::string& page_id);
    // What a reconnect brings: a new token. The old one stays as it is.
    Token& renew_token(const std::string& page_id);
    Token& keep_token(Token token);
    template <class Action>
    void each_token(Action action)
    {
        for (auto& [text, token] : tokens_) action(token);
    }
    // The permissions reading leads takes.
    static const std::set<std::string>& lead_scopes();

    std::map<std::string, Page> pages;
    std::map<std::string, Form> forms;
    std::string app_id;
    std::string app_secret;
    std::set<std::string> app_fields{"leadgen", "leadgen_update"};  // what the app subscribed to
    std::map<std::string, OtherApp> other_apps;  // by id
    std::map<std::string, Business> businesses;  // by id
    Dice dice;

    OtherApp* find_other_app(const std::string& id);
    // An empty id is ours, here and below.
    const std::string& secret_of(const std::string& app) const;
    std::set<std::string>& app_fields_of(const std::string& app);
    std::set<std::string>& page_fields_of(Page& page, const std::string& app);

private:
    Page& page_by_weight();
    const Form& form_for(const LeadWish& wish);
    Lead& keep(Lead lead);
    std::string next_id(std::uint64_t& counter) { return std::to_string(counter++); }

    std::unordered_map<std::string, Lead> leads_;
    std::unordered_map<std::string, Token> tokens_;
    std::map<std::string, std::string> page_tokens_;  // page id -> its newest token
    std::unordered_map<std::string, std::string> ad_forms_;  // ad id -> form id
    std::unordered_map<std::string, ListKeys> ad_leads_;
    std::map<std::string, int> renewals_;
    // The ids people meet in the documentation begin like these.
    std::uint64_t next_page_ = 101010101010101;
    std::uint64_t next_form_ = 202020202020202;
    std::uint64_t next_ad_ = 303030303030303;
    std::uint64_t next_lead_ = 900000000000001;
};

}  // namespace leadcrm::simulator
