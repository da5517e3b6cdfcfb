// The file of a list of leads: those a filter lets through, within what whoever asked may see.
#pragma once

#include "exports/export.hpp"
#include "exports/organization_export.hpp"

namespace leadcrm::exports {

// A row is a lead. On `db`'s snapshot. Throws jobs::GiveUp when whoever asked is no member any
// more.
Written write_leads(const db::Reader& db, const Export& made, const std::filesystem::path& path,
    const Progress& progress);

}  // namespace leadcrm::exports
