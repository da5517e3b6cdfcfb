// What exists at Meta, as plain data: pages, their forms, the leads people left, and the tokens
// that open them. All of it lives in one World: world.hpp.
#pragma once

#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::simulator {

struct Option {
    std::string key;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Option, (), (key, value))

struct Question {
    std::string id;
    std::string key;
    std::string label;
    std::string type;  // Meta's words: FULL_NAME, EMAIL, CUSTOM, …
    std::vector<Option> options;
    bool several = false;  // more than one option may be chosen
};

struct Checkbox {
    std::string key;
    std::string text;
    bool is_required = false;
};

struct LegalContent {
    std::string privacy_url;
    std::string privacy_link_text;
    std::string disclaimer_title;  // empty: the form has no disclaimer of its own
    std::string disclaimer_body;
    std::vector<Checkbox> checkboxes;
};

struct Ad {
    std::string ad_id;
    std::string ad_name;
    std::string adset_id;
    std::string adset_name;
    std::string campaign_id;
    std::string campaign_name;
};

// Where something stands in a list of Graph's: leads by time, then by id; all else by id.
struct ListKey {
    std::int64_t rank = 0;  // of a lead: Unix seconds
    std::uint64_t id = 0;
    auto operator<=>(const ListKey&) const = default;
};
using ListKeys = std::set<ListKey>;

struct Form {
    std::string id;
    std::string page_id;
    std::string name;
    std::string status = "ACTIVE";
    std::string locale;
    Instant created;
    std::vector<Question> questions;
    LegalContent legal;
    std::vector<std::pair<std::string, std::string>> tracking_parameters;
    std::string follow_up_url;
    std::vector<Ad> ads;
    ListKeys leads;
    ListKeys test_leads;
    std::int64_t organic_leads = 0;
};

struct Answer {
    std::string name;
    std::vector<std::string> values;
};

struct Disclaimer {
    std::string checkbox_key;
    bool is_checked = false;
};

struct Lead {
    std::string id;
    std::string form_id;
    std::string page_id;
    Instant created;
    std::vector<Answer> answers;
    std::vector<Disclaimer> disclaimers;
    std::optional<Ad> ad;  // nothing: organic
    std::string platform;  // "fb" or "ig"
    std::string partner_name;
    std::string retailer_item_id;
    bool is_test = false;

    bool is_organic() const { return !ad; }
    ListKey key() const;
};

// What Leads Access Manager says to our app. Both refusals are seen in the wild.
BOOST_DEFINE_ENUM_CLASS(LeadsAccess, granted, refused_as_missing, refused_as_permission)

struct Page {
    std::string id;
    std::string name;
    std::string category;
    std::string country;  // decides what the people who answer are called
    std::vector<std::string> form_ids;
    std::set<std::string> subscribed_fields;  // what our app gets about this page
    LeadsAccess leads_access = LeadsAccess::granted;
    double weight = 1;  // its share of the leads made by the rate
};

// A business portfolio. Whoever reaches a page only through one does not have it in their own list.
struct Business {
    std::string id;
    std::string name;
    std::set<std::string> owned_pages;
    std::set<std::string> client_pages;  // looked after for somebody else
};

// A Meta app besides ours: of an organization that has its own. It has its own secret, webhook and
// subscriptions; people, pages and leads are the same for all.
struct OtherApp {
    std::string id;
    std::string secret;
    std::string webhook_url;  // empty: nothing is sent
    std::string verify_token;
    std::set<std::string> fields;  // what the app subscribed to
    std::map<std::string, std::set<std::string>> page_fields;  // what it gets about a page
};

BOOST_DEFINE_ENUM_CLASS(TokenKind, page, user, system_user, app)

struct Token {
    std::string text;
    TokenKind kind = TokenKind::page;
    std::string page_id;  // only for page tokens
    std::set<std::string> scopes;
    bool is_dead = false;
    int subcode = 0;  // why it is dead: 458, 460, …; 0 for error 190 without a subcode
    bool sees_ads = true;  // its person may see the ad account

    // Of tokens that came by a login.
    std::string member_id = {};  // whose it is
    std::string app_id = {};  // another app's; empty: ours
    Instant issued = {};
    std::optional<Instant> expires = {};  // nothing: never
    std::optional<Instant> data_access_ends = {};
    bool is_long_lived = false;
    std::map<std::string, std::string> page_tokens = {};  // of a person: page id -> the page's
};

}  // namespace leadcrm::simulator
