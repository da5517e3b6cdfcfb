// What the places leads come from are called now: pages, forms, ads, ad sets, campaigns. Each lead
// carries the names in its own row, so that a list reads nothing else; a name that has changed is
// written into those rows later (show_names), which happens seldom. What a person submitted stays
// as it came.
#pragma once

#include "leads/submission.hpp"
#include "platform/db/database.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::leads {

BOOST_DEFINE_ENUM_CLASS(SourceKind, page, form, ad, adset, campaign)

struct SourceName {
    std::string id;
    SourceKind kind = SourceKind::form;
    std::optional<std::string> name;  // nothing: not told yet
    bool is_shown = true;  // every lead carries it
    Instant read_at;
};
BOOST_DESCRIBE_STRUCT(SourceName, (), (id, kind, name, is_shown, read_at))

// A lead was read from its source just now: what it says is how things are called at this time.
// What it does not say but is known, show_names writes into it.
void note_names(db::Tx& tx, const Source& source, Instant now);

// The source was asked. Without a name it did not tell, and the name that is known stays.
struct ToldName {
    std::string id;
    SourceKind kind = SourceKind::form;
    std::optional<std::string> name;
};
void note_told(db::Tx& tx, const std::vector<ToldName>& told, Instant now);

// Those that were not asked about since then, the longest ago first.
std::vector<SourceName> list_names_before(
    const db::Reader& db, const std::vector<SourceKind>& kinds, Instant before, int most);

// Writes changed names into the leads that carry the old ones, in batches; returns how many leads.
// Blocking. A lead's version and times stay: nobody has worked on it.
std::int64_t show_names(db::Database& database, OrganizationId organization);

}  // namespace leadcrm::leads
