// What an erasure leaves to be done after its commit: its marks are kept, files of exports go, the
// search index and SQLite's log are rewritten without what was removed. Durable, and harmless when
// done twice.
#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"

#include <filesystem>

namespace leadcrm::privacy {

struct Surroundings {
    db::Database& database;
    std::filesystem::path exports;  // the folder of their files
    std::filesystem::path data;  // kept_marks.hpp; empty: nowhere
    std::filesystem::path sqlite_file;  // empty: the database is PostgreSQL
};

// For everything that was erased until then.
void order_rest(db::Tx& tx, Instant erased_at);

// Throws jobs::TryAgain while an export that may hold the person is being made, or the log is in
// use.
void do_rest(const Surroundings& around, OrganizationId organization, Instant erased_at);

void handle_rests(jobs::Workers& workers, const Surroundings& around);

}  // namespace leadcrm::privacy
