#include "privacy/kept_marks.hpp"

#include "platform/crypto/crypto.hpp"
#include "platform/durable_lines.hpp"
#include "platform/json/json.hpp"

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

// The end of a long file is enough to go on from.
std::optional<Mark> last_mark(const std::filesystem::path& file)
{
    constexpr std::streamoff enough = 4096;
    const auto lines = whole_lines(file, enough);
    return lines.empty() ? std::nullopt : std::optional(json::from_text<Mark>(lines.back()));
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
    std::string lines;
    for (const auto& row : rows) {
        const Mark mark{crypto::base64url(*key), crypto::base64url(row.leadgen_hash.bytes),
            row.page_id, row.form_id, row.day, row.erased_at};
        lines += json::text_of(mark) + "\n";
    }
    append_durably(file, lines);
}

std::int64_t take_back_marks(db::Tx& tx, const std::filesystem::path& folder)
{
    const auto lines = whole_lines(marks_file(folder, tx.organization_id()));
    for (const auto& line : lines) {
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
    }
    return std::int64_t(lines.size());
}

}  // namespace leadcrm::privacy
