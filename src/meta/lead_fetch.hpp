// The fetch worker: reads the leads an organization has been told of from Graph and hands them to
// leads::take_in. One job for each page of an organization, so that a page's limits and its token's
// health are one worker's business. How Graph is asked: lead_reading.hpp; what becomes of a lead
// that cannot be read: fetch_rules.hpp; what a lead is made of: lead_mapping.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/lead_reading.hpp"
#include "meta/page.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace leadcrm::meta {

// Sees to it that the open fetches of a page are looked at, in `delay`.
void order_fetch(db::Tx& tx, const std::string& page_id, std::chrono::milliseconds delay = {});

// What a lead's own JSON is sealed with.
std::string raw_context(OrganizationId organization, const std::string& leadgen_id);

class LeadFetcher {
public:
    LeadFetcher(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    void handle_jobs(jobs::Workers& workers);
    // Everything that is due for a page; what is left for later has been ordered when it returns.
    // Doing it twice changes nothing.
    void fetch_page(OrganizationId organization, const std::string& page_id);

private:
    // What one round has before it.
    struct Desk {
        OrganizationId organization;
        std::optional<Page> page;
        std::shared_ptr<App> app;  // with the page
        std::vector<Fetch> fetches;
        std::vector<Fetch> unwanted;  // of forms that are switched off
        bool is_probe = false;  // one blocked fetch, to see whether the page is well again
        bool has_unreachable = false;  // waiting ones of a page whose token is dead
    };

    Desk look(OrganizationId organization, const std::string& page_id) const;
    void work_off(const Desk& desk);
    std::vector<LeadReading> take_in(
        const Desk& desk, const PageAccess& as, std::vector<LeadReading> read);
    void leave(const Desk& desk);
    void settle(const Desk& desk, const std::vector<LeadReading>& unread);
    void order_rest(OrganizationId organization, const std::string& page_id);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
