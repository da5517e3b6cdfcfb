#include "deletion/tombstone.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace leadcrm::deletion {
namespace {

bool has(const std::vector<Tombstone>& stones, const Tombstone& stone)
{
    return std::ranges::find(stones, stone.organization_hash, &Tombstone::organization_hash)
        != stones.end();
}

// One write at the end of the file, so that two programs do not mix their lines.
void append_durably(const std::filesystem::path& file, const std::string& lines)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) throw Failure::unavailable("Cannot write " + file.string(), 60);
    const auto written = ::write(descriptor, lines.data(), lines.size());
    const bool is_whole = written == ssize_t(lines.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_whole) throw Failure::unavailable("Cannot write " + file.string(), 60);
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
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) stones.push_back(json::from_text<Tombstone>(line));
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
