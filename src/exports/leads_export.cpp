#include "exports/leads_export.hpp"

#include "accounts/membership_caller.hpp"
#include "custom_fields/custom_field.hpp"
#include "exports/written_row.hpp"
#include "leads/lead_list.hpp"
#include "leads/lead_view.hpp"
#include "platform/csv.hpp"
#include "platform/jobs/jobs.hpp"

#include <fstream>

namespace leadcrm::exports {
namespace {

constexpr int page_leads = 1000;

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
        return text + ",answers\r\n";
    }

    void append(std::string& text, const leads::Lead& lead) const
    {
        const auto source = json::from_text<leads::Source>(lead.source.text);
        const auto cell = [&](const std::optional<std::string>& value) {
            text += ',';
            if (value) csv::append_cell(text, *value);
        };
        text += std::to_string(lead.number);
        cell(lead.name);
        cell(lead.email);
        cell(lead.phone ? lead.phone : lead.phone_raw);
        cell(lead.stage.name);
        cell(lead.owner ? std::optional(lead.owner->name) : std::nullopt);
        cell(source.platform);
        cell(source.page_name ? source.page_name : source.page_id);
        cell(source.form_name ? source.form_name : source.form_id);
        cell(source.campaign_name ? source.campaign_name : source.campaign_id);
        cell(source.ad_name ? source.ad_name : source.ad_id);
        cell(rfc3339(lead.submitted_at));
        cell(rfc3339(lead.received_at));
        cell(rfc3339(lead.updated_at));
        cell(lead.is_test ? "true" : "false");
        append_custom(text, lead);
        cell(text_of_answers(lead));
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

    // "How many rooms?: 3; When?: soon"
    static std::string text_of_answers(const leads::Lead& lead)
    {
        std::string text;
        for (const auto& answer : json::from_text<std::vector<leads::Answer>>(lead.answers.text)) {
            if (!text.empty()) text += "; ";
            text += answer.label + ":";
            for (const auto& value : answer.values) text += " " + value;
        }
        return text;
    }

    const std::vector<custom_fields::CustomField> fields_;
};

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
    const CsvLeads csv(custom_fields::list_fields(db));
    const bool is_csv = made.format == ExportFormat::csv;
    if (is_csv) out << csv.header();
    std::int64_t count = 0;
    for (auto rows = leads::list_leads(db, order); !rows.empty();
         rows = leads::list_leads(db, order)) {
        order.after = leads::place_of(rows.back(), order.sort);
        std::string text;
        for (const auto& lead : leads::present(db, *caller, std::move(rows), made.ordered_at)) {
            if (is_csv) {
                csv.append(text, lead);
            } else {
                json::append_text(text, lead);
                text += '\n';
            }
            ++count;
        }
        out << text;
        progress(count);
    }
    out.close();
    if (!out) throw Failure::unavailable("The file could not be written.", 60);
    return count;
}

}  // namespace leadcrm::exports
