// The doctor: finds out about a connected page what it can, at Meta and here, and keeps the ten
// checks for the screen. What is made of the findings: doctor_rules.hpp.
#pragma once

#include "meta/doctor_rules.hpp"
#include "meta/graph_client.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <boost/describe.hpp>

#include <string>
#include <vector>

namespace leadcrm::meta {

struct Checkup {
    std::string page_id;
    std::optional<Instant> checked_at;  // nothing: not yet
    std::vector<Check> checks;
};
BOOST_DESCRIBE_STRUCT(Checkup, (), (page_id, checked_at, checks))

class Doctor {
public:
    Doctor(
        db::Database& database, const crypto::Vault& vault, const Apps& apps, Refusals& refusals);

    // Every page is examined a few times a day, and on demand.
    void handle_jobs(jobs::Workers& workers);
    void start();

    // Blocking. Throws Failure::not_found.
    Checkup run(OrganizationId organization, const std::string& page_id);

private:
    Findings find_out(OrganizationId organization, const std::string& page_id);
    void ask_meta(GraphClient& graph, const PageAccess& as, Findings& found);
    void order_round(db::PlatformTx& db, std::chrono::milliseconds delay);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
    Refusals& refusals_;
};

namespace store {

// What was found the last time; of one page, or of all.
std::vector<Checkup> list_checkups(const db::Reader& db, const std::optional<std::string>& page_id);
void upsert(db::Tx& tx, const Checkup& checkup);

}  // namespace store
}  // namespace leadcrm::meta
