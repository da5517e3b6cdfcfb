#include "privacy/access_file.hpp"

#include "audit/audit.hpp"
#include "exports/export_contents.hpp"
#include "exports/written_row.hpp"
#include "exports/zip_file.hpp"
#include "leads/lead_view.hpp"
#include "meta/delivery_erasure.hpp"
#include "meta/form_version.hpp"
#include "meta/lead_fetch.hpp"
#include "privacy/access_page.hpp"
#include "privacy/erasure_reach.hpp"

#include <map>

namespace leadcrm::privacy {
namespace {

constexpr std::size_t entries_max = 10'000;

// The rows of a table as one JSON array.
json::Raw rows_as_json(const db::Reader& db, const db::Table& table, const db::Sql& where)
{
    auto columns = table.columns;
    std::erase_if(columns, [](const db::Column& column) {
        return exports::is_secret(column) || column.type == db::ColumnType::bytes;
    });
    std::string names;
    for (const auto& column : columns) names += (names.empty() ? "" : ", ") + column.name;
    db::Sql sql("SELECT " + names + " FROM " + table.name + where.text());
    for (const auto& value : where.values()) sql.add("", value);
    std::string rows;
    db.each<db::AnyRow>(sql, [&](const db::AnyRow& row) {
        rows += rows.empty() ? "" : ",";
        exports::append_json_row(rows, columns, *row.cells);
    });
    return {"[" + rows + "]"};
}

class Gathering {
public:
    Gathering(const db::PlatformReader& db, const OrganizationId& organization, const LeadId& lead)
        : db_(db), reader_(db.in_organization(organization)), organization_(organization)
    {
        const auto row = reader_.row<leads::ShownRow>(
            "SELECT {columns} FROM leads WHERE organization_id = $1 AND id = $2", lead);
        if (!row)
            throw Failure::not_found("This lead is not here. It may have been erased already.");
        told_.read_at = Instant::now();
        told_.organization =
            reader_.one<std::string>("SELECT name FROM organizations WHERE id = $1");
        told_.lead = leads::present_whole_record(reader_, *row, told_.read_at);
        sent_ = list_sent(reader_, lead);
        told_.audit = audit::list(reader_, {.object = lead.text()}, entries_max);
        add_tables(lead);
        add_forms();
    }

    Told finish(const crypto::Vault& vault)
    {
        add_originals(vault);
        for (const auto& sent : sent_) {
            if (!sent.page_id) continue;
            for (auto& delivery : meta::deliveries_about(
                     db_, organization_, *sent.page_id, sent.leadgen_id, sent.received_at))
                told_.deliveries.push_back(std::move(delivery));
        }
        return std::move(told_);
    }

private:
    void add_tables(const LeadId& lead)
    {
        const auto reach = erasure_reach(db_);
        for (const auto& table : reach.of_lead)
            told_.tables[table.name] = rows_as_json(
                reader_, table, db::Sql(" WHERE organization_id = $1 AND lead_id = $2", lead));
        std::vector<std::string> ids;
        for (const auto& sent : sent_) ids.push_back(sent.leadgen_id);
        db::Sql of_these(" WHERE organization_id = $1");
        of_these.add_in("leadgen_id", ids);
        for (const auto& table : reach.of_submission)
            told_.tables[table.name] = rows_as_json(reader_, table, of_these);
    }

    // What was shown, of the versions that were answered.
    void add_forms()
    {
        for (const auto& submission : told_.lead.submissions) {
            if (!submission.form_id || !submission.form_version) continue;
            for (const auto& version : meta::store::list_versions(reader_, *submission.form_id))
                if (version.version == *submission.form_version) told_.forms.push_back(version);
        }
    }

    void add_originals(const crypto::Vault& vault)
    {
        for (const auto& sent : sent_) {
            const auto sealed = reader_.row<db::Blob>("SELECT raw_sealed FROM submissions"
                                                      " WHERE organization_id = $1"
                                                      " AND leadgen_id = $2",
                sent.leadgen_id);
            if (!sealed || sealed->bytes.empty()) continue;
            told_.originals[sent.leadgen_id] = {
                vault.open(sealed->bytes, meta::raw_context(organization_, sent.leadgen_id))};
        }
    }

    const db::PlatformReader& db_;
    const db::Reader reader_;
    const OrganizationId organization_;
    std::vector<Sent> sent_;
    Told told_;
};

}  // namespace

void write_access_file(const db::PlatformReader& db, const crypto::Vault& vault,
    const OrganizationId& organization, const LeadId& lead, const std::filesystem::path& file)
{
    const auto told = Gathering(db, organization, lead).finish(vault);
    exports::ZipFile zip(file);
    zip.begin("person.html");
    zip.write(page_of(told));
    zip.begin("person.json");
    zip.write(json::text_of(told));
    zip.finish();
}

}  // namespace leadcrm::privacy
