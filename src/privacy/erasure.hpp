// Erasing a person: everything kept about a lead goes, from every table, the search index, kept
// deliveries and files. What is left: that somebody was erased (ids only), hashes that keep the
// same submission from coming back (leads/erased_submission.hpp), and counts without names. What
// remains to be done after the commit: erasure_rest.hpp. Which rows: erasure_reach.hpp.
#pragma once

#include "events/log.hpp"
#include "platform/db/session.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::privacy {

using events::LeadId;

// What goes, in numbers.
struct ErasureCounts {
    std::int64_t submissions = 0;
    std::int64_t timeline_entries = 0;
    std::int64_t other_rows = 0;  // reading states, changes by mappings, …
    std::int64_t export_files = 0;  // all that are kept now: they may hold the lead
    std::int64_t audit_entries = 0;  // these stay, with ids only
    std::int64_t leads_alike = 0;  // others with the same phone number or mail address: they stay
};
BOOST_DESCRIBE_STRUCT(ErasureCounts, (),
    (submissions, timeline_entries, other_rows, export_files, audit_entries, leads_alike))

// A submission of a lead, and how we first heard of it.
struct Sent {
    std::string leadgen_id;
    std::optional<std::string> page_id;
    std::optional<std::string> form_id;
    Instant submitted_at;
    Instant received_at;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (leadgen_id, page_id, form_id, submitted_at, received_at))
std::vector<Sent> list_sent(const db::Reader& db, const LeadId& lead);

// Throws Failure::not_found.
ErasureCounts count_erasure(
    const db::PlatformReader& db, const OrganizationId& organization, const LeadId& lead);

// In the caller's transaction, who then orders the rest. Throws Failure::not_found.
ErasureCounts erase(db::PlatformTx& db, const OrganizationId& organization, const LeadId& lead,
    const std::optional<UserId>& by);

}  // namespace leadcrm::privacy
