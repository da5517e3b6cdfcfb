#include "support_access/support_request.hpp"

#include "accounts/letters.hpp"
#include "accounts/owner_address.hpp"
#include "accounts/reader_of.hpp"
#include "audit/audit.hpp"
#include "events/change.hpp"
#include "platform/json/json.hpp"
#include "support_access/support_grant.hpp"

namespace leadcrm::support_access {
namespace {

constexpr auto asked_job = "support_access.request_letter";
constexpr auto answered_job = "support_access.answer_letter";

struct AskedOrder {
    UserId owner;
    SupportRequestId request;
};
BOOST_DESCRIBE_STRUCT(AskedOrder, (), (owner, request))

struct AnsweredOrder {
    SupportRequestId request;
};
BOOST_DESCRIBE_STRUCT(AnsweredOrder, (), (request))

std::optional<SupportRequest> find(const db::Reader& db, const SupportRequestId& id)
{
    return db.row<SupportRequest>(
        "SELECT {columns} FROM support_requests WHERE organization_id = $1 AND id = $2", id);
}

void answer(
    db::Tx& tx, const SupportRequest& request, SupportAnswer how, const UserId& by, Instant now)
{
    tx.run("UPDATE support_requests SET answer = $3, answered_by = $4, answered_at = $5"
           " WHERE organization_id = $1 AND id = $2 AND answer IS NULL",
        request.id, how, by, now);
    if (how != SupportAnswer::withdrawn)
        jobs::enqueue(
            tx, {.kind = answered_job, .payload = json::text_of(AnsweredOrder{request.id})});
    events::tell_change(tx, events::Topic::support);
}

// What the operator does to an organization is its business.
void tell_log(db::Tx& inside, const http::Caller& admin, const std::string& method,
    const std::string& what, const SupportRequest& request)
{
    audit::record(inside,
        {.user_id = admin.user_id,
            .action = method + " /api/v1/platform/organizations/{id}/support-request",
            .what = what,
            .object = request.id.text(),
            .by_support = true});
}

void must_exist(const db::PlatformReader& db, const OrganizationId& organization)
{
    if (!db.row<std::string>("SELECT name FROM organizations WHERE id = $1", organization))
        throw Failure::not_found("There is no such organization.");
}

std::string name_of(const db::PlatformReader& db, const UserId& user)
{
    return db.row<std::string>("SELECT name FROM users WHERE id = $1", user).value_or("");
}

std::string organization_name(const db::PlatformReader& db, const OrganizationId& organization)
{
    return db.row<std::string>("SELECT name FROM organizations WHERE id = $1", organization)
        .value_or("");
}

// Nothing when it was answered meanwhile, or there is nobody to write to.
std::optional<mail::Mail> asked_mail(const db::PlatformReader& db,
    const OrganizationId& organization, const AskedOrder& order, const std::string& public_url)
{
    const auto request = find(db.in_organization(organization), order.request);
    const auto to = accounts::owner_address(db, organization, order.owner);
    if (!request || !request->is_open(Instant::now()) || !to) return std::nullopt;
    return mail::write(
        accounts::support_request_letter(to->reads,
            {to->name, organization_name(db, organization), name_of(db, request->asked_by),
                request->reason, request->expires_at, public_url + "/app/settings/support"}),
        to->email);
}

std::optional<mail::Mail> answered_mail(const db::PlatformReader& db,
    const OrganizationId& organization, const AnsweredOrder& order, const std::string& public_url)
{
    const auto request = find(db.in_organization(organization), order.request);
    if (!request || !request->answer) return std::nullopt;
    // Whoever asked may operate the service no more.
    const auto email = db.row<std::string>(
        "SELECT u.email FROM users AS u JOIN platform_admins AS a ON a.user_id = u.id"
        " WHERE u.id = $1",
        request->asked_by);
    if (!email) return std::nullopt;
    return mail::write(accounts::support_answer_letter(accounts::reader_of(db, request->asked_by),
                           {name_of(db, request->asked_by), organization_name(db, organization),
                               *request->answer == SupportAnswer::granted,
                               public_url + "/app/platform/organizations/" + organization.text()}),
        *email);
}

}  // namespace

std::optional<SupportRequest> newest_request(const db::Reader& db)
{
    return db.row<SupportRequest>(
        "SELECT {columns} FROM support_requests WHERE organization_id = $1 ORDER BY id DESC LIMIT 1");
}

std::optional<SupportRequest> open_request(const db::Reader& db, Instant now)
{
    auto newest = newest_request(db);
    return newest && newest->is_open(now) ? newest : std::nullopt;
}

SupportRequest request_support(db::PlatformTx& tx, const http::Caller& admin,
    const OrganizationId& organization, const std::string& reason, Instant now)
{
    must_exist(tx, organization);
    auto inside = tx.in_organization(organization);
    if (is_closed(inside))
        throw Failure::conflict("This organization is suspended or being deleted.");
    if (live_grant(inside, now))
        throw Failure::conflict("Support may look already: one of the owners has allowed it.");
    if (open_request(inside, now))
        throw Failure::conflict("The owners have been asked already, and have not answered yet. "
                                "Withdraw that request to ask anew.");
    SupportRequest made{.id = SupportRequestId::make(),
        .asked_by = admin.user_id,
        .asked_at = now,
        .expires_at = now + request_lasts,
        .reason = reason};
    inside.store(
        "INSERT INTO support_requests (organization_id, {columns}) VALUES ($1, {values})", made);
    for (const auto& owner : accounts::owners_of(inside))
        jobs::enqueue(
            inside, {.kind = asked_job, .payload = json::text_of(AskedOrder{owner, made.id})});
    tell_log(inside, admin, "POST", "Ask for support access", made);
    events::tell_change(inside, events::Topic::support);
    return made;
}

void withdraw_request(
    db::PlatformTx& tx, const http::Caller& admin, const OrganizationId& organization, Instant now)
{
    must_exist(tx, organization);
    auto inside = tx.in_organization(organization);
    const auto request = open_request(inside, now);
    if (!request) throw Failure::not_found("No request is open. It may have been answered.");
    answer(inside, *request, SupportAnswer::withdrawn, admin.user_id, now);
    tell_log(inside, admin, "DELETE", "Withdraw the request for support access", *request);
}

void decline_request(db::Tx& tx, const http::Caller& owner, Instant now)
{
    const auto request = open_request(tx, now);
    if (!request)
        throw Failure::not_found(
            "This request is not open any more. It may have been withdrawn, or "
            "answered by another owner.");
    answer(tx, *request, SupportAnswer::declined, owner.user_id, now);
}

void answer_by_grant(db::Tx& tx, const http::Caller& owner, Instant now)
{
    if (const auto request = open_request(tx, now))
        answer(tx, *request, SupportAnswer::granted, owner.user_id, now);
}

void handle_request_letters(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(asked_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<AskedOrder>(job.payload);
        const auto mail = database.read_platform([&](db::PlatformReader& db) {
            return asked_mail(db, job.organization_id.value(), order, public_url);
        });
        if (mail) post.deliver(*mail, job.organization_id);
    });
    workers.handle(answered_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<AnsweredOrder>(job.payload);
        const auto mail = database.read_platform([&](db::PlatformReader& db) {
            return answered_mail(db, job.organization_id.value(), order, public_url);
        });
        if (mail) post.deliver(*mail, job.organization_id);
    });
}

}  // namespace leadcrm::support_access
