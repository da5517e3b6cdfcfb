// Campaigns, ad sets, ads, forms and pages are renamed at Meta without a word to anybody. So once a
// day Meta is asked what those are called that leads came from: where the names go, and why leads
// carry them: leads/source_names.hpp.
#pragma once

#include "meta/apps.hpp"
#include "meta/connection.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <string>
#include <vector>

namespace leadcrm::meta {

class NameReader {
public:
    NameReader(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    void handle_jobs(jobs::Workers& workers);
    // Half an hour from now; each look orders the next.
    void order_first();

    // One organization's names. It gives way to Meta's limits: what is left over has its turn the
    // next day, before all else. Ads can be read by a person's token only, and only if the person
    // may see the ad account. Blocking.
    void read(OrganizationId organization);

private:
    void read_pages(OrganizationId organization);
    void note_forms(OrganizationId organization);
    void read_ads(OrganizationId organization);
    std::vector<std::string> ask(OrganizationId organization, const Connection& connection,
        const std::vector<std::string>& ids);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
