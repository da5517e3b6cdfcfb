#include "meta/page_connection.hpp"

#include "meta/delivery_store.hpp"
#include "meta/page_subscription.hpp"
#include "platform/log/log.hpp"

namespace leadcrm::meta {
namespace {

constexpr auto subscribe_kind = "meta.subscribe";

struct PageOrder {
    std::string page_id;
};
BOOST_DESCRIBE_STRUCT(PageOrder, (), (page_id))

// Meta's answer in words a person can act on.
Failure refused(const GraphProblem& problem)
{
    switch (problem.advice) {
    case Advice::reconnect:
    case Advice::recover:
        return Failure::conflict("Facebook has ended this login. Please connect Facebook again.");
    case Advice::needs_access:
        return Failure::conflict("Facebook does not allow it: " + problem.message
            + ". Please connect Facebook again and leave every permission switched on.");
    case Advice::wait:
        return Failure::unavailable(
            "Facebook asks us to wait. Please try again in a few minutes.", 120);
    case Advice::retry:
        return Failure::unavailable("Facebook did not answer. Please try again in a moment.", 5);
    default:
        return Failure::conflict("Facebook refused to connect the page: " + problem.message);
    }
}

}  // namespace

void order_subscription(db::Tx& tx, const std::string& page_id)
{
    jobs::enqueue(
        tx, {.kind = subscribe_kind, .payload = json::text_of(PageOrder{page_id}), .key = page_id});
}

PageConnections::PageConnections(
    db::Database& database, const crypto::Vault& vault, const Apps& apps)
    : database_(database), vault_(vault), apps_(apps)
{
}

void PageConnections::keep(OrganizationId organization, UserId user, const ShownPage& page)
{
    const Page connected{.page_id = page.page_id,
        .name = page.name,
        .token_sealed = page.token_sealed.value(),
        .connected_at = Instant::now(),
        .person_id = page.person_id,
        .connected_by = user,
        .app_id = page.app_id};
    const auto before = database_.read(
        organization, [&](db::Reader& db) { return store::find_page(db, page.page_id); });
    database_.write_platform(
        [&](db::PlatformTx& db) { connect_page(db, organization, connected); });
    log::info(
        "page connected", {{"organization_id", organization.text()}, {"page_id", page.page_id}});
    if (before && before->app_id != page.app_id) leave(organization, *before);
}

void PageConnections::handle_jobs(jobs::Workers& workers)
{
    workers.handle(subscribe_kind, [this](const jobs::Job& job) {
        keep_subscribed(
            job.organization_id.value(), json::from_text<PageOrder>(job.payload).page_id);
    });
}

void PageConnections::connect(OrganizationId organization, UserId user, const std::string& page_id)
{
    const auto page = database_.read(
        organization, [&](db::Reader& db) { return store::find_shown_page(db, page_id); });
    if (!page)
        throw Failure::not_found("Facebook has not shown us this page. Please connect Facebook "
                                 "again and choose the page there.");
    const auto missing = missing_of(*page);
    if (!can_connect(missing)) throw Failure::conflict(vital_messages(missing));

    const PageAccess as{page_id,
        vault_.open(page->token_sealed->bytes, page_token_context(organization, page_id)),
        organization};
    const auto app = apps_.of(page->app_id);
    if (const auto problem = subscribe(app->graph, as))
        throw refused(*problem).because(problem->text());
    keep(organization, user, *page);
}

void PageConnections::disconnect(OrganizationId organization, const std::string& page_id)
{
    const auto page =
        database_.read(organization, [&](db::Reader& db) { return store::find_page(db, page_id); });
    if (!page) throw Failure::not_found("This page is not connected.");
    if (page->disconnected_at) return;
    database_.write_platform(
        [&](db::PlatformTx& db) { disconnect_page(db, organization, page_id); });
    log::info(
        "page disconnected", {{"organization_id", organization.text()}, {"page_id", page_id}});
    leave(organization, *page);
}

// Unless another organization holds the page through the same app.
void PageConnections::leave(OrganizationId organization, const Page& before) const
{
    const bool is_needed = database_.read_platform([&](db::PlatformReader& db) {
        return store::is_held_through(db, before.page_id, before.app_id);
    });
    if (!is_needed) unsubscribe_from_app(organization, before);
}

void PageConnections::unsubscribe_from_app(OrganizationId organization, const Page& page) const
{
    if (page.token_sealed.bytes.empty()) return;
    const auto app = apps_.of(page.app_id);
    const PageAccess as{page.page_id, open_token(vault_, organization, page), organization};
    if (const auto problem = unsubscribe(app->graph, as))
        log::warn("a page could not be unsubscribed",
            {{"page_id", page.page_id}, {"problem", problem->text()}});
}

void PageConnections::keep_subscribed(OrganizationId organization, const std::string& page_id)
{
    const auto page =
        database_.read(organization, [&](db::Reader& db) { return store::find_page(db, page_id); });
    if (!page || page->is_disconnected()) return;
    const auto app = apps_.of(page->app_id);
    const auto now = Instant::now();
    if (const auto free_at = app->graph.free_at(page_id); free_at > now)
        throw jobs::TryAgain(
            std::chrono::ceil<std::chrono::milliseconds>(free_at - now), "Meta's limit");
    const PageAccess as{page_id, open_token(vault_, organization, *page), organization};
    const auto problem = subscribe(app->graph, as);
    if (!problem) return;
    if (problem->advice == Advice::retry || problem->advice == Advice::wait)
        throw jobs::TryAgain(std::chrono::minutes(1), problem->text());
    const std::string code = boost::describe::enum_to_string(problem->advice, "");
    const PageProblem shown{code,
        "The page could not be subscribed, so Facebook does not tell us of new leads: "
            + problem->message,
        now};
    database_.write(organization, [&](db::Tx& tx) { store::set_problem(tx, page_id, shown); });
}

}  // namespace leadcrm::meta
