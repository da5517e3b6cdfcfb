// A test lead: one we have Meta make, to see it come all the way. It has three times: made at Meta,
// received here, seen on a screen.
#pragma once

#include "leads/lead.hpp"
#include "meta/apps.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace leadcrm::meta {

struct TestLead {
    std::string leadgen_id;
    std::string page_id;
    std::string form_id;
    Instant ordered_at;
};
BOOST_DESCRIBE_STRUCT(TestLead, (), (leadgen_id, page_id, form_id, ordered_at))

struct RoundTrip {
    std::string leadgen_id;
    std::string form_id;
    Instant ordered_at;
    std::optional<leads::LeadId> lead_id;  // nothing: it has not come yet
    std::optional<Instant> submitted_at;
    std::optional<Instant> received_at;
    std::optional<Instant> visible_at;
};
BOOST_DESCRIBE_STRUCT(RoundTrip, (),
    (leadgen_id, form_id, ordered_at, lead_id, submitted_at, received_at, visible_at))

// Has Meta make one with a form of the page, or with its newest form. Meta keeps one for each form,
// so the one before is deleted first. Blocking. Throws Failure: not_found, conflict, unavailable.
TestLead order_test_lead(db::Database& database, const crypto::Vault& vault, const Apps& apps,
    OrganizationId organization, const std::string& page_id,
    const std::optional<std::string>& form_id);

// The last one of the page.
std::optional<RoundTrip> last_round_trip(const db::Reader& db, const std::string& page_id);

}  // namespace leadcrm::meta
