#include "deletion/tombstone.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/durable_lines.hpp"
#include "platform/json/json.hpp"

#include <algorithm>

namespace leadcrm::deletion {
namespace {

bool has(const std::vector<Tombstone>& stones, const Tombstone& stone)
{
    return std::ranges::find(stones, stone.organization_hash, &Tombstone::organization_hash)
        != stones.end();
}

}  // namespace

std::string hash_of(const OrganizationId& organization)
{
    return crypto::hex(crypto::sha256(organization.text()));
}

void bury(const std::filesystem::path& file, const std::vector<Tombstone>& stones)
{
    const auto known = read_tombstones(file);
    std::string lines;
    for (const auto& stone : stones)
        if (!has(known, stone)) lines += json::text_of(stone) + "\n";
    if (!lines.empty()) append_durably(file, lines);
}

std::vector<Tombstone> read_tombstones(const std::filesystem::path& file)
{
    std::vector<Tombstone> stones;
    for (const auto& line : whole_lines(file)) stones.push_back(json::from_text<Tombstone>(line));
    return stones;
}

std::vector<Tombstone> list_tombstones(db::Database& database)
{
    return database.read_platform([](db::PlatformReader& db) {
        return db.rows<Tombstone>("SELECT {columns} FROM organization_deletions"
                                  " WHERE state = 'done' AND organization_hash IS NOT NULL"
                                  " ORDER BY done_at");
    });
}

}  // namespace leadcrm::deletion
