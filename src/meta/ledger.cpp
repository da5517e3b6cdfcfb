#include "meta/ledger.hpp"

#include "meta/fetch_store.hpp"
#include "meta/form.hpp"
#include "platform/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace leadcrm::meta {
namespace {

constexpr std::int64_t day_us = 24 * 3'600'000'000;

constexpr auto lines_sql = R"sql(
    SELECT f.form_id AS form_id, f.submitted_at / 86400000000 AS day, COUNT(*) AS meta,
        COUNT(s.leadgen_id) AS ours, COUNT(f.repaired_at) AS repaired,
        COUNT(CASE WHEN s.leadgen_id IS NULL AND f.ended_at IS NOT NULL THEN 1 END) AS impossible,
        MAX(CASE WHEN s.leadgen_id IS NULL THEN COALESCE(f.reason, '') END) AS reason
    FROM lead_fetches AS f
    LEFT JOIN submissions AS s ON s.organization_id = $1 AND s.leadgen_id = f.leadgen_id
    WHERE f.organization_id = $1 AND f.submitted_at >= $2)sql";

struct Counted {
    std::optional<std::string> form_id;
    std::int64_t day = 0;
    std::int64_t meta = 0;
    std::int64_t ours = 0;
    std::int64_t repaired = 0;
    std::int64_t impossible = 0;
    std::optional<std::string> reason;
    std::int64_t erased = 0;  // counted elsewhere
};
BOOST_DESCRIBE_STRUCT(Counted, (), (form_id, day, meta, ours, repaired, impossible, reason))

// The latest day first.
bool comes_before(const Counted& a, const Counted& b)
{
    return a.day != b.day ? a.day > b.day : a.form_id.value_or("") < b.form_id.value_or("");
}

// Meta goes on listing leads whose people were erased here: they are accounted for.
void add_erased(std::vector<Counted>& lines, const db::Reader& db,
    const std::optional<std::string>& page_id, Instant since)
{
    db::Sql sql("SELECT form_id, day, COUNT(*) FROM erased_submissions"
                " WHERE organization_id = $1 AND day >= $2",
        since.us / day_us);
    if (page_id) sql.add(" AND page_id = $", *page_id);
    sql.add(" GROUP BY form_id, day ORDER BY day DESC, form_id");
    for (const auto& [form_id, day, count] :
        db.rows<std::tuple<std::string, std::int64_t, std::int64_t>>(sql)) {
        const Counted erased{.form_id = form_id, .day = day};
        auto line = std::lower_bound(lines.begin(), lines.end(), erased, comes_before);
        if (line == lines.end() || line->day != day || line->form_id.value_or("") != form_id)
            line = lines.insert(line, erased);
        line->meta += count;
        line->erased += count;
    }
}

std::vector<Counted> count(
    const db::Reader& db, const std::optional<std::string>& page_id, Instant since)
{
    db::Sql sql(lines_sql, since);
    if (page_id) sql.add(" AND f.page_id = $", *page_id);
    sql.add(" GROUP BY f.form_id, f.submitted_at / 86400000000");
    auto lines = db.rows<Counted>(sql);
    // A fetch without a form is NULL, which the databases sort differently.
    std::stable_sort(lines.begin(), lines.end(), comes_before);
    add_erased(lines, db, page_id, since);
    return lines;
}

std::optional<Instant> checked_at(const db::Reader& db, const std::optional<std::string>& page_id)
{
    db::Sql sql("SELECT COUNT(*), COUNT(w.swept_at), MIN(w.swept_at) FROM forms AS f"
                " LEFT JOIN form_walks AS w ON w.organization_id = $1 AND w.form_id = f.form_id"
                " WHERE f.organization_id = $1 AND f.is_on = $",
        true);
    if (page_id) sql.add(" AND f.page_id = $", *page_id);
    const auto row = db.row<std::tuple<std::int64_t, std::int64_t, std::optional<Instant>>>(sql);
    if (!row) return std::nullopt;
    const auto& [forms, swept, oldest] = *row;
    return forms == swept ? oldest : std::nullopt;
}

std::string reason_for(const Counted& counted)
{
    return counted.reason && !counted.reason->empty() ? *counted.reason
        : counted.impossible > 0                      ? "not here any more"
                                                      : "not read yet";
}

}  // namespace

LedgerState state_of(const LedgerLine& line)
{
    if (line.ours + line.impossible + line.erased < line.meta) return LedgerState::missing;
    if (line.impossible > 0) return LedgerState::impossible;
    return line.repaired > 0 ? LedgerState::repaired : LedgerState::equal;
}

Ledger ledger_of(
    const db::Reader& db, const std::optional<std::string>& page_id, int days, Instant now)
{
    std::map<std::string, std::string> names;
    for (auto& form : store::list_forms(db)) names[form.form_id] = form.name.value_or(form.form_id);
    const Instant since{(now.us / day_us - days + 1) * day_us};

    Ledger ledger{.checked_at = checked_at(db, page_id)};
    for (const auto& counted : count(db, page_id, since)) {
        const auto form_id = counted.form_id.value_or("");
        const auto name = names.find(form_id);
        LedgerLine line{.form_id = form_id,
            .form_name = name == names.end() ? form_id : name->second,
            .day = rfc3339(Instant{counted.day * day_us}).substr(0, 10),
            .meta = counted.meta,
            .ours = counted.ours,
            .repaired = counted.repaired,
            .impossible = counted.impossible,
            .erased = counted.erased};
        line.state = state_of(line);
        if (line.ours + line.erased < line.meta) line.reason = reason_for(counted);
        ledger.data.push_back(std::move(line));
    }
    return ledger;
}

std::string csv_of(const Ledger& ledger)
{
    std::string text =
        "form_id,form_name,day,meta,ours,repaired,impossible,erased,state,reason\r\n";
    for (const auto& line : ledger.data)
        text += fmt::format("{},{},{},{},{},{},{},{},{},{}\r\n", csv::cell(line.form_id),
            csv::cell(line.form_name), line.day, line.meta, line.ours, line.repaired,
            line.impossible, line.erased, boost::describe::enum_to_string(line.state, ""),
            csv::cell(line.reason.value_or("")));
    return text;
}

}  // namespace leadcrm::meta
