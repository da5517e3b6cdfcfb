#include "meta/page.hpp"

#include "events/change.hpp"
#include "meta/backfill.hpp"
#include "meta/connection.hpp"
#include "meta/delivery_store.hpp"
#include "meta/fetch_store.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/trouble.hpp"
#include "platform/log/log.hpp"

#include <algorithm>

namespace leadcrm::meta {
namespace {

void check(const std::string& page_id, const std::string& name, const std::string& token)
{
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
    std::vector<FieldError> wrong;
    if (page_id.empty() || page_id.size() > 32
        || !std::all_of(page_id.begin(), page_id.end(), is_digit))
        wrong.push_back({"page_id", "not_a_page_id", "A page id is a number, such as 101010101."});
    if (name.empty() || name.size() > 300)
        wrong.push_back({"name", "wrong_length", "Please give the page's name."});
    if (token.empty() || token.size() > 4000
        || !std::all_of(token.begin(), token.end(), is_visible))
        wrong.push_back({"access_token", "not_a_token", "Please give the page's access token."});
    if (!wrong.empty()) throw Failure::invalid(wrong);
}

}  // namespace

std::string page_token_context(OrganizationId organization, const std::string& page_id)
{
    return "page token of " + organization.text() + "/" + page_id;
}

bool Page::is_disconnected() const
{
    return disconnected_at || problem_code == "reconnect" || problem_code == "recover";
}

std::string open_token(const crypto::Vault& vault, OrganizationId organization, const Page& page)
{
    return vault.open(page.token_sealed.bytes, page_token_context(organization, page.page_id));
}

void import_page(db::Database& database, const crypto::Vault& vault, OrganizationId organization,
    const std::string& page_id, const std::string& name, const std::string& token)
{
    check(page_id, name, token);
    const Page page{.page_id = page_id,
        .name = name,
        .token_sealed = {vault.seal(token, page_token_context(organization, page_id))},
        .connected_at = Instant::now()};
    database.write_platform([&](db::PlatformTx& db) { connect_page(db, organization, page); });
    log::info("page connected", {{"organization_id", organization.text()}, {"page_id", page_id}});
}

void connect_page(db::PlatformTx& db, OrganizationId organization, const Page& page)
{
    store::insert_route(db, page.page_id, organization, page.app_id);
    if (store::sort_again(db, page.page_id) > 0) db.signal(deliveries_channel, "");
    auto tx = db.in_organization(organization);
    store::connect(tx, page);
    store::unblock(tx, page.page_id, page.connected_at);
    order_fetch(tx, page.page_id);
    order_backfill(tx, page.page_id);
}

void disconnect_page(db::PlatformTx& db, OrganizationId organization, const std::string& page_id)
{
    store::remove_route(db, page_id, organization);
    auto tx = db.in_organization(organization);
    store::disconnect(tx, page_id, Instant::now());
    store::block_waiting(tx, page_id, "This page is not connected any more.");
}

void take_token_away(db::Tx& tx, const std::string& page_id, const std::string& why, Instant now)
{
    store::remove_token(tx, page_id);
    store::set_problem(tx, page_id, {"reconnect", why, now});
    store::block_waiting(tx, page_id, why);
}

namespace store {

std::optional<Page> find_page(const db::Reader& db, const std::string& page_id)
{
    return db.row<Page>(
        "SELECT {columns} FROM pages WHERE organization_id = $1 AND page_id = $2", page_id);
}

std::vector<Page> list_pages(const db::Reader& db)
{
    return db.rows<Page>(
        "SELECT {columns} FROM pages WHERE organization_id = $1 ORDER BY name, page_id");
}

void connect(db::Tx& tx, const Page& page)
{
    tx.store("INSERT INTO pages (organization_id, {columns}) VALUES ($1, {values})"
             " ON CONFLICT (organization_id, page_id) DO UPDATE SET name = excluded.name,"
             " token_sealed = excluded.token_sealed, connected_at = excluded.connected_at,"
             " problem_code = NULL, problem_message = NULL, problem_since = NULL,"
             " probe_at = NULL, wait_until = NULL, person_id = excluded.person_id,"
             " connected_by = excluded.connected_by,"
             " token_expires_at = excluded.token_expires_at, disconnected_at = NULL,"
             " app_id = excluded.app_id",
        page);
    events::tell_change(tx, events::Topic::pages);
}

void disconnect(db::Tx& tx, const std::string& page_id, Instant now)
{
    tx.run(
        "UPDATE pages SET disconnected_at = $3, token_sealed = $4, token_expires_at = NULL,"
        " person_id = NULL, app_id = NULL, problem_code = NULL, problem_message = NULL, problem_since = NULL,"
        " probe_at = NULL WHERE organization_id = $1 AND page_id = $2",
        page_id, now, db::Blob{});
    events::tell_change(tx, events::Topic::pages);
}

void set_name(db::Tx& tx, const std::string& page_id, const std::string& name)
{
    tx.run("UPDATE pages SET name = $3 WHERE organization_id = $1 AND page_id = $2", page_id, name);
}

void set_token_expiry(db::Tx& tx, const std::string& page_id, std::optional<Instant> at)
{
    tx.run("UPDATE pages SET token_expires_at = $3 WHERE organization_id = $1 AND page_id = $2",
        page_id, at);
}

void remove_token(db::Tx& tx, const std::string& page_id)
{
    tx.run("UPDATE pages SET token_sealed = $3, token_expires_at = NULL, person_id = NULL,"
           " app_id = NULL, probe_at = NULL WHERE organization_id = $1 AND page_id = $2",
        page_id, db::Blob{});
    events::tell_change(tx, events::Topic::pages);
}

void set_problem(db::Tx& tx, const std::string& page_id, const PageProblem& problem)
{
    const auto is_news = tx.run("UPDATE pages SET problem_code = $3, problem_message = $4,"
                                " problem_since = $5 WHERE organization_id = $1 AND page_id = $2"
                                " AND (problem_code IS NULL OR problem_code <> $3)",
        page_id, problem.code, problem.message, problem.since);
    if (is_news == 0) {
        tx.run("UPDATE pages SET problem_message = $3, problem_since = $4"
               " WHERE organization_id = $1 AND page_id = $2",
            page_id, problem.message, problem.since);
        return;
    }
    events::tell_change(tx, events::Topic::pages);
    order_trouble_letters(tx, page_id, {problem.code});
}

void set_probe_at(db::Tx& tx, const std::string& page_id, std::optional<Instant> at)
{
    tx.run(
        "UPDATE pages SET probe_at = $3 WHERE organization_id = $1 AND page_id = $2", page_id, at);
}

void set_wait_until(db::Tx& tx, const std::string& page_id, Instant at)
{
    tx.run("UPDATE pages SET wait_until = $3 WHERE organization_id = $1 AND page_id = $2", page_id,
        at);
}

void note_lead(db::Tx& tx, const std::string& page_id, Instant submitted_at)
{
    tx.run("UPDATE pages SET last_lead_at = $3 WHERE organization_id = $1 AND page_id = $2"
           " AND (last_lead_at IS NULL OR last_lead_at < $3)",
        page_id, submitted_at);
}

void clear_problem(db::Tx& tx, const std::string& page_id)
{
    tx.run("UPDATE pages SET problem_code = NULL, problem_message = NULL, problem_since = NULL,"
           " probe_at = NULL WHERE organization_id = $1 AND page_id = $2",
        page_id);
    events::tell_change(tx, events::Topic::pages);
}

void set_well(db::Tx& tx, const std::string& page_id, Instant now)
{
    tx.run("UPDATE pages SET last_lead_at = $3, problem_code = NULL, problem_message = NULL,"
           " problem_since = NULL, wait_until = NULL"
           " WHERE organization_id = $1 AND page_id = $2",
        page_id, now);
}

}  // namespace store
}  // namespace leadcrm::meta
