// The backfill: all leads Meta still holds of a page, the newest first, when the page is connected
// or somebody asks for it. What it has found and stored is in its row while it goes on.
#pragma once

#include "meta/form_list.hpp"
#include "meta/lead_walk.hpp"
#include "meta/walk_store.hpp"
#include "platform/jobs/jobs.hpp"

#include <string>
#include <vector>

namespace leadcrm::meta {

constexpr auto backfill_job = "meta.backfill";  // key: the page

// Begins anew, unless one is waiting or running. Returns it as it is now.
Backfill order_backfill(db::Tx& tx, const std::string& page_id);

class Backfiller {
public:
    Backfiller(db::Database& database, FormLister& lister, LeadWalker& walker, const Apps& apps);

    // Goes on where an interrupted one was. Throws jobs::TryAgain when limits or trouble at Meta
    // put it off.
    void fill(OrganizationId organization, const std::string& page_id);

private:
    struct Stretch;
    std::optional<Page> begin(
        OrganizationId organization, const std::string& page_id, Backfill& backfill);
    void walk_part(OrganizationId organization, const Page& page, const std::string& form_id,
        const Stretch& stretch, Backfill& backfill);
    void put_off(const GraphProblem& problem, const Page& page) const;
    void end(OrganizationId organization, Backfill& backfill, const std::string& trouble);

    db::Database& database_;
    FormLister& lister_;
    LeadWalker& walker_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
