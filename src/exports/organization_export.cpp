#include "exports/organization_export.hpp"

#include "exports/export_contents.hpp"
#include "exports/summed_file.hpp"
#include "exports/written_row.hpp"
#include "exports/zip_file.hpp"
#include "meta/lead_fetch.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/running_sha256.hpp"
#include "platform/db/table_walk.hpp"
#include "platform/json/json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace leadcrm::exports {
namespace {

constexpr int told_every = 1000;  // rows

struct ColumnTold {
    std::string name;
    db::ColumnType type;
};
BOOST_DESCRIBE_STRUCT(ColumnTold, (), (name, type))

struct TableTold {
    std::string table;
    std::int64_t rows = 0;
    std::vector<std::string> key;
    std::vector<ColumnTold> columns;
    std::vector<std::string> not_exported;  // columns
};
BOOST_DESCRIBE_STRUCT(TableTold, (), (table, rows, key, columns, not_exported))

struct SchemaTold {
    Instant read_at;
    std::vector<TableTold> tables;
};
BOOST_DESCRIBE_STRUCT(SchemaTold, (), (read_at, tables))

std::string read_me(const std::string& organization, Instant at)
{
    auto text = fmt::format(
        "Everything Lead CRM holds of {}, as it was at {}.\n\n"
        "tables/*.csv     each table for a spreadsheet. A text that a spreadsheet would take for a\n"
        "                 formula has a ' before it.\n"
        "tables/*.jsonl   the same exactly, one JSON object a line.\n"
        "originals.jsonl  what Meta itself said of each lead, one JSON object a line.\n"
        "schema.json      the tables, their columns, keys and number of rows.\n"
        "SHA256SUMS       check them with: sha256sum -c SHA256SUMS\n\n"
        "All parts were read at the same moment. Times are in UTC.\n\n"
        "Not in it: access tokens, and hashes of passwords and sessions (columns called ..._sealed\n"
        "or ..._hash; raw_sealed is opened, as originals.jsonl), which open something and say\n"
        "nothing; and these tables:\n",
        organization, rfc3339(at));
    for (const auto& each : left_out()) text += fmt::format("  {}: {}\n", each.what, each.why);
    return text;
}

class OrganizationExport {
public:
    OrganizationExport(const db::Reader& db, const std::filesystem::path& file, Progress progress)
        : db_(db), zip_(file), progress_(std::move(progress))
    {
    }

    void add_table(const Content& content)
    {
        const auto name = "tables/" + content.table.name;
        std::string text;
        append_csv_header(text, content.columns);
        const auto rows = add_rows(name + ".csv", content, std::move(text), append_csv_row);
        add_rows(name + ".jsonl", content, {}, append_json_row);
        rows_ += rows;
        TableTold told{content.table.name, rows, content.table.key, {}, {}};
        for (const auto& column : content.columns)
            told.columns.push_back({column.name, column.type});
        for (const auto& column : content.table.columns)
            if (is_secret(column)) told.not_exported.push_back(column.name);
        schema_.tables.push_back(std::move(told));
    }

    // What Meta said of each lead, opened.
    void add_originals(const Content& submissions, const crypto::Vault& vault)
    {
        std::vector<db::Column> columns;
        for (const auto* name : {"leadgen_id", "raw_sealed"})
            columns.push_back(*submissions.table.find(name));
        add_lines("originals.jsonl", submissions, columns, {},
            [&](std::string& lines, const db::Row& row) {
                const std::string id(row.text(0));
                const auto original = original_of(vault, id, row.blob(1));
                if (original.empty()) return;
                lines += "{\"leadgen_id\":";
                json::append_text(lines, id);
                lines += ",\"original\":" + original + "}\n";
            });
    }

    std::int64_t finish(const std::string& organization)
    {
        schema_.read_at = read_at_;
        add_text("schema.json", json::text_of(schema_));
        add_text("README.txt", read_me(organization, read_at_));
        zip_.begin("SHA256SUMS");
        zip_.write(sums_);
        zip_.finish();
        return rows_;
    }

private:
    using Append = void (*)(std::string&, std::span<const db::Column>, const db::Row&);

    std::int64_t add_rows(
        const std::string& name, const Content& content, std::string text, Append append)
    {
        std::int64_t rows = 0;
        add_lines(name, content, content.columns, std::move(text),
            [&](std::string& lines, const db::Row& row) {
                append(lines, content.columns, row);
                if (++rows % told_every == 0) progress_(rows_ + rows);
            });
        return rows;
    }

    // A part of the file, which begins with `text` and has what `append` makes of each row.
    template <class AppendRow>
    void add_lines(const std::string& name, const Content& content,
        const std::vector<db::Column>& columns, std::string text, const AppendRow& append)
    {
        constexpr std::size_t piece = std::size_t(64) * 1024;
        crypto::RunningSha256 sum;
        const auto flush = [&] {
            sum.add(text);
            zip_.write(text);
            text.clear();
        };
        zip_.begin(name);
        db::TableWalk(db_, content.table, columns, content.condition).each([&](const db::Row& row) {
            append(text, row);
            if (text.size() >= piece) flush();
        });
        flush();
        note_sum(name, sum.finish());
    }

    // One that no key opens, after a restore without the keys, keeps nobody from the rest.
    std::string original_of(
        const crypto::Vault& vault, const std::string& leadgen_id, std::string_view sealed) const
    {
        if (sealed.empty()) return {};
        try {
            auto text = vault.open(sealed, meta::raw_context(db_.organization_id(), leadgen_id));
            // On one line: inside of its words JSON has no line ends.
            std::ranges::replace_if(
                text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
            return text;
        } catch (const std::exception&) {
            return "null";
        }
    }

    void add_text(const std::string& name, const std::string& text)
    {
        zip_.begin(name);
        zip_.write(text);
        note_sum(name, crypto::sha256(text));
    }

    void note_sum(const std::string& name, const std::string& digest)
    {
        sums_ += crypto::hex(digest) + "  " + name + "\n";
    }

    const db::Reader& db_;
    ZipFile zip_;
    const Progress progress_;
    const Instant read_at_ = Instant::now();
    SchemaTold schema_;
    std::string sums_;
    std::int64_t rows_ = 0;
};

}  // namespace

Written write_organization(const db::PlatformReader& db, const crypto::Vault& vault,
    const OrganizationId& organization, const std::filesystem::path& file, const Progress& progress)
{
    const auto reader = db.in_organization(organization);
    OrganizationExport made(reader, file, progress);
    for (const auto& content : contents(db)) {
        made.add_table(content);
        if (content.table.name == "submissions") made.add_originals(content, vault);
    }
    const auto rows =
        made.finish(reader.one<std::string>("SELECT name FROM organizations WHERE id = $1"));
    return {rows, sum_of(file)};
}

}  // namespace leadcrm::exports
