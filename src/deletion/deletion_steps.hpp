// What happens when the hour of a deletion has come: a job whose steps can be done again, each of
// them and all of them, so that one that died in the middle ends complete.
#pragma once

#include "deletion/deletion_order.hpp"
#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace leadcrm::deletion {

// What a deletion reaches besides the database. All of it must live longer than the workers.
struct Surroundings {
    db::Database& database;
    mail::Post& post;
    bool sends_mail = false;  // otherwise the certificate is only on the page of its code
    std::filesystem::path exports;  // where the files of exports are
    std::filesystem::path tombstones;  // the file: see tombstone.hpp
    std::filesystem::path sqlite_file;  // empty: PostgreSQL
    std::string public_url;
    std::function<void(OrganizationId)> leave_meta;  // bounded; what Meta refuses is not its fault
    int batch_rows = 2000;  // deleted in one transaction
};

struct Step {
    std::string name;
    std::function<void()> run;  // blocking; may be done again
};
// In order. Empty when there is nothing to do: cancelled, done, or not yet due.
std::vector<Step> deletion_steps(const Surroundings& around, const std::string& code, Instant now);

void order_steps(db::PlatformTx& tx, const std::string& code, std::chrono::milliseconds delay);
void handle_deletions(jobs::Workers& workers, const Surroundings& around);

}  // namespace leadcrm::deletion
