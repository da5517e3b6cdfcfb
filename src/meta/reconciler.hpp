// The reconciler: compares what Meta has with what is here, form by form, and silently brings what
// is missing. Webhooks are not trusted to be complete. One job for each page, so that a page's
// limits and its token's health are one worker's business. When a form's turn is: walk_rules.hpp.
#pragma once

#include "meta/lead_walk.hpp"
#include "meta/walk_store.hpp"
#include "platform/jobs/jobs.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace leadcrm::meta {

constexpr auto reconcile_job = "meta.reconcile";  // key: the page
constexpr auto reconcile_all_job = "meta.reconcile_all";

void order_reconcile(db::Tx& tx, const std::string& page_id, std::chrono::milliseconds delay = {});

class Reconciler {
public:
    Reconciler(db::Database& database, LeadWalker& walker, const Apps& apps,
        std::chrono::seconds interval);

    // Walks every form of the page whose turn it is, and orders the next time.
    void reconcile(OrganizationId organization, const std::string& page_id);
    // Orders it for every page, the listing of its forms too: for those whose order was lost.
    void order_all();

private:
    struct Desk {
        OrganizationId organization;
        std::optional<Page> page;
        std::shared_ptr<App> app;  // with the page
        std::vector<FormWalk> walks;
        std::map<std::string, Instant> latest;
        bool is_backfilling = false;
    };

    Desk look(OrganizationId organization, const std::string& page_id) const;
    bool walk(const Desk& desk, FormWalk& form, bool is_sweep);
    void order_next(const Desk& desk);

    db::Database& database_;
    LeadWalker& walker_;
    const Apps& apps_;
    const std::chrono::seconds interval_;
};

// What a walk that ended says about its page: trouble, or that trouble is over.
void note_walk(db::Tx& tx, const Page& page, const FormWalk& form, const WalkEnd& end);

}  // namespace leadcrm::meta
