// The trigram index behind text search, and the only place where the two databases differ in kind.
// Which texts are searched and how they are folded: folded_text.hpp.
//
// SQLite: one FTS5 table per organization, made and dropped with it (in a shared one a common word
// of one organization slows all others), without content and positions: rowid = lead number. The
// trigrams of a term are found in any order, so what comes out are candidates; the list looks at
// leads.search_text as well.
//
// PostgreSQL: the table lead_search with a trigram GIN index. Row-level security lets no condition
// of a query reach such an index, for LIKE is not leakproof, so the pattern travels inside the
// table's policy: app_set_search() sets it, the policy asks for it.
#pragma once

#include "leads/folded_text.hpp"
#include "platform/db/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace leadcrm::leads {

// Makes the index of a new organization.
void open_search(db::Tx& tx);
// Makes it of the leads that are there, after a restore.
void make_search_anew(db::Tx& tx);
// Takes it away, with an organization that goes. On PostgreSQL its rows are like any others.
void close_search(db::Tx& tx);

void add_to_search(db::Tx& tx, std::int64_t number, const std::string& search_text);
void change_in_search(
    db::Tx& tx, std::int64_t number, const std::string& old_text, const std::string& new_text);

// `search_text` is what the index knows.
void remove_from_search(db::Tx& tx, std::int64_t number, const std::string& search_text);
// Rewrites a bounded part of the index without what was removed from it: FTS5 only marks that.
// Begins anew when `is_first`. True while there is more to do.
bool tidy_search(db::Tx& tx, bool is_first);
// After how many of those everything that is in the index now has been rewritten, although new
// leads go on adding to it.
std::int64_t tidying_steps(const db::Reader& db);

// The numbers of at most `most` leads that may have all the terms, newest first. No lead that has
// them is missing, unless there are more than `most`.
std::vector<std::int64_t> find_candidates(
    const db::Reader& db, const std::vector<Term>& terms, int most);

}  // namespace leadcrm::leads
