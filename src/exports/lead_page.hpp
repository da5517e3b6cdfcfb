// Some leads on their way into a file, and the files there are: one kind for each format.
#pragma once

#include "custom_fields/custom_field.hpp"
#include "exports/export.hpp"
#include "leads/lead.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace leadcrm::exports {

// As whoever asked may see them.
struct LeadPage {
    std::vector<leads::Lead> leads;
    std::unordered_map<leads::LeadId, json::Raw> disclaimers;  // of those that were asked

    // Null where nobody asked, and for whoever does not see the contact: the words may name it.
    const json::Raw* disclaimers_of(const leads::Lead& lead) const
    {
        const auto found = disclaimers.find(lead.id);
        return found == disclaimers.end() || lead.contact_hidden ? nullptr : &found->second;
    }
};

// What a file says about itself, where it can.
struct LeadFileFacts {
    std::string organization;
    std::string asked_by;  // a name
    Instant asked_at;
    Instant read_at;  // the moment all of it was read
    std::string filter;  // in the filter language; empty: none
    std::string time_zone;
    std::vector<custom_fields::CustomField> fields;
};

class LeadFile {
public:
    LeadFile() = default;
    LeadFile(const LeadFile&) = delete;
    LeadFile& operator=(const LeadFile&) = delete;
    virtual ~LeadFile() = default;

    // Whether a page has to bring its disclaimers.
    virtual bool tells_consents() const { return false; }
    virtual void add(const LeadPage& page) = 0;
    // Returns the file's SHA-256 sum, in hex. Without it the file is none.
    virtual std::string finish(std::int64_t rows) = 0;
};

// Only its owner may read the file (0600). Throws Failure::unavailable when the disk does not take
// it, as what it returns does.
std::unique_ptr<LeadFile> make_lead_file(
    const std::filesystem::path& path, ExportFormat format, LeadFileFacts facts);

}  // namespace leadcrm::exports
