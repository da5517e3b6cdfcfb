// The file of a list of leads: those a filter lets through, within what whoever asked may see.
#pragma once

#include "exports/export.hpp"
#include "exports/organization_export.hpp"

namespace leadcrm::exports {

// Returns the number of leads. On `db`'s snapshot. Throws jobs::GiveUp when whoever asked is no
// member any more.
std::int64_t write_leads(const db::Reader& db, const Export& made,
    const std::filesystem::path& file, const Progress& progress);

}  // namespace leadcrm::exports
