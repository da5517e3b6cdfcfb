#include "meta/name_reading.hpp"

#include "leads/source_names.hpp"
#include "meta/delivery_store.hpp"
#include "meta/failure_reason.hpp"
#include "meta/form.hpp"
#include "meta/page.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;
using leads::SourceKind;

constexpr auto job_kind = "meta.names";
constexpr auto asked_again_after = 20h;
// Of one organization and day: ten batches, which count as 500 calls for Meta's limits.
constexpr int ads_a_day = 500;

void order(db::Database& database, std::chrono::milliseconds delay)
{
    database.write_platform([&](db::PlatformTx& tx) {
        jobs::enqueue(tx, {.kind = job_kind, .key = "daily", .delay = delay});
    });
}

// About the object, not about the token or the moment: another token may see it.
bool is_about_object(const GraphProblem& problem)
{
    switch (problem.advice) {
    case Advice::retry:
    case Advice::wait:
    case Advice::reconnect:
    case Advice::recover:
        return false;
    default:
        return true;
    }
}

}  // namespace

NameReader::NameReader(db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

void NameReader::handle_jobs(jobs::Workers& workers)
{
    workers.handle(job_kind,
        [this](const jobs::Job&) {
            const auto organizations = database_.read_platform(
                [](db::PlatformReader& db) { return store::list_routed_organizations(db); });
            for (const auto& organization : organizations) {
                try {
                    read(organization);
                } catch (const std::exception& error) {
                    log::warn("names could not be asked about",
                        {{"organization_id", organization.text()}, {"why", reason_of(error)}});
                }
            }
            order(database_, 24h);
        },
        {.at_once = 1});
}

void NameReader::order_first() { order(database_, 30min); }

void NameReader::read(OrganizationId organization)
{
    read_pages(organization);
    note_forms(organization);
    read_ads(organization);
    const auto count = leads::show_names(database_, organization);
    if (count > 0)
        log::info("leads show names that were changed at Meta",
            {{"organization_id", organization.text()}, {"leads", std::to_string(count)}});
}

void NameReader::read_pages(OrganizationId organization)
{
    const auto pages =
        database_.read(organization, [](db::Reader& db) { return store::list_pages(db); });
    for (const auto& page : pages) {
        if (page.is_disconnected() || page.token_sealed.bytes.empty()) continue;
        auto& graph = apps_.of(page.app_id)->graph;
        if (graph.unhurried_free_at(page.page_id) > Instant::now()) continue;
        const PageAccess as{page.page_id, open_token(vault_, organization, page), organization};
        const auto name = text_member(graph.get(as, page.page_id, "name").body, "name");
        if (name.empty()) continue;
        database_.write(organization, [&](db::Tx& tx) {
            if (name != page.name) store::set_name(tx, page.page_id, name);
            leads::note_told(tx, {{page.page_id, SourceKind::page, name}}, Instant::now());
        });
    }
}

// They are listed every day anyway: form_list.hpp.
void NameReader::note_forms(OrganizationId organization)
{
    database_.write(organization, [](db::Tx& tx) {
        std::vector<leads::ToldName> told;
        for (const auto& form : store::list_forms(tx))
            if (form.name) told.push_back({form.form_id, SourceKind::form, form.name});
        leads::note_told(tx, told, Instant::now());
    });
}

void NameReader::read_ads(OrganizationId organization)
{
    const auto [due, connections] = database_.read(organization, [](db::Reader& db) {
        return std::pair(
            leads::list_names_before(db, {SourceKind::ad, SourceKind::adset, SourceKind::campaign},
                Instant::now() - asked_again_after, ads_a_day),
            store::list_connections(db));
    });
    std::vector<std::string> ids;
    for (const auto& name : due) ids.push_back(name.id);
    for (const auto& connection : connections) {
        const bool is_well = !connection.problem_code || connection.problem_code == "expiring";
        if (is_well && !ids.empty()) ids = ask(organization, connection, ids);
    }
}

// Returns those that this person may not see.
std::vector<std::string> NameReader::ask(
    OrganizationId organization, const Connection& connection, const std::vector<std::string>& ids)
{
    const auto app = apps_.of(connection.app_id);
    const PageAccess as{{},
        vault_.open(connection.token_sealed.bytes,
            person_token_context(organization, connection.person_id)),
        organization};
    std::vector<std::string> hidden;
    for (std::size_t from = 0; from < ids.size(); from += GraphClient::batch_max) {
        if (app->graph.unhurried_free_at({}) > Instant::now()) break;
        const auto until = std::min(ids.size(), from + GraphClient::batch_max);
        const std::vector<std::string> batch(
            ids.begin() + std::ptrdiff_t(from), ids.begin() + std::ptrdiff_t(until));
        const auto answers = app->graph.get_all(as, batch, "name");
        std::vector<leads::ToldName> told;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const auto& problem = answers[i].problem;
            if (problem && !is_about_object(*problem)) continue;
            const auto name = text_member(answers[i].body, "name");
            if (problem || name.empty()) hidden.push_back(batch[i]);
            // The kind is that of the row that is there.
            told.push_back({batch[i], SourceKind::ad,
                problem || name.empty() ? std::nullopt : std::optional(name)});
        }
        database_.write(
            organization, [&](db::Tx& tx) { leads::note_told(tx, told, Instant::now()); });
    }
    return hidden;
}

}  // namespace leadcrm::meta
