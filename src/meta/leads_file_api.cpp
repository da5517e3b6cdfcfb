#include "meta/leads_file_api.hpp"

#include "meta/form.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/lead_mapping.hpp"
#include "meta/leads_file.hpp"
#include "meta/listed_lead.hpp"
#include "meta/page.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace leadcrm::meta {
namespace {

constexpr std::size_t rows_at_once = 200;  // in one transaction
constexpr std::size_t rejected_told_max = 1000;

struct FileTaken {
    std::int64_t rows = 0;
    std::int64_t stored = 0;
    std::int64_t known = 0;
    std::vector<RejectedRow> rejected;
};
BOOST_DESCRIBE_STRUCT(FileTaken, (), (rows, stored, known, rejected))

// What of the organization a row may belong to.
struct Shelf {
    std::map<std::string, Form> forms;
    std::map<std::string, std::string> page_names;
};

// The file of a multipart body: what stands between the first part's empty line and the next
// boundary.
std::string_view file_in_form(std::string_view body, std::string_view content_type)
{
    const auto named = content_type.find("boundary=");
    const auto end_of_head = body.find("\r\n\r\n");
    if (named == content_type.npos || end_of_head == body.npos)
        throw Failure::malformed("The body of this request is no form with a file in it.");
    auto boundary = content_type.substr(named + 9);
    boundary = boundary.substr(0, boundary.find(';'));
    if (boundary.size() > 1 && boundary.front() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    const auto begin = end_of_head + 4;
    const auto end = body.find("\r\n--" + std::string(boundary), begin);
    if (end == body.npos)
        throw Failure::malformed("The body of this request breaks off in the middle.");
    return body.substr(begin, end - begin);
}

std::string_view file_in(const http::Request& request)
{
    const auto type = request.header("Content-Type").value_or("");
    if (type.starts_with("multipart/form-data")) return file_in_form(request.body, type);
    for (const auto* plain : {"text/csv", "text/tab-separated-values", "text/plain",
             "application/vnd.ms-excel", "application/octet-stream"})
        if (type.starts_with(plain)) return request.body;
    throw Failure(Failure::Kind::unsupported_type,
        "Please send Meta's download as text/csv, or as a file in a form.");
}

Shelf shelf_of(const db::Reader& db)
{
    Shelf shelf;
    for (auto& form : store::list_forms(db)) shelf.forms.emplace(form.form_id, std::move(form));
    for (auto& page : store::list_pages(db)) shelf.page_names.emplace(page.page_id, page.name);
    return shelf;
}

// The form a row was made with. One we have not heard of can only be of the one page there is.
std::optional<Form> form_of_row(const LeadRow& row, const Shelf& shelf)
{
    if (row.form_id) {
        const auto known = shelf.forms.find(*row.form_id);
        if (known != shelf.forms.end()) return known->second;
    }
    if (shelf.page_names.size() != 1) return std::nullopt;
    return Form{.form_id = row.form_id.value_or(""),
        .page_id = shelf.page_names.begin()->first,
        .name = row.form_name};
}

ListedLead listed(const LeadRow& row, const Form& form, const Shelf& shelf,
    OrganizationId organization, const crypto::Vault& vault)
{
    Fetch fetch;
    fetch.leadgen_id = row.leadgen_id;
    fetch.page_id = form.page_id;
    if (!form.form_id.empty()) fetch.form_id = form.form_id;
    fetch.received_at = Instant::now();
    const auto page = shelf.page_names.find(form.page_id);
    ListedLead lead{.page_id = form.page_id,
        .submission = submission_from(
            row.lead, form, fetch, page == shelf.page_names.end() ? "" : page->second),
        .missing = std::nullopt};
    lead.submission.raw_sealed =
        vault.seal(json::print(row.lead), raw_context(organization, row.leadgen_id));
    return lead;
}

FileTaken take_file(const http::Call& call, db::Database& database, const crypto::Vault& vault)
{
    const auto organization = call.caller().organization_id;
    auto file = read_leads_file(file_in(call.request));
    const auto shelf = database.read(organization, [](db::Reader& db) { return shelf_of(db); });
    FileTaken taken{.rows = std::int64_t(file.rows.size() + file.rejected.size())};
    std::vector<ListedLead> leads;
    for (const auto& row : file.rows) {
        if (const auto form = form_of_row(row, shelf))
            leads.push_back(listed(row, *form, shelf, organization, vault));
        else
            file.rejected.push_back({row.line,
                "The form of this row belongs to none of your pages. Connect its page first."});
    }
    ListTally tally;
    for (std::size_t at = 0; at < leads.size(); at += rows_at_once) {
        const auto end = std::min(at + rows_at_once, leads.size());
        const std::vector<ListedLead> some(
            std::make_move_iterator(leads.begin() + std::ptrdiff_t(at)),
            std::make_move_iterator(leads.begin() + std::ptrdiff_t(end)));
        tally.add(database.write(
            organization, [&](db::Tx& tx) { return take_in_listed(tx, some, BroughtBy::file); }));
    }
    taken.stored = tally.stored;
    taken.known = tally.found - tally.stored;
    std::sort(file.rejected.begin(), file.rejected.end(),
        [](const RejectedRow& a, const RejectedRow& b) { return a.line < b.line; });
    file.rejected.resize(std::min(file.rejected.size(), rejected_told_max));
    taken.rejected = std::move(file.rejected);
    return taken;
}

}  // namespace

void add_leads_file_route(http::Routes& api, db::Database& database, const crypto::Vault& vault)
{
    api.upload(
        "/api/v1/meta/leads-file",
        [&database, &vault](const http::Call& call) { return take_file(call, database, vault); },
        {"Take in Meta's own download of leads", http::Right::write_sources,
            "CSV or TSV, UTF-8 or UTF-16, as Meta gives it. The same lead twice is stored once, "
            "whatever way it came before."},
        leads_file_bytes_max);
}

}  // namespace leadcrm::meta
