#include "meta/own_app_setup.hpp"

#include "meta/app_webhook.hpp"
#include "meta/failure_reason.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

constexpr auto app_is_gone =
    "This page was connected through a Meta app that is not used any more. Connect Facebook again; "
    "leads that came meanwhile are fetched then.";

bool is_passing(const GraphProblem& problem)
{
    return problem.advice == Advice::retry || problem.advice == Advice::wait;
}

std::vector<Page> pages_through(const db::Reader& db, const std::string& app_id)
{
    auto pages = store::list_pages(db);
    std::erase_if(
        pages, [&](const Page& page) { return page.disconnected_at || page.app_id != app_id; });
    return pages;
}

void let_go(db::Tx& tx, const std::string& app_id)
{
    const auto now = Instant::now();
    for (const auto& page : pages_through(tx, app_id))
        take_token_away(tx, page.page_id, app_is_gone, now);
    store::remove_logins_through(tx, app_id);
}

}  // namespace

OwnAppSetup::OwnAppSetup(
    db::Database& database, const crypto::Vault& vault, Apps& apps, PageConnections& pages)
    : database_(database), vault_(vault), apps_(apps), pages_(pages)
{
}

void OwnAppSetup::put(OrganizationId organization, const OwnAppWish& wish)
{
    const auto before = find(organization);
    check(before, wish, organization);
    const bool is_same = before && before->app_id == wish.app_id;
    OwnApp app{.app_id = wish.app_id,
        .organization_id = organization,
        .changed_at = Instant::now(),
        .login_config_id = wish.login_config_id};
    app.secret_sealed = wish.secret ? db::Blob{vault_.seal(*wish.secret, secret_context(app))}
                                    : before->secret_sealed;
    if (is_same) {
        app.verify_token_sealed = before->verify_token_sealed;
        app.handshake_at = before->handshake_at;
    } else {
        app.verify_token_sealed = {vault_.seal(crypto::random_token(24), verify_context(app))};
    }
    check_with_meta(app);

    if (before && !is_same) unsubscribe_pages(*before);
    database_.write_platform([&](db::PlatformTx& db) {
        const auto holder = store::holder_of_app(db, app.app_id);
        if (holder && *holder != organization)
            throw Failure::conflict(
                "This Meta app is used already. Please use an app of your own.");
        store::replace(db, app);
        apps_.announce(db);
        auto tx = db.in_organization(organization);
        if (before && !is_same) let_go(tx, before->app_id);
    });
    apps_.load();
}

void OwnAppSetup::remove(OrganizationId organization)
{
    const auto before = find(organization);
    if (!before) return;
    unsubscribe_pages(*before);
    database_.write_platform([&](db::PlatformTx& db) {
        store::remove_own_app(db, organization);
        apps_.announce(db);
        auto tx = db.in_organization(organization);
        let_go(tx, before->app_id);
    });
    apps_.load();
}

void OwnAppSetup::set_webhook(OrganizationId organization)
{
    const auto own = find(organization);
    if (!own) throw Failure::not_found("There is no Meta app of your own here yet.");
    const auto app = apps_.of(own->app_id);
    if (const auto problem = set_app_webhook(*app)) {
        if (is_passing(*problem))
            throw Failure::unavailable(
                "Facebook did not answer. Please try again in a moment.", 10);
        throw Failure::conflict("Facebook could not set up the webhook: " + problem->message
            + " Enter the callback address and the verify token by hand instead.")
            .because(problem->text());
    }
    database_.write_platform(
        [&](db::PlatformTx& db) { store::set_handshake(db, own->app_id, Instant::now()); });
}

std::optional<OwnApp> OwnAppSetup::find(OrganizationId organization) const
{
    return database_.read_platform(
        [&](db::PlatformReader& db) { return store::find_own_app(db, organization); });
}

std::string OwnAppSetup::verify_token_of(const OwnApp& app) const
{
    return vault_.open(app.verify_token_sealed.bytes, verify_context(app));
}

std::vector<Page> OwnAppSetup::pages_of(const OwnApp& app) const
{
    return database_.read(
        app.organization_id, [&](db::Reader& db) { return pages_through(db, app.app_id); });
}

void OwnAppSetup::check(
    const std::optional<OwnApp>& before, const OwnAppWish& wish, OrganizationId organization) const
{
    const auto is_number = [](const std::string& text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    std::vector<FieldError> wrong;
    if (!is_number(wish.app_id))
        wrong.push_back({"app_id", "not_an_app_id", "An app id is a number."});
    if (!is_number(wish.login_config_id))
        wrong.push_back({"login_config_id", "not_an_id", "A configuration id is a number."});
    if (!wish.secret && !(before && before->app_id == wish.app_id))
        wrong.push_back(
            {"secret", "missing", "Please give the app secret, from Settings, Basic at Meta."});
    if (!wrong.empty()) throw Failure::invalid(wrong);
    const auto holder = database_.read_platform(
        [&](db::PlatformReader& db) { return store::holder_of_app(db, wish.app_id); });
    if (wish.app_id == apps_.platform()->settings().app_id || (holder && *holder != organization))
        throw Failure::conflict("This Meta app is used already. Please use an app of your own.");
}

// A wrong secret would be found out otherwise when the first lead is refused. Where Meta does not
// answer, it is kept all the same: the doctor asks again.
void OwnAppSetup::check_with_meta(const OwnApp& app) const
{
    const auto trial = apps_.made_of(app);
    const auto problem = read_app_webhook(trial->graph).problem;
    if (!problem) return;
    if (!is_passing(*problem))
        throw Failure::invalid("secret", "refused",
            "Facebook does not accept this app id with this secret. Please copy both again from "
            "Settings, Basic at Meta.");
    log::warn(
        "an own app could not be checked", {{"app_id", app.app_id}, {"why", problem->text()}});
}

// As far as Meta lets us: when the app is gone, nobody listens to what it sends.
void OwnAppSetup::unsubscribe_pages(const OwnApp& app) const
{
    for (const auto& page : pages_of(app)) {
        try {
            pages_.unsubscribe_from_app(app.organization_id, page);
        } catch (const Failure& failure) {
            log::warn("a page could not be unsubscribed",
                {{"page_id", page.page_id}, {"why", reason_of(failure)}});
        }
    }
}

}  // namespace leadcrm::meta
