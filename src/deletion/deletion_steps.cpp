#include "deletion/deletion_steps.hpp"

#include "accounts/reader_of.hpp"
#include "deletion/certificate.hpp"
#include "deletion/delivery_removal.hpp"
#include "deletion/row_removal.hpp"
#include "deletion/tombstone.hpp"
#include "events/change.hpp"
#include "exports/export_removal.hpp"
#include "platform/db/sqlite_checkpoint.hpp"
#include "platform/log/log.hpp"
#include "privacy/kept_marks.hpp"

#include <algorithm>
#include <tuple>

namespace leadcrm::deletion {
namespace {

using namespace std::chrono_literals;

constexpr auto steps_job = "deletion.organization";
constexpr int attempts_max = 1000;  // as long as it takes: it was promised

struct StepsOrder {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(StepsOrder, (), (code))

std::optional<DeletionOrder> order_of(db::Database& database, const std::string& code)
{
    return database.read_platform([&](db::PlatformReader& db) { return find_order(db, code); });
}

// From here on there is no way back. Whoever is in it now goes with it, and gets the certificate.
void begin(db::Database& database, const DeletionOrder& order)
{
    database.write_platform([&](db::PlatformTx& tx) {
        // Somebody may have taken it back since it was found due.
        if (!find_order(tx, order.code)) throw jobs::TryAgain(1s, "it was taken back");
        const auto organization = order.organization_id.value();
        tx.run("UPDATE organizations SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL",
            organization, Instant::now());
        count_removed(tx, order.code,
            {{"sessions",
                tx.run("DELETE FROM sessions WHERE organization_id = $1", organization)}});
        const auto people =
            tx.rows<UserId>("SELECT user_id FROM memberships WHERE organization_id = $1"
                            " UNION SELECT user_id FROM former_members WHERE organization_id = $1",
                organization);
        std::vector<std::string> owners;
        std::map<std::string, letters::Reader> readers;
        for (const auto& [email, user] : tx.rows<std::tuple<std::string, UserId>>(R"sql(
            SELECT u.email, u.id FROM memberships AS m JOIN users AS u ON u.id = m.user_id
            WHERE m.organization_id = $1 AND m.role = 'owner' AND u.email_confirmed_at IS NOT NULL
            ORDER BY u.email
        )sql",
                 organization)) {
            owners.push_back(email);
            readers[email] = accounts::reader_of(tx, user);
        }
        tx.run(R"sql(
            UPDATE organization_deletions
            SET state = 'running', people = $2, recipients = $3, readers = $4
            WHERE code = $1 AND state = 'scheduled'
        )sql",
            order.code, people, owners, readers);
        // Whatever is open asks whether it may go on, and may not.
        auto inside = tx.in_organization(organization);
        exports::end_unfinished(inside);
        events::tell_change(inside, events::Topic::deletion);
    });
}

void remove_files(const Surroundings& around, const OrganizationId& organization)
{
    for (const auto& name : export_files(around.database, organization)) {
        std::filesystem::remove(around.exports / name);
        std::filesystem::remove(around.exports / (name + ".part"));
    }
    std::filesystem::remove(privacy::marks_file(around.tombstones.parent_path(), organization));
}

void end(
    db::Database& database, const std::filesystem::path& tombstones, const DeletionOrder& order)
{
    const auto organization = order.organization_id.value();
    const Tombstone stone{hash_of(organization), order.code, Instant::now()};
    must_be_empty(database, organization);
    bury(tombstones, {stone});
    database.write_platform([&](db::PlatformTx& tx) {
        tx.run(R"sql(
            UPDATE organization_deletions
            SET state = 'done', done_at = $2, organization_id = NULL, ordered_by = NULL,
                people = $3, recipients = $4, readers = $6, organization_hash = $5
            WHERE code = $1
        )sql",
            order.code, stone.done_at, std::vector<UserId>(), std::vector<std::string>(),
            stone.organization_hash, std::map<std::string, letters::Reader>());
        tx.run("DELETE FROM organizations WHERE id = $1", organization);
    });
    log::info("an organization has been deleted", {{"code", order.code}});
}

// It may have been put off since this was ordered.
void wait_for_its_hour(const std::optional<DeletionOrder>& order)
{
    const auto now = Instant::now();
    if (order && order->state == DeletionState::scheduled && order->delete_at > now)
        throw jobs::TryAgain(
            std::chrono::milliseconds((order->delete_at.us - now.us) / 1000 + 1), "not yet due");
}

void scrub(const std::filesystem::path& sqlite_file)
{
    if (!sqlite_file.empty() && !db::empty_log(sqlite_file))
        throw jobs::TryAgain(1min, "SQLite's log is in use all the time");
}

}  // namespace

std::vector<Step> deletion_steps(const Surroundings& around, const std::string& code, Instant now)
{
    auto& database = around.database;
    const auto order = order_of(database, code);
    if (!order) return {};
    const Step last{"scrub", [=] { scrub(around.sqlite_file); }};
    if (order->state == DeletionState::done) return {last};
    if (order->state == DeletionState::scheduled && order->delete_at > now) return {};

    const auto organization = order->organization_id.value();
    // What a step before has written is read when its turn comes.
    const auto current = [&database, code] { return order_of(database, code).value(); };
    return {
        {"begin", [=, &database] { begin(database, *order); }},
        {"count", [=, &database] { count_rows(database, current()); }},
        {"files", [=] { remove_files(around, organization); }},
        {"refusals", [=, &database] { remove_refusals(database, organization); }},
        {"meta", [=] { around.leave_meta(organization); }},
        {"deliveries", [=, &database] { remove_deliveries(database, *order); }},
        {"rows", [=, &database] { remove_own_rows(database, organization, around.batch_rows); }},
        {"platform rows", [=, &database] { remove_platform_rows(database, organization); }},
        {"people", [=, &database] { remove_people(database, current()); }},
        {"certificate", [=] { send_certificate(around, current()); }},
        {"end", [=, &database] { end(database, around.tombstones, *order); }},
        last,
    };
}

// An order of the platform's: those of the organization go with it.
void order_steps(db::PlatformTx& tx, const std::string& code, std::chrono::milliseconds delay)
{
    jobs::enqueue(tx,
        {.kind = steps_job,
            .payload = json::text_of(StepsOrder{code}),
            .key = code,
            .delay = delay,
            .attempts_max = attempts_max});
}

void handle_deletions(jobs::Workers& workers, const Surroundings& around)
{
    workers.handle(steps_job,
        [around](const jobs::Job& job) {
            const auto code = json::from_text<StepsOrder>(job.payload).code;
            wait_for_its_hour(order_of(around.database, code));
            for (const auto& step : deletion_steps(around, code, Instant::now())) {
                log::info("deleting an organization", {{"code", code}, {"step", step.name}});
                step.run();
            }
        },
        {.at_once = 1});
}

}  // namespace leadcrm::deletion
