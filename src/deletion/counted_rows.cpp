#include "deletion/counted_rows.hpp"

#include <array>
#include <utility>
#include <vector>

namespace leadcrm::deletion {
namespace {

struct Kind {
    const char* table;
    const char* one;
    const char* many;
};
constexpr std::array kinds{
    Kind{"leads", "lead", "leads"},
    Kind{"submissions", "answered form", "answered forms"},
    Kind{"pages", "page", "pages"},
    Kind{"memberships", "membership", "memberships"},
};

std::string counted(std::int64_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string counted_rows(const std::map<std::string, std::int64_t>& counts)
{
    std::int64_t others = 0;
    for (const auto& [table, count] : counts) others += count;
    std::string text;
    for (const auto& kind : kinds) {
        const auto found = counts.find(kind.table);
        const auto count = found == counts.end() ? 0 : found->second;
        others -= count;
        text += counted(count, kind.one, kind.many) + ", ";
    }
    text.replace(text.size() - 2, 2, " and ");
    return text + counted(others, "row of other kinds", "rows of other kinds");
}

}  // namespace leadcrm::deletion
