// The ten checks of a page, from what was found out about it. Each says what is true and what to
// do, and has one fix at most. What could not be found out is "unknown", never "no". How it is
// found out: doctor.hpp.
#pragma once

#include "meta/app_webhook.hpp"
#include "meta/connection.hpp"
#include "meta/page.hpp"
#include "meta/refusals.hpp"
#include "meta/test_lead.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

BOOST_DEFINE_ENUM_CLASS(CheckState, ok, warn, fail, unknown)
BOOST_DEFINE_ENUM_CLASS(FixKind, connect, link, subscribe, test_lead, backfill)

struct Fix {
    FixKind kind = FixKind::link;
    std::string label;
    std::optional<std::string> url;
};
BOOST_DESCRIBE_STRUCT(Fix, (), (kind, label, url))

struct Check {
    std::string code;
    std::string title;
    CheckState state = CheckState::unknown;
    std::string detail;  // what is true, and what to do
    std::optional<std::string> figure;
    std::optional<Instant> since;  // it has been so
    std::optional<Fix> fix;

    // The lead that tries the whole way out may fail while others come in.
    bool stops_leads() const { return state == CheckState::fail && code != "round_trip"; }
};
BOOST_DESCRIBE_STRUCT(Check, (), (code, title, state, detail, figure, since, fix))

// Whether Leads Access Manager lets us read the page's leads.
struct LeadAccess {
    bool can_read = false;
    std::string reason;
    std::string resolution;
};

struct TokenHealth {
    bool is_valid = false;
    std::optional<Instant> expires_at;  // nothing: never
    std::optional<Instant> data_access_expires_at;
    std::vector<std::string> scopes;
};

// How regularly leads come, where that is known.
struct PageRhythm {
    bool is_quiet = false;
    std::optional<double> expected;
    std::optional<Instant> since;
};

// Empty members could not be found out.
struct Findings {
    std::string app_id;  // empty: there is no Meta app
    bool is_own_app = false;  // the organization's
    std::string webhook_url;
    Page page;
    std::optional<TokenHealth> token;
    std::optional<LeadAccess> lead_access;
    std::optional<bool> is_subscribed;
    std::optional<AppWebhook> webhook;
    std::optional<ShownPage> shown;  // as Facebook showed it to the person who connected it
    std::optional<Instant> last_delivery_at;  // about one of the organization's pages
    std::optional<Refused>
        refused;  // deliveries without a good signature in the last day, of anybody
    std::optional<PageRhythm> rhythm;
    std::optional<RoundTrip> round_trip;
};

std::vector<Check> examine(const Findings& found, Instant now);

// What has not changed keeps its `since`.
void keep_since(std::vector<Check>& checks, const std::vector<Check>& before, Instant now);

// The codes of those that stop leads now and did not at the last look.
std::vector<std::string> new_troubles(
    const std::vector<Check>& checks, const std::vector<Check>& before);

}  // namespace leadcrm::meta
