#include "privacy/erasure_again.hpp"

#include "audit/audit.hpp"
#include "leads/erased_submission.hpp"
#include "leads/lead.hpp"
#include "privacy/erasure.hpp"
#include "privacy/erasure_rest.hpp"

#include <set>
#include <string>
#include <vector>

namespace leadcrm::privacy {
namespace {

constexpr int at_once = 512;

struct Stored {
    leads::SubmissionId id;
    LeadId lead_id;
    std::string leadgen_id;
};
BOOST_DESCRIBE_STRUCT(Stored, (), (id, lead_id, leadgen_id))

std::vector<Stored> list_behind(const db::Reader& db, const leads::SubmissionId& last)
{
    return db.rows<Stored>(
        "SELECT {columns} FROM submissions WHERE organization_id = $1 AND id > $2"
        " ORDER BY id LIMIT $3",
        last, at_once);
}

std::set<LeadId> erased_of(const db::Reader& db, const std::vector<Stored>& stored)
{
    std::vector<std::string> ids;
    for (const auto& each : stored) ids.push_back(each.leadgen_id);
    const auto erased = leads::erased_among(db, ids);
    std::set<LeadId> leads;
    for (const auto& each : stored)
        if (erased.contains(each.leadgen_id)) leads.insert(each.lead_id);
    return leads;
}

void erase_one(db::PlatformTx& db, const OrganizationId& organization, const LeadId& lead)
{
    erase(db, organization, lead, std::nullopt);
    auto tx = db.in_organization(organization);
    audit::record(tx,
        {.action = "privacy.erase_again",
            .what = "Erase a person once more, whom a backup brought back",
            .object = lead.text()});
    order_rest(tx, Instant::now());
}

}  // namespace

std::int64_t erase_again(db::Database& database, OrganizationId organization)
{
    std::int64_t count = 0;
    leads::SubmissionId last;
    for (;;) {
        std::set<LeadId> leads;
        const auto some = database.read(organization, [&](db::Reader& db) {
            auto found = list_behind(db, last);
            leads = erased_of(db, found);
            return found;
        });
        if (some.empty()) return count;
        last = some.back().id;
        for (const auto& lead : leads) {
            database.write_platform([&](db::PlatformTx& db) { erase_one(db, organization, lead); });
            ++count;
        }
    }
}

}  // namespace leadcrm::privacy
