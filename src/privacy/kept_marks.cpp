#include "privacy/kept_marks.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::privacy {
namespace {

struct Mark {
    std::string key;  // base64url; so the next one
    std::string hash;
    std::string page_id;
    std::string form_id;
    std::int64_t day = 0;
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (key, hash, page_id, form_id, day, erased_at))

struct MarkRow {
    db::Blob leadgen_hash;
    std::string page_id;
    std::string form_id;
    std::int64_t day = 0;
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(MarkRow, (), (leadgen_hash, page_id, form_id, day, erased_at))

std::optional<std::string> key_of(const db::Reader& db)
{
    auto key = db.row<db::Blob>("SELECT hash_key FROM erasure_keys WHERE organization_id = $1");
    return key ? std::optional(std::move(key->bytes)) : std::nullopt;
}

// The end of a long file is enough to go on from. Its last line may be half written.
std::optional<Mark> last_mark(const std::filesystem::path& file)
{
    constexpr std::streamoff enough = 4096;
    std::ifstream in(file, std::ios::ate | std::ios::binary);
    if (!in) return std::nullopt;
    in.seekg(std::max(std::streamoff(0), std::streamoff(in.tellg()) - enough));
    std::optional<Mark> last;
    for (std::string line; std::getline(in, line);)
        if (line.starts_with('{') && line.ends_with('}')) last = json::from_text<Mark>(line);
    return last;
}

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

std::filesystem::path marks_file(
    const std::filesystem::path& folder, const OrganizationId& organization)
{
    return folder / "erased" / (crypto::hex(crypto::sha256(organization.text())) + ".jsonl");
}

void keep_marks(
    db::Database& database, OrganizationId organization, const std::filesystem::path& folder)
{
    const auto file = marks_file(folder, organization);
    const auto last = last_mark(file);
    std::optional<std::string> key;
    const auto rows = database.read(organization, [&](db::Reader& db) {
        key = key_of(db);
        // Those of the same moment come twice, which does no harm.
        return db.rows<MarkRow>("SELECT {columns} FROM erased_submissions"
                                " WHERE organization_id = $1 AND erased_at >= $2"
                                " ORDER BY erased_at, leadgen_hash",
            last ? last->erased_at : Instant());
    });
    if (!key || rows.empty()) return;
    std::filesystem::create_directories(file.parent_path());
    // After a line that was cut off, the next one begins anew.
    std::string lines = std::filesystem::exists(file) ? "\n" : "";
    for (const auto& row : rows) {
        const Mark mark{crypto::base64url(*key), crypto::base64url(row.leadgen_hash.bytes),
            row.page_id, row.form_id, row.day, row.erased_at};
        lines += json::text_of(mark) + "\n";
    }
    append_durably(file, lines);
}

std::int64_t take_back_marks(db::Tx& tx, const std::filesystem::path& folder)
{
    std::ifstream in(marks_file(folder, tx.organization_id()));
    std::int64_t count = 0;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with('{') || !line.ends_with('}')) continue;
        const auto mark = json::from_text<Mark>(line);
        tx.run("INSERT INTO erasure_keys (organization_id, hash_key) VALUES ($1, $2)"
               " ON CONFLICT (organization_id) DO NOTHING",
            db::Blob{crypto::from_base64url(mark.key).value()});
        tx.run("INSERT INTO erased_submissions"
               " (organization_id, leadgen_hash, page_id, form_id, day, erased_at)"
               " VALUES ($1, $2, $3, $4, $5, $6)"
               " ON CONFLICT (organization_id, leadgen_hash) DO NOTHING",
            db::Blob{crypto::from_base64url(mark.hash).value()}, mark.page_id, mark.form_id,
            mark.day, mark.erased_at);
        ++count;
    }
    return count;
}

}  // namespace leadcrm::privacy
