// An export: a file with all that an organization has, or with a list of leads, made in the
// background for somebody who asked. It can be fetched for a week. How it is written:
// export_writing.hpp. What leaves: export_contents.hpp. Over HTTP: export_api.hpp.
#pragma once

#include "leads/lead_filter.hpp"
#include "platform/db/session.hpp"
#include "platform/http/right.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::exports {

using ExportId = Id<"export">;

BOOST_DEFINE_ENUM_CLASS(ExportKind, organization, leads)
// Each is how a file's name ends. `zip` is everything; leads come as each of the others.
BOOST_DEFINE_ENUM_CLASS(ExportFormat, zip, csv, jsonl, xlsx, vcf)
BOOST_DEFINE_ENUM_CLASS(ExportState, waiting, running, done, failed, expired)

std::vector<ExportFormat> lead_formats();
std::string content_type(ExportFormat format);

constexpr std::chrono::hours kept_for{7 * 24};

struct Export {
    ExportId id;
    ExportKind kind = ExportKind::organization;
    ExportFormat format = ExportFormat::zip;
    leads::LeadQuestion question;
    ExportState state = ExportState::waiting;
    UserId ordered_by;
    Instant ordered_at;
    std::optional<Instant> ended_at;
    std::optional<Instant> expires_at;
    std::int64_t row_count = 0;
    std::int64_t byte_count = 0;
    std::optional<std::string> sha256;  // of the file, in hex
};
BOOST_DESCRIBE_STRUCT(Export, (),
    (id, kind, format, question, state, ordered_by, ordered_at, ended_at, expires_at, row_count,
        byte_count, sha256))

// "leads-2026-11-23.xlsx"
std::string file_name(const Export& made);

// One at a time for each person. Throws Failure::conflict.
Export order(db::Tx& tx, const http::Caller& caller, ExportKind kind, ExportFormat format,
    const leads::LeadQuestion& question);

// Where the file is, or will be.
std::filesystem::path file_of(const std::filesystem::path& folder, const ExportId& id);

// Those of somebody; of everybody for whoever may manage the organization. Newest first.
std::vector<Export> list(const db::Reader& db, const http::Caller& caller, int most);
std::optional<Export> find(const db::Reader& db, const ExportId& id);
// Throws Failure::not_found for what the caller may not see.
Export find_own(const db::Reader& db, const http::Caller& caller, const ExportId& id);
std::vector<ExportId> list_ids(const db::Reader& db);
// State, counts and times.
void update(db::Tx& tx, const Export& changed);
// Whether somebody still waits for it: it is not done, nor was it ended.
bool is_unfinished(const Export& made);
// After a restore: no backup has them.
void forget_files(db::Tx& tx);

}  // namespace leadcrm::exports
