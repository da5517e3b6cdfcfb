#include "exports/export_api.hpp"

#include "exports/export.hpp"
#include "exports/kept_file.hpp"

namespace leadcrm::exports {
namespace {

constexpr int shown_max = 20;

struct OrderExport {
    ExportKind kind;
    std::optional<ExportFormat> format;
    std::optional<json::value> filter;
};
BOOST_DESCRIBE_STRUCT(OrderExport, (), (kind, format, filter))

struct AskExport {
    ExportId id;
};
BOOST_DESCRIBE_STRUCT(AskExport, (), (id))

struct ExportOrdered {
    ExportId id;
    ExportState state = ExportState::waiting;
};
BOOST_DESCRIBE_STRUCT(ExportOrdered, (), (id, state))

struct ExportView {
    ExportId id;
    ExportKind kind = ExportKind::organization;
    ExportFormat format = ExportFormat::zip;
    ExportState state = ExportState::waiting;
    std::string ordered_by;  // a name
    Instant ordered_at;
    std::optional<Instant> ended_at;
    std::optional<Instant> expires_at;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::optional<std::string> sha256;
    std::optional<std::string> download_path;
};
BOOST_DESCRIBE_STRUCT(ExportView, (),
    (id, kind, format, state, ordered_by, ordered_at, ended_at, expires_at, rows, bytes, sha256,
        download_path))

// "csv, jsonl or xlsx"
std::string words_of(const std::vector<ExportFormat>& formats)
{
    std::string text;
    for (const auto& format : formats) {
        if (!text.empty()) text += &format == &formats.back() ? " or " : ", ";
        text += boost::describe::enum_to_string(format, "");
    }
    return text;
}

// Without the character set.
std::vector<std::string> file_types()
{
    std::vector<std::string> types{content_type(ExportFormat::zip)};
    for (const auto format : lead_formats()) {
        const auto type = content_type(format);
        types.push_back(type.substr(0, type.find(';')));
    }
    return types;
}

bool can_be_fetched(const Export& made) { return made.state == ExportState::done; }

ExportView view_of(const db::Reader& db, const Export& made)
{
    ExportView view{.id = made.id,
        .kind = made.kind,
        .format = made.format,
        .state = made.state,
        .ordered_by = db.row<std::string>("SELECT name FROM users WHERE id = $2", made.ordered_by)
                          .value_or(""),
        .ordered_at = made.ordered_at,
        .ended_at = made.ended_at,
        .expires_at = made.expires_at,
        .rows = made.row_count,
        .bytes = made.byte_count,
        .sha256 = made.sha256};
    if (can_be_fetched(made)) view.download_path = "/api/v1/exports/" + made.id.text() + "/file";
    return view;
}

ExportOrdered order_export(db::Tx& tx, const http::Caller& caller, const OrderExport& ask)
{
    const bool is_whole = ask.kind == ExportKind::organization;
    if (is_whole && !caller.rights.has(http::Right::own_data))
        throw Failure::forbidden("Only an owner may export the whole organization.");
    if (is_whole && ask.filter)
        throw Failure::invalid("filter", "not_here", "A whole organization has no filter.");
    const auto format = ask.format.value_or(is_whole ? ExportFormat::zip : ExportFormat::csv);
    if (is_whole != (format == ExportFormat::zip))
        throw Failure::invalid("format", "unknown",
            is_whole ? "A whole organization comes as zip."
                     : "Leads come as " + words_of(lead_formats()) + ".");
    const leads::LeadQuestion question{.filter = ask.filter};
    leads::read_filter(question, caller);  // throws for one that is none
    const auto made = order(tx, caller, ask.kind, format, question);
    return {made.id, made.state};
}

http::Page<ExportView> list_exports(
    db::Reader& db, const http::Caller& caller, const http::Nothing&)
{
    http::Page<ExportView> page;
    for (const auto& made : list(db, caller, shown_max)) page.data.push_back(view_of(db, made));
    return page;
}

ExportView read_export(db::Reader& db, const http::Caller& caller, const AskExport& ask)
{
    return view_of(db, find_own(db, caller, ask.id));
}

http::Response send_file(
    const http::Call& call, const Export& made, const std::filesystem::path& folder)
{
    auto file = can_be_fetched(made) ? KeptFile::open(file_of(folder, made.id)) : nullptr;
    if (!file)
        throw Failure::not_found("This export is not there any more. Please make a new one.");
    auto answer = answer_with(std::move(file), call.request, '"' + made.sha256.value_or("") + '"');
    answer.content_type = content_type(made.format);
    answer.headers.emplace_back(
        "Content-Disposition", "attachment; filename=\"" + file_name(made) + "\"");
    return answer;
}

}  // namespace

void add_routes(http::Routes& api, db::Database& database, const std::filesystem::path& folder)
{
    using http::Right;
    api.write("POST", "/api/v1/exports", order_export,
        {"Order a file with everything, or with a list of leads", Right::export_leads,
            "`organization` is for owners: a ZIP of every table as CSV and JSON lines, with "
            "schema, sums and what Meta said of each lead. `leads` holds the leads the caller may "
            "see, with the filter language of "
            "/api/v1/leads, as csv (the default), xlsx (a workbook; times are in the caller's time "
            "zone, and a second sheet says what it is and how many rows it has), vcf (vCards 4.0, "
            "without contacts that are hidden from the caller) or jsonl. Made in the background; "
            "one at a time for each person. For example {\"kind\": \"leads\", \"format\": \"xlsx\", "
            "\"filter\": {\"source\": [\"ig\"]}}.",
            202});
    api.read("GET", "/api/v1/exports", list_exports,
        {"The last exports: one's own, for owners everybody's", Right::export_leads});
    api.read("GET", "/api/v1/exports/{id}", read_export,
        {"How far an export is, and where its file is", Right::export_leads});
    api.work("GET", "/api/v1/exports/{id}/file",
        [&database, folder](const http::Call& call, const AskExport& ask) {
            const auto& caller = call.caller();
            const auto made = database.read(caller.organization_id,
                [&](db::Reader& db) { return find_own(db, caller, ask.id); });
            return send_file(call, made, folder);
        },
        {"Fetch the file of an export", Right::export_leads,
            "For a week. Range and If-None-Match are understood; the ETag is the SHA-256 sum.", 200,
            file_types()});
}

}  // namespace leadcrm::exports
