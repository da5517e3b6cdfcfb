#include "exports/export.hpp"

#include "events/change.hpp"
#include "exports/export_writing.hpp"
#include "platform/jobs/jobs.hpp"

#include <boost/mp11/algorithm.hpp>

namespace leadcrm::exports {
namespace {

std::string_view ending(ExportFormat format) { return boost::describe::enum_to_string(format, ""); }

bool sees_all(const http::Caller& caller) { return caller.rights.has(http::Right::own_data); }

}  // namespace

std::vector<ExportFormat> lead_formats()
{
    std::vector<ExportFormat> formats;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ExportFormat>>([&](auto each) {
        if (each.value != ExportFormat::zip) formats.push_back(each.value);
    });
    return formats;
}

std::string content_type(ExportFormat format)
{
    switch (format) {
    case ExportFormat::zip:
        return "application/zip";
    case ExportFormat::csv:
        return "text/csv; charset=utf-8";
    case ExportFormat::xlsx:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case ExportFormat::vcf:
        return "text/vcard; charset=utf-8";
    case ExportFormat::jsonl:
        break;
    }
    return "application/jsonl; charset=utf-8";
}

std::string file_name(const Export& made)
{
    return (made.kind == ExportKind::leads ? "leads-" : "organization-")
        + rfc3339(made.ordered_at).substr(0, 10) + "." + std::string(ending(made.format));
}

Export order(db::Tx& tx, const http::Caller& caller, ExportKind kind, ExportFormat format,
    const leads::LeadQuestion& question)
{
    if (tx.row<std::int64_t>(R"sql(
            SELECT 1 FROM exports
            WHERE organization_id = $1 AND ordered_by = $2 AND state IN ('waiting', 'running')
        )sql",
            caller.user_id))
        throw Failure::conflict("An export of yours is being made. Please wait until it is done.");
    Export made{.id = ExportId::make(),
        .kind = kind,
        .format = format,
        .question = question,
        .ordered_by = caller.user_id,
        .ordered_at = Instant::now()};
    tx.store("INSERT INTO exports (organization_id, {columns}) VALUES ($1, {values})", made);
    order_writing(tx, made.id);
    events::tell_change(tx, events::Topic::exports);
    return made;
}

std::filesystem::path file_of(const std::filesystem::path& folder, const ExportId& id)
{
    return folder / (id.text() + ".file");
}

std::vector<Export> list(const db::Reader& db, const http::Caller& caller, int most)
{
    db::Sql sql("SELECT {columns} FROM exports WHERE organization_id = $1");
    if (!sees_all(caller)) sql.add(" AND ordered_by = $", caller.user_id);
    sql.add(" ORDER BY id DESC LIMIT $", most);
    return db.rows<Export>(sql);
}

std::optional<Export> find(const db::Reader& db, const ExportId& id)
{
    return db.row<Export>(
        "SELECT {columns} FROM exports WHERE organization_id = $1 AND id = $2", id);
}

Export find_own(const db::Reader& db, const http::Caller& caller, const ExportId& id)
{
    auto found = find(db, id);
    if (!found || (found->ordered_by != caller.user_id && !sees_all(caller)))
        throw Failure::not_found("There is no such export.");
    return std::move(*found);
}

std::vector<ExportId> list_ids(const db::Reader& db)
{
    return db.rows<ExportId>("SELECT id FROM exports WHERE organization_id = $1 ORDER BY id");
}

void update(db::Tx& tx, const Export& changed)
{
    tx.run(R"sql(
        UPDATE exports SET state = $3, ended_at = $4, expires_at = $5, row_count = $6,
            byte_count = $7, sha256 = $8
        WHERE organization_id = $1 AND id = $2
    )sql",
        changed.id, changed.state, changed.ended_at, changed.expires_at, changed.row_count,
        changed.byte_count, changed.sha256);
    events::tell_change(tx, events::Topic::exports);
}

bool is_unfinished(const Export& made)
{
    return made.state == ExportState::waiting || made.state == ExportState::running;
}

void forget_files(db::Tx& tx)
{
    tx.run("UPDATE exports SET state = 'expired' WHERE organization_id = $1 AND state = 'done'");
}

}  // namespace leadcrm::exports
