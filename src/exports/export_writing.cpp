#include "exports/export_writing.hpp"

#include "events/change.hpp"
#include "exports/leads_export.hpp"
#include "exports/organization_export.hpp"
#include "platform/jobs/attempt.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::exports {
namespace {

namespace fs = std::filesystem;

constexpr auto write_job = "exports.write";
constexpr auto expire_job = "exports.expire";
constexpr int tries_max = 3;
// A server that dies while it writes is a try too: the job comes back once more to end the export.
constexpr int attempts_max = 1000;
constexpr auto told_every = std::chrono::seconds(1);

struct ExportOrder {
    ExportId id;
};
BOOST_DESCRIBE_STRUCT(ExportOrder, (), (id))

void tell_progress(db::Database& database, const OrganizationId& organization, const ExportId& id,
    std::int64_t rows)
{
    // The reading goes on meanwhile; what is lost is told a second later.
    database.start_write(
        [=](db::PlatformTx& db) {
            auto tx = db.in_organization(organization);
            tx.run("UPDATE exports SET row_count = $3 WHERE organization_id = $1 AND id = $2", id,
                rows);
            events::tell_change(tx, events::Topic::exports);
        },
        [](std::exception_ptr) {});
}

class Writing {
public:
    Writing(db::Database& database, const crypto::Vault& vault, fs::path folder,
        OrganizationId organization)
        : database_(database)
        , vault_(vault)
        , folder_(std::move(folder))
        , organization_(organization)
    {
    }

    void run(Export made)
    {
        fs::create_directories(folder_);
        fs::permissions(folder_, fs::perms::owner_all);
        made.state = ExportState::running;
        if (!keep(made)) return;
        const auto file = file_of(folder_, made.id);
        const auto unfinished = unfinished_of(made.id);
        auto written = write(made, unfinished);
        made.row_count = written.rows;
        made.sha256 = std::move(written.sha256);
        fs::rename(unfinished, file);
        made.byte_count = std::int64_t(fs::file_size(file));
        made.state = ExportState::done;
        made.ended_at = Instant::now();
        made.expires_at = *made.ended_at + kept_for;
        if (!keep(made)) fs::remove(file);
    }

    void fail(Export made)
    {
        std::error_code not_there;
        fs::remove(unfinished_of(made.id), not_there);
        made.state = ExportState::failed;
        made.ended_at = Instant::now();
        keep(made);
    }

private:
    fs::path unfinished_of(const ExportId& id) const
    {
        auto path = file_of(folder_, id);
        return path += ".part";
    }

    Written write(const Export& made, const fs::path& file)
    {
        auto told_at = std::chrono::steady_clock::now();
        const Progress progress = [&](std::int64_t rows) {
            const auto now = std::chrono::steady_clock::now();
            if (now - told_at < told_every) return;
            told_at = now;
            tell_progress(database_, organization_, made.id, rows);
        };
        return database_.read_platform([&](db::PlatformReader& db) {
            return made.kind == ExportKind::organization
                ? write_organization(db, vault_, organization_, file, progress)
                : write_leads(db.in_organization(organization_), made, file, progress);
        });
    }

    // False when it was ended meanwhile: the organization is being deleted.
    bool keep(const Export& made)
    {
        return database_.write(organization_, [&](db::Tx& tx) {
            const auto before = find(tx, made.id);
            if (!before || !is_unfinished(*before)) return false;
            update(tx, made);
            if (made.state == ExportState::done)
                jobs::enqueue(tx,
                    {.kind = expire_job,
                        .payload = json::text_of(ExportOrder{made.id}),
                        .key = made.id.text(),
                        .delay = kept_for});
            return true;
        });
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    const fs::path folder_;
    const OrganizationId organization_;
};

std::optional<Export> export_of(db::Database& database, const jobs::Job& job)
{
    const auto id = json::from_text<ExportOrder>(job.payload).id;
    return database.read(job.organization_id.value(), [&](db::Reader& db) { return find(db, id); });
}

}  // namespace

void order_writing(db::Tx& tx, const ExportId& id)
{
    jobs::enqueue(tx,
        {.kind = write_job,
            .payload = json::text_of(ExportOrder{id}),
            .key = id.text(),
            .attempts_max = attempts_max});
}

void handle_exports(jobs::Workers& workers, db::Database& database, const crypto::Vault& vault,
    const fs::path& folder)
{
    workers.handle(write_job,
        [&database, &vault, folder](const jobs::Job& job) {
            const auto made = export_of(database, job);
            if (!made || !is_unfinished(*made)) return;
            Writing writing(database, vault, folder, job.organization_id.value());
            try {
                if (job.attempt > tries_max)
                    throw jobs::GiveUp("the server died each time while it was written");
                writing.run(*made);
            } catch (const jobs::GiveUp&) {
                writing.fail(*made);
                throw;
            } catch (const std::exception& why) {
                if (job.attempt < tries_max) throw;
                writing.fail(*made);
                throw jobs::GiveUp(jobs::reason_of(why));
            }
            log::info("export made",
                {{"organization_id", job.organization_id->text()}, {"export", made->id.text()}});
        },
        {.at_once = 1});
    workers.handle(expire_job, [&database, folder](const jobs::Job& job) {
        auto made = export_of(database, job);
        if (!made) return;
        fs::remove(file_of(folder, made->id));
        made->state = ExportState::expired;
        database.write(*job.organization_id, [&](db::Tx& tx) { update(tx, *made); });
    });
}

}  // namespace leadcrm::exports
