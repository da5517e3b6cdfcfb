#include "exports/lead_page.hpp"

#include "exports/text_lead_files.hpp"
#include "exports/vcard_leads.hpp"
#include "exports/xlsx_leads.hpp"

namespace leadcrm::exports {

std::unique_ptr<LeadFile> make_lead_file(
    const std::filesystem::path& path, ExportFormat format, LeadFileFacts facts)
{
    switch (format) {
    case ExportFormat::csv:
        return make_csv_file(path, std::move(facts));
    case ExportFormat::jsonl:
        return make_json_lines_file(path);
    case ExportFormat::xlsx:
        return make_xlsx_file(path, std::move(facts));
    case ExportFormat::vcf:
        return make_vcard_file(path);
    case ExportFormat::zip:
        break;
    }
    throw Failure::internal("leads do not come as this");
}

}  // namespace leadcrm::exports
