// The rows of an organization, table by table. Each function may be called again after it died.
#pragma once

#include "deletion/deletion_order.hpp"
#include "platform/db/database.hpp"

#include <string>
#include <vector>

namespace leadcrm::deletion {

// Into the order's `counts`, unless they are there. What the other steps remove besides the
// organization's own rows, they count themselves.
void count_rows(db::Database& database, const DeletionOrder& order);

// The names of the files of its exports.
std::vector<std::string> export_files(db::Database& database, const OrganizationId& organization);

// Everything in tenant tables, and the search index. At most `batch` rows in a transaction, so that
// others write in between.
void remove_own_rows(db::Database& database, const OrganizationId& organization, int batch);

// What platform tables hold about the organization; not the organization itself.
void remove_platform_rows(db::Database& database, const OrganizationId& organization);

// Throws jobs::TryAgain when something was written meanwhile, such as a lead that was on its way.
void must_be_empty(db::Database& database, const OrganizationId& organization);

// Those of the people who are in no other organization, with all that is kept about them; and the
// list of letters to all of them.
void remove_people(db::Database& database, const DeletionOrder& order);

}  // namespace leadcrm::deletion
