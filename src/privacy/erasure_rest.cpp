#include "privacy/erasure_rest.hpp"

#include "exports/export_removal.hpp"
#include "leads/lead_search.hpp"
#include "platform/db/sqlite_checkpoint.hpp"
#include "platform/log/log.hpp"
#include "privacy/kept_marks.hpp"

namespace leadcrm::privacy {
namespace {

using namespace std::chrono_literals;

constexpr auto rest_job = "privacy.erasure_rest";
constexpr int attempts_max = 1000;  // as long as it takes: it was promised

struct Rest {
    Instant erased_at;
};
BOOST_DESCRIBE_STRUCT(Rest, (), (erased_at))

void tidy_index(db::Database& database, OrganizationId organization)
{
    const auto steps =
        database.read(organization, [](db::Reader& db) { return leads::tidying_steps(db); });
    bool is_first = true;
    for (std::int64_t step = 0; step < steps; ++step) {
        const bool has_more = database.write(
            organization, [&](db::Tx& tx) { return leads::tidy_search(tx, is_first); });
        if (!has_more) return;
        is_first = false;
    }
}

}  // namespace

void order_rest(db::Tx& tx, Instant erased_at)
{
    jobs::enqueue(tx,
        {.kind = rest_job,
            .payload = json::text_of(Rest{erased_at}),
            .key = rfc3339(erased_at),  // each time is waited for
            .attempts_max = attempts_max});
}

void do_rest(const Surroundings& around, OrganizationId organization, Instant erased_at)
{
    auto& database = around.database;
    if (!around.data.empty()) keep_marks(database, organization, around.data);
    const bool is_being_made = database.read(
        organization, [&](db::Reader& db) { return exports::is_being_made(db, erased_at); });
    if (is_being_made) throw jobs::TryAgain(10s, "an export is being made");
    database.write(organization, [&](db::Tx& tx) { exports::expire_ordered_until(tx, erased_at); });
    exports::remove_files_of_expired(database, around.exports, organization);
    tidy_index(database, organization);
    if (!around.sqlite_file.empty() && !db::empty_log(around.sqlite_file))
        throw jobs::TryAgain(1min, "SQLite's log is in use all the time");
    log::info("nothing is left of an erased person", {{"organization_id", organization.text()}});
}

void handle_rests(jobs::Workers& workers, const Surroundings& around)
{
    workers.handle(rest_job,
        [around](const jobs::Job& job) {
            do_rest(
                around, job.organization_id.value(), json::from_text<Rest>(job.payload).erased_at);
        },
        {.at_once = 1});
}

}  // namespace leadcrm::privacy
