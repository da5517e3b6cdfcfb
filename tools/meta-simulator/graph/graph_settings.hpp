// How the simulated Graph behaves, switchable while it runs: PUT /_control/graph.
#pragma once

#include "meta-simulator/graph/graph_error.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace leadcrm::simulator {

BOOST_DEFINE_ENUM_CLASS(ListOrder, newest_first, oldest_first)
BOOST_DEFINE_ENUM_CLASS(UsageHeader, usual, absent, malformed, doubled_key)

struct GraphSettings {
    // Who may ask.
    bool appsecret_proof_required = false;
    bool page_token_required = false;  // user tokens get 190/2069032 for leads and forms

    // Lists.
    ListOrder lead_order = ListOrder::newest_first;
    std::int64_t limit_default = 25;
    std::int64_t limit_max = 500;  // more is served as this many
    std::int64_t limit_too_much = 1000;  // more is error 1, HTTP 500
    std::int64_t empty_page_every = 0;  // every so manieth page of leads is empty, with a next one
    std::int64_t short_page_every = 0;  // … or holds half of what it could
    bool cursors_die_with_leads = false;
    bool ids_all_or_nothing = true;  // one bad id spoils ids=
    bool test_leads_listed = false;  // among the leads of their form
    bool test_lead_webhook = true;  // a test lead made by the API is announced

    // Fields that this version no longer has, on any node: asking for them is error 100.
    std::vector<std::string> removed_fields;
    std::string success = "true";  // "true", "\"true\"" or "false": what {"success":…} says

    ErrorShape errors;

    // Versions.
    std::string version_default = "v26.0";
    std::string version_newest = "v26.0";
    std::string version_oldest = "v21.0";
    std::string version_warning;  // X-Ad-Api-Version-Warning, when not empty

    // Limits, in calls. 0 for leadgen: Meta's formula, 4800 × the leads of the last 90 days.
    UsageHeader usage_header = UsageHeader::usual;
    std::int64_t app_calls_per_hour = 1'000'000;
    std::int64_t page_calls_per_day = 1'000'000;
    std::int64_t leadgen_calls_per_day = 0;
    std::int64_t regain_s = 300;  // how long a used-up limit stays closed
    std::int64_t prolong_s = 60;  // what each call meanwhile adds
};
BOOST_DESCRIBE_STRUCT(GraphSettings, (),
    (appsecret_proof_required, page_token_required, lead_order, limit_default, limit_max,
        limit_too_much, empty_page_every, short_page_every, cursors_die_with_leads,
        ids_all_or_nothing, test_leads_listed, test_lead_webhook, removed_fields, success, errors,
        version_default, version_newest, version_oldest, version_warning, usage_header,
        app_calls_per_hour, page_calls_per_day, leadgen_calls_per_day, regain_s, prolong_s))

}  // namespace leadcrm::simulator
