// A walk: reading all leads of a form that Meta has, or those of a stretch of time, and taking in
// what is not here. Who walks, and when: reconciler.hpp, backfill.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/lead_reading.hpp"
#include "meta/listed_lead.hpp"
#include "meta/page.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"

#include <functional>
#include <optional>
#include <string>

namespace leadcrm::meta {

struct WalkAsk {
    OrganizationId organization;
    Page page;
    std::string form_id;
    std::optional<Instant> from;  // submitted then or later
    std::optional<Instant> before;
    BroughtBy by = BroughtBy::reconciler;
    // In the transaction that stores a piece of the walk: what has been found so far, and what of
    // it in this piece.
    std::function<void(db::Tx&, const ListTally& so_far, const ListTally& piece)> on_piece = {};
};

struct WalkEnd {
    ListTally tally;
    std::optional<GraphProblem> problem;  // it did not reach the end
    bool is_all_stored = true;  // false: a lead could not be stored and is tried with the next walk
};

class LeadWalker {
public:
    LeadWalker(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    // Every step is a call and a transaction. It gives way to Meta's limits: waits a moment where
    // that is enough, and else ends with Advice::wait. What it has stored until then stays.
    WalkEnd walk(const WalkAsk& ask);

private:
    struct Round;
    std::vector<ListedLead> read_new(Round& round, const json::array& leads, ListTally& known);
    ListTally store_piece(
        Round& round, const std::vector<ListedLead>& leads, const ListTally& known);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
