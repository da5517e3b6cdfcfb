#include "meta/leaving.hpp"

#include "meta/connection.hpp"
#include "meta/failure_reason.hpp"
#include "meta/page_subscription.hpp"
#include "platform/log/log.hpp"

#include <functional>
#include <thread>

namespace leadcrm::meta {
namespace {

using namespace std::chrono_literals;

constexpr int tries_max = 3;
constexpr auto between_tries = 1s;

using Try = std::function<std::optional<GraphProblem>()>;

// Whatever comes of it, the organization goes.
void try_at_meta(const char* what, const Try& once)
{
    try {
        for (int tried = 1;; ++tried) {
            const auto problem = once();
            if (!problem) return;
            const bool is_passing =
                problem->advice == Advice::retry || problem->advice == Advice::wait;
            if (!is_passing || tried == tries_max) {
                log::warn("left undone at Meta", {{"what", what}, {"problem", problem->text()}});
                return;
            }
            std::this_thread::sleep_for(between_tries);
        }
    } catch (const Failure& failure) {
        log::warn("left undone at Meta", {{"what", what}, {"why", reason_of(failure)}});
    }
}

bool is_held_by_others(
    const db::PlatformReader& db, const OrganizationId& organization, const Page& page)
{
    return db
        .row<std::int64_t>(R"sql(
            SELECT 1 FROM page_routes
            WHERE page_id = $1 AND organization_id <> $2 AND coalesce(app_id, '') = $3
            LIMIT 1
        )sql",
            page.page_id, organization, page.app_id.value_or(""))
        .has_value();
}

}  // namespace

Leaving::Leaving(
    db::Database& database, const crypto::Vault& vault, const Apps& apps, OwnAppSetup& own_app)
    : database_(database), vault_(vault), apps_(apps), own_app_(own_app)
{
}

// The pages first: their tokens end with what their people granted.
void Leaving::leave(OrganizationId organization)
{
    const auto pages =
        database_.read(organization, [](db::Reader& db) { return store::list_pages(db); });
    for (const auto& page : pages)
        if (!page.is_disconnected()) leave_page(organization, page);
    const auto logins =
        database_.read(organization, [](db::Reader& db) { return store::list_connections(db); });
    for (const auto& login : logins) revoke(organization, login);
    own_app_.remove(organization);
}

void Leaving::leave_page(OrganizationId organization, const Page& page)
{
    const bool is_needed = database_.read_platform(
        [&](db::PlatformReader& db) { return is_held_by_others(db, organization, page); });
    if (!is_needed)
        try_at_meta("a page's subscription", [&] {
            const PageAccess as{page.page_id, open_token(vault_, organization, page), organization};
            return unsubscribe(apps_.of(page.app_id)->graph, as);
        });
    database_.write_platform(
        [&](db::PlatformTx& db) { disconnect_page(db, organization, page.page_id); });
}

void Leaving::revoke(OrganizationId organization, const Connection& login)
{
    const auto others = database_.read_platform([&](db::PlatformReader& db) {
        return store::organizations_of_person(db, login.person_id).size();
    });
    if (others <= 1)
        try_at_meta("a person's permissions", [&] {
            const PageAccess as{{},
                vault_.open(
                    login.token_sealed.bytes, person_token_context(organization, login.person_id)),
                organization};
            const GraphRequest ask{.method = "DELETE", .path = "me/permissions"};
            return apps_.of(login.app_id)->graph.ask(as, ask).problem;
        });
    database_.write(organization,
        [&](db::Tx& tx) { store::remove_connection(tx, login.person_id, login.app_id); });
}

}  // namespace leadcrm::meta
