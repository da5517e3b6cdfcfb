#include "leads/source_names.hpp"

#include "events/change.hpp"

#include <array>
#include <map>
#include <tuple>

namespace leadcrm::leads {
namespace {

constexpr int batch_size = 1000;

// Where a source has the id and the name of each kind.
struct Place {
    SourceKind kind;
    std::optional<std::string> Source::*id;
    std::optional<std::string> Source::*name;
};
constexpr std::array places{
    Place{SourceKind::page, &Source::page_id, &Source::page_name},
    Place{SourceKind::form, &Source::form_id, &Source::form_name},
    Place{SourceKind::campaign, &Source::campaign_id, &Source::campaign_name},
    Place{SourceKind::adset, &Source::adset_id, &Source::adset_name},
    Place{SourceKind::ad, &Source::ad_id, &Source::ad_name},
};

std::map<std::string, SourceName> known_names(
    const db::Reader& db, const std::vector<std::string>& ids)
{
    std::map<std::string, SourceName> known;
    if (ids.empty()) return known;
    db::Sql sql("SELECT {columns} FROM source_names WHERE organization_id = $1");
    sql.add_in("id", ids);
    for (auto& name : db.rows<SourceName>(sql)) known.emplace(name.id, std::move(name));
    return known;
}

void insert(db::Tx& tx, const SourceName& name)
{
    // Another lead of the same ad may have come at the same time.
    tx.store("INSERT INTO source_names (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, id) DO NOTHING",
        name);
}

void rename(db::Tx& tx, const std::string& id, const std::string& name, Instant now)
{
    tx.run("UPDATE source_names SET name = $3, is_shown = $4, read_at = $5"
           " WHERE organization_id = $1 AND id = $2",
        id, name, false, now);
}

using Names = std::map<std::string, std::string>;

Names names_to_show(const db::Reader& db)
{
    Names names;
    for (auto& [id, name] : db.rows<std::tuple<std::string, std::string>>(
             "SELECT id, name FROM source_names WHERE organization_id = $1 AND is_shown = FALSE"
             " AND name IS NOT NULL"))
        names.emplace(std::move(id), std::move(name));
    return names;
}

bool take_names(Source& source, const Names& names)
{
    bool has_changed = false;
    for (const auto& place : places) {
        const auto& id = source.*place.id;
        const auto found = id ? names.find(*id) : names.end();
        if (found == names.end() || source.*place.name == found->second) continue;
        source.*place.name = found->second;
        has_changed = true;
    }
    return has_changed;
}

using Row = std::tuple<std::int64_t, std::int64_t, json::Raw>;  // number, submissions, source

std::vector<Row> rows_after(const db::Reader& db, std::int64_t number)
{
    return db.rows<Row>(
        "SELECT number, submission_count, source FROM leads WHERE organization_id = $1"
        " AND number > $2 ORDER BY number LIMIT $3",
        number, batch_size);
}

}  // namespace

void note_names(db::Tx& tx, const Source& source, Instant now)
{
    std::vector<std::string> ids;
    for (const auto& place : places)
        if (source.*place.id) ids.push_back(*(source.*place.id));
    const auto known = known_names(tx, ids);
    for (const auto& place : places) {
        const auto& id = source.*place.id;
        const auto& name = source.*place.name;
        if (!id) continue;
        const auto found = known.find(*id);
        if (found == known.end())
            insert(tx, {*id, place.kind, name, true, now});
        else if (name && found->second.name != name)
            rename(tx, *id, *name, now);
        else if (!name && found->second.name && found->second.is_shown)
            tx.run("UPDATE source_names SET is_shown = $3 WHERE organization_id = $1 AND id = $2",
                *id, false);
    }
}

void note_told(db::Tx& tx, const std::vector<ToldName>& told, Instant now)
{
    std::vector<std::string> ids;
    for (const auto& one : told) ids.push_back(one.id);
    const auto known = known_names(tx, ids);
    for (const auto& one : told) {
        const auto found = known.find(one.id);
        if (found == known.end())
            insert(tx, {one.id, one.kind, one.name, !one.name, now});
        else if (one.name && found->second.name != one.name)
            rename(tx, one.id, *one.name, now);
        else
            tx.run("UPDATE source_names SET read_at = $3 WHERE organization_id = $1 AND id = $2",
                one.id, now);
    }
}

std::vector<SourceName> list_names_before(
    const db::Reader& db, const std::vector<SourceKind>& kinds, Instant before, int most)
{
    db::Sql sql("SELECT {columns} FROM source_names WHERE organization_id = $1");
    sql.add(" AND read_at < $", before);
    sql.add_in("kind", kinds);
    sql.add(" ORDER BY read_at LIMIT $", most);
    return db.rows<SourceName>(sql);
}

std::int64_t show_names(db::Database& database, OrganizationId organization)
{
    const auto names = database.read(organization, names_to_show);
    if (names.empty()) return 0;
    std::int64_t changed = 0;
    std::int64_t number = 0;
    for (;;) {
        const auto rows =
            database.read(organization, [&](db::Reader& db) { return rows_after(db, number); });
        if (rows.empty()) break;
        std::vector<Row> renamed;
        for (const auto& [lead, submissions, text] : rows) {
            number = lead;
            auto source = json::from_text<Source>(text.text);
            if (take_names(source, names))
                renamed.emplace_back(lead, submissions, json::Raw{json::text_of(source)});
        }
        if (renamed.empty()) continue;
        database.write(organization, [&](db::Tx& tx) {
            // Who came again meanwhile brought the names of now.
            for (const auto& [lead, submissions, text] : renamed)
                tx.run("UPDATE leads SET source = $4 WHERE organization_id = $1 AND number = $2"
                       " AND submission_count = $3",
                    lead, submissions, text);
        });
        changed += static_cast<std::int64_t>(renamed.size());
    }
    database.write(organization, [&](db::Tx& tx) {
        for (const auto& [id, name] : names)
            tx.run("UPDATE source_names SET is_shown = $4 WHERE organization_id = $1 AND id = $2"
                   " AND name = $3",
                id, name, true);
        if (changed > 0) events::tell_change(tx, events::Topic::source_names);
    });
    return changed;
}

}  // namespace leadcrm::leads
