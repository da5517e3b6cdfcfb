#include "support_access/support_visit.hpp"

#include "accounts/device.hpp"
#include "accounts/letters.hpp"
#include "accounts/owner_address.hpp"
#include "accounts/platform_admin.hpp"
#include "audit/audit.hpp"
#include "events/change.hpp"
#include "platform/json/json.hpp"
#include "support_access/support_grant.hpp"

namespace leadcrm::support_access {
namespace {

constexpr auto letter_job = "support_access.visit_letter";

struct LetterOrder {
    UserId owner;
    std::string support;  // the admin's name
    std::string organization;
    std::string reason;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (owner, support, organization, reason, expires_at))

void order_letters(db::Tx& tx, const LetterOrder& common)
{
    for (const auto& owner : accounts::owners_of(tx)) {
        auto order = common;
        order.owner = owner;
        jobs::enqueue(tx, {.kind = letter_job, .payload = json::text_of(order)});
    }
}

void note_first_look(db::Tx& tx, const SupportGrant& grant, const std::string& support,
    const std::string& organization, Instant now)
{
    if (grant.opened_at) return;
    tx.run("UPDATE support_grants SET opened_at = $3 WHERE organization_id = $1 AND id = $2",
        grant.id, now);
    order_letters(tx, {{}, support, organization, grant.reason, grant.expires_at});
    events::tell_change(tx, events::Topic::support);
}

std::optional<http::Caller> caller_of_visit(const db::PlatformReader& db, const std::string& token)
{
    const auto session = accounts::find_platform_session(db, token);
    if (!session || !session->organization_id || session->lacks_second_factor) return std::nullopt;
    const auto inside = db.in_organization(*session->organization_id);
    const auto grant = live_grant(inside);
    if (!grant || grant->id != session->support_grant_id || is_closed(inside)) return std::nullopt;
    http::Caller caller{session->user_id, *session->organization_id, "support",
        accounts::rights_of_support(), http::Sight::all};
    caller.viewer = session->user_id;
    caller.is_support = true;
    return caller;
}

}  // namespace

accounts::SignedIn visit(db::PlatformTx& tx, const UserId& admin,
    const OrganizationId& organization, const accounts::Visitor& visitor, Instant now)
{
    const auto name =
        tx.row<std::string>("SELECT name FROM organizations WHERE id = $1", organization);
    if (!name) throw Failure::not_found("There is no such organization.");
    auto inside = tx.in_organization(organization);
    const auto grant = live_grant(inside, now);
    if (!grant)
        throw Failure::forbidden("This organization lets support look only when one of its owners "
                                 "says so. None does at the moment.");
    if (is_closed(inside))
        throw Failure::conflict("This organization is suspended or being deleted.");
    auto signed_in = accounts::open_support_session(tx, admin, organization, grant->id, visitor,
        accounts::remember_device(tx, admin, visitor.device_token),
        accounts::proven_before(tx, admin, visitor));
    const auto support = tx.one<std::string>("SELECT name FROM users WHERE id = $1", admin);
    note_first_look(inside, *grant, support, *name, now);
    audit::record(inside,
        {.user_id = admin,
            .action = "POST /api/v1/platform/organizations/{id}/visit",
            .what = "Look into the organization as support",
            .object = grant->id.text(),
            .address = visitor.address,
            .by_support = true});
    return signed_in;
}

http::Authenticator with_visits(http::Authenticator people)
{
    return [people = std::move(people)](db::PlatformReader& db,
               const http::Credentials& credentials) -> std::optional<http::Admitted> {
        auto who = people(db, credentials);
        if (!who || !who->rights.has(http::Right::operate_platform)) return who;
        if (auto visitor = caller_of_visit(db, credentials.session_token))
            return http::Admitted(std::move(*visitor));
        return who;
    };
}

void handle_visit_letters(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        const auto to = database.read_platform([&](db::PlatformReader& db) {
            return accounts::owner_address(db, job.organization_id.value(), order.owner);
        });
        if (!to) return;
        post.deliver(mail::write(accounts::support_letter(to->reads,
                                     {to->name, order.organization, order.support, order.reason,
                                         order.expires_at, public_url + "/app/settings/support"}),
                         to->email),
            job.organization_id);
    });
}

}  // namespace leadcrm::support_access
