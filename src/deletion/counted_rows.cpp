#include "deletion/counted_rows.hpp"

namespace leadcrm::deletion {

std::string counted_rows(
    const letters::Words& say, const std::map<std::string, std::int64_t>& counts)
{
    std::int64_t others = 0;
    for (const auto& [table, count] : counts) others += count;
    letters::Fillings kinds;
    for (const auto* table : {"leads", "submissions", "pages", "memberships"}) {
        const auto found = counts.find(table);
        const auto count = found == counts.end() ? 0 : found->second;
        others -= count;
        kinds.push_back({table, say.counted(std::string("rows.") + table, count)});
    }
    kinds.push_back({"others", say.counted("rows.others", others)});
    return say.text("rows.all", kinds);
}

}  // namespace leadcrm::deletion
