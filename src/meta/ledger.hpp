// The lead ledger: per form and day, the leads Meta has told of by any way (webhook, list, file)
// against the submissions that are here. It compares ids, not counts.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

BOOST_DEFINE_ENUM_CLASS(LedgerState,
    equal,  // every lead Meta told of is here
    repaired,  // the same, but some had to be brought by the reconciler
    impossible,  // all are here but those that can never come
    missing  // some are still to come
)

struct LedgerLine {
    std::string form_id;
    std::string form_name;
    std::string day;  // 2026-11-20, in UTC
    std::int64_t meta = 0;
    std::int64_t ours = 0;
    std::int64_t repaired = 0;
    std::int64_t impossible = 0;
    std::int64_t erased = 0;  // were here, and their people asked to be forgotten
    LedgerState state = LedgerState::equal;
    std::optional<std::string> reason;  // of what is missing or impossible
};
BOOST_DESCRIBE_STRUCT(LedgerLine, (),
    (form_id, form_name, day, meta, ours, repaired, impossible, erased, state, reason))

struct Ledger {
    std::vector<LedgerLine> data;  // the latest day first
    std::optional<Instant> checked_at;  // since then every form has been swept; null: not yet
};
BOOST_DESCRIBE_STRUCT(Ledger, (), (data, checked_at))

// Of the last `days`, today included. Without a page: of all.
Ledger ledger_of(
    const db::Reader& db, const std::optional<std::string>& page_id, int days, Instant now);

LedgerState state_of(const LedgerLine& line);

// With a header. Cells that a spreadsheet would take for a formula are made harmless.
std::string csv_of(const Ledger& ledger);

}  // namespace leadcrm::meta
