// Meta tells nobody when a token dies. So every token is asked about once a day: a dead one becomes
// a problem of its login or page before the next lead does, and one that will end is announced
// while there is time.
#pragma once

#include "meta/apps.hpp"
#include "meta/login_reading.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <chrono>

namespace leadcrm::meta {

// So long before its end a token is announced.
constexpr std::chrono::hours expiry_notice{14 * 24};

class TokenProbe {
public:
    TokenProbe(db::Database& database, const crypto::Vault& vault, const Apps& apps);

    void handle_jobs(jobs::Workers& workers);
    // The first look, a minute from now; each orders the next.
    void order_first();

    // One organization's tokens. What Meta does not answer is left as it is.
    void probe(OrganizationId organization);

private:
    void probe_all();
    void probe_connections(OrganizationId organization);
    std::optional<TokenFacts> facts_of(
        const std::string& token, const std::optional<std::string>& app_id) const;
    void probe_pages(OrganizationId organization);

    db::Database& database_;
    const crypto::Vault& vault_;
    const Apps& apps_;
};

}  // namespace leadcrm::meta
