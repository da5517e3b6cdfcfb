// How far the leads of forms have been walked, and how backfills go: the SQL of both.
#pragma once

#include "platform/db/session.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::meta {

struct FormWalk {
    std::string form_id;
    std::string page_id;
    std::optional<Instant> watermark;  // the newest lead that is stored
    std::optional<Instant> walked_at;  // tried last
    std::optional<Instant> swept_at;  // all that Meta has was walked, to the end
    std::int64_t failures = 0;  // in a row
    std::optional<std::string> trouble;
};
BOOST_DESCRIBE_STRUCT(
    FormWalk, (), (form_id, page_id, watermark, walked_at, swept_at, failures, trouble))

BOOST_DEFINE_ENUM_CLASS(BackfillState, waiting, running, done, failed)

// A finished part of a backfill: a form in a stretch of time, and how many leads there were.
struct BackfillPart {
    std::string name;
    std::int64_t found = 0;
};
BOOST_DESCRIBE_STRUCT(BackfillPart, (), (name, found))

struct Backfill {
    std::string page_id;
    BackfillState state = BackfillState::waiting;
    std::int64_t found = 0;
    std::int64_t stored = 0;
    std::optional<Instant> started_at;
    std::optional<Instant> ended_at;
    std::optional<std::string> trouble;
    std::vector<BackfillPart> walked;
};
BOOST_DESCRIBE_STRUCT(
    Backfill, (), (page_id, state, found, stored, started_at, ended_at, trouble, walked))

namespace store {

// By form.
std::map<std::string, FormWalk> list_walks(const db::Reader& db, const std::string& page_id);
std::optional<FormWalk> find_walk(const db::Reader& db, const std::string& form_id);
void upsert(db::Tx& tx, const FormWalk& walk);
// When the latest lead of each form was submitted, of those submitted since.
std::map<std::string, Instant> list_latest(
    const db::Reader& db, const std::string& page_id, Instant since);

std::optional<Backfill> find_backfill(const db::Reader& db, const std::string& page_id);
std::map<std::string, Backfill> list_backfills(const db::Reader& db);
void upsert(db::Tx& tx, const Backfill& backfill);
// More leads, while it runs.
void set_progress(
    db::Tx& tx, const std::string& page_id, std::int64_t found, std::int64_t more_stored);

}  // namespace store
}  // namespace leadcrm::meta
