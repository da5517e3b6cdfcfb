#include "platform_admin/dead_letters.hpp"

#include "platform_admin/masked.hpp"

namespace leadcrm::platform_admin {

std::vector<DeadLetter> list_dead_letters(
    const db::PlatformReader& db, const std::optional<jobs::JobId>& after, int limit)
{
    std::vector<DeadLetter> letters;
    for (const auto& job : jobs::list_dead(db, after, limit))
        letters.push_back({job.id, job.kind, job.organization_id, job.failures, job.died_at,
            with_masked_addresses(job.trouble)});
    return letters;
}

std::vector<DeadLetter> all_dead_letters(const db::PlatformReader& db)
{
    constexpr int page_length = 200;
    std::vector<DeadLetter> letters;
    for (std::optional<jobs::JobId> after;;) {
        const auto page = list_dead_letters(db, after, page_length);
        letters.insert(letters.end(), page.begin(), page.end());
        if (page.size() < page_length) return letters;
        after = page.back().id;
    }
}

}  // namespace leadcrm::platform_admin
