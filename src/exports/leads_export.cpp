#include "exports/leads_export.hpp"

#include "accounts/membership_caller.hpp"
#include "custom_fields/custom_field.hpp"
#include "exports/written_row.hpp"
#include "leads/lead_list.hpp"
#include "leads/lead_view.hpp"
#include "platform/csv.hpp"
#include "platform/jobs/jobs.hpp"

#include <fstream>
#include <future>
#include <unordered_map>

namespace leadcrm::exports {
namespace {

constexpr int page_leads = 1000;

// Leads of one ad have the same source, so it is read and written once.
class SourceCells {
public:
    const std::string& of(const std::string& source)
    {
        if (cells_.size() > sources_max) cells_.clear();
        const auto [place, is_new] = cells_.try_emplace(source);
        if (is_new) place->second = written(json::from_text<leads::Source>(source));
        return place->second;
    }

private:
    static constexpr std::size_t sources_max = 4096;

    static std::string written(const leads::Source& source)
    {
        std::string text;
        for (const auto& cell :
            {source.platform, source.page_name ? source.page_name : source.page_id,
                source.form_name ? source.form_name : source.form_id,
                source.campaign_name ? source.campaign_name : source.campaign_id,
                source.ad_name ? source.ad_name : source.ad_id}) {
            text += ',';
            if (cell) csv::append_cell(text, *cell);
        }
        return text;
    }

    std::unordered_map<std::string, std::string> cells_;
};

// "How many rooms?: 3; When?: soon"
std::string text_of_answers(const leads::Lead& lead)
{
    std::string text;
    for (const auto& answer : json::from_text<std::vector<leads::Answer>>(lead.answers.text)) {
        if (!text.empty()) text += "; ";
        text += answer.label + ":";
        for (const auto& value : answer.values) text += " " + value;
    }
    return text;
}

// "I agree to be called.: yes; Send me the newsletter.: no"
std::string text_of_consents(const json::Raw& disclaimers)
{
    std::string text;
    for (const auto& each : json::from_text<std::vector<leads::Disclaimer>>(disclaimers.text)) {
        if (!text.empty()) text += "; ";
        text += (each.text.empty() ? each.key : each.text) + (each.is_checked ? ": yes" : ": no");
    }
    return text;
}

class CsvLeads {
public:
    explicit CsvLeads(std::vector<custom_fields::CustomField> fields) : fields_(std::move(fields))
    {
    }

    std::string header() const
    {
        std::string text = "number,name,email,phone,stage,owner,platform,page,form,campaign,ad,"
                           "submitted_at,received_at,updated_at,is_test";
        for (const auto& field : fields_) {
            text += ',';
            csv::append_cell(text, field.label);
        }
        return text + ",answers,consents\r\n";
    }

    void append(std::string& text, const leads::Lead& lead, const json::Raw* disclaimers)
    {
        const auto cell = [&](const std::optional<std::string>& value) {
            text += ',';
            if (value) csv::append_cell(text, *value);
        };
        const auto time = [&](Instant at) {
            text += ',';
            append_rfc3339(text, at);
        };
        text += std::to_string(lead.number);
        cell(lead.name);
        cell(lead.email);
        cell(lead.phone ? lead.phone : lead.phone_raw);
        cell(lead.stage.name);
        cell(lead.owner ? std::optional(lead.owner->name) : std::nullopt);
        text += sources_.of(lead.source.text);
        time(lead.submitted_at);
        time(lead.received_at);
        time(lead.updated_at);
        text += lead.is_test ? ",true" : ",false";
        append_custom(text, lead);
        cell(text_of_answers(lead));
        cell(disclaimers ? text_of_consents(*disclaimers) : "");
        text += "\r\n";
    }

private:
    void append_custom(std::string& text, const leads::Lead& lead) const
    {
        if (fields_.empty()) return;
        const auto custom = json::parse(lead.custom.text);
        for (const auto& field : fields_) {
            text += ',';
            if (const auto* value = custom.as_object().if_contains(field.key))
                csv::append_cell(text,
                    value->is_string() ? std::string(value->as_string()) : json::print(*value));
        }
    }

    const std::vector<custom_fields::CustomField> fields_;
    SourceCells sources_;
};

using Disclaimers = std::unordered_map<leads::LeadId, json::Raw>;

// One page of leads. Whoever does not see a contact does not see what its person agreed to either:
// the words may name it.
std::string csv_of(
    CsvLeads& csv, const std::vector<leads::Lead>& page, const Disclaimers& disclaimers)
{
    std::string text;
    for (const auto& lead : page) {
        const auto asked = disclaimers.find(lead.id);
        const bool is_told = asked != disclaimers.end() && !lead.contact_hidden;
        csv.append(text, lead, is_told ? &asked->second : nullptr);
    }
    return text;
}

std::string json_lines_of(const std::vector<leads::Lead>& page)
{
    std::string text;
    for (const auto& lead : page) {
        json::append_text(text, lead);
        text += '\n';
    }
    return text;
}

Disclaimers disclaimers_of(const db::Reader& db, const std::vector<leads::Lead>& page)
{
    std::vector<leads::LeadId> ids;
    ids.reserve(page.size());
    for (const auto& lead : page) ids.push_back(lead.id);
    return leads::newest_disclaimers(db, ids);
}

}  // namespace

std::int64_t write_leads(const db::Reader& db, const Export& made,
    const std::filesystem::path& file, const Progress& progress)
{
    const auto caller = accounts::find_caller(db, made.ordered_by);
    if (!caller || !caller->rights.has(http::Right::export_leads))
        throw jobs::GiveUp("whoever ordered it may not export any more");
    leads::ListOrder order{
        leads::read_filter(made.question, *caller), {}, std::nullopt, page_leads};

    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CsvLeads csv(custom_fields::list_fields(db));
    const bool is_csv = made.format == ExportFormat::csv;
    if (is_csv) out << csv.header();
    std::int64_t count = 0;
    // The next page is read while the last one is written.
    std::future<void> writing;
    for (auto rows = leads::list_leads(db, order); !rows.empty();
         rows = leads::list_leads(db, order)) {
        order.after = leads::place_of(rows.back(), order.sort);
        auto page = leads::present(db, *caller, std::move(rows), made.ordered_at);
        auto disclaimers = is_csv ? disclaimers_of(db, page) : Disclaimers();
        if (writing.valid()) writing.get();
        progress(count);
        count += std::int64_t(page.size());
        writing = std::async(
            std::launch::async, [&, page = std::move(page), disclaimers = std::move(disclaimers)] {
                out << (is_csv ? csv_of(csv, page, disclaimers) : json_lines_of(page));
            });
    }
    if (writing.valid()) writing.get();
    out.close();
    if (!out) throw Failure::unavailable("The file could not be written.", 60);
    return count;
}

}  // namespace leadcrm::exports
