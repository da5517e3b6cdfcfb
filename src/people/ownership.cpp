#include "people/ownership.hpp"

#include "accounts/joining.hpp"
#include "accounts/letters.hpp"
#include "accounts/reader_of.hpp"
#include "people/member.hpp"
#include "platform/json/json.hpp"

namespace leadcrm::people {
namespace {

using accounts::Role;

constexpr auto letter_job = "people.ownership_letter";

struct LetterOrder {
    std::string email;
    std::string name;
    std::string organization;
    std::string other;  // who else it concerns
    bool is_new_owner = false;
    letters::Reader reads;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (email, name, organization, other, is_new_owner, reads))

Role role_after(FormerOwner becomes)
{
    return becomes == FormerOwner::team_lead ? Role::team_lead : Role::agent;
}

// What the other may do hangs on whose account it is, so it has to be known whose.
accounts::User heir_of(
    const db::PlatformReader& db, const OrganizationId& organization, const UserId& id)
{
    if (role_of_member(db, organization, id) == Role::owner)
        throw Failure::conflict("This person is an owner already.");
    const auto heir = accounts::find_account(db, id);
    if (!heir || !heir->email_confirmed_at)
        throw Failure::conflict("This person has not confirmed their address yet.");
    return *heir;
}

// Of the organization, whose name is in it.
void order_letter(db::Tx& tx, const LetterOrder& order)
{
    jobs::enqueue(tx, {.kind = letter_job, .payload = json::text_of(order)});
}

}  // namespace

void pass_on(db::Database& database, const accounts::Reauthentication& reauthentication,
    const http::Call& call, const PassOn& ask)
{
    const auto& organization = call.caller().organization_id;
    // Before the password, so that nobody types a code for nothing.
    database.read_platform([&](db::PlatformReader& db) { heir_of(db, organization, ask.id); });
    const auto owner = reauthentication.demand(call, ask);
    database.write_platform([&](db::PlatformTx& tx) {
        if (role_of_member(tx, organization, owner.id) != Role::owner)
            throw Failure::forbidden("You are no owner of this organization any more.");
        const auto heir = heir_of(tx, organization, ask.id);
        change_role(tx, organization, {heir.id, Role::owner});
        change_role(tx, organization, {owner.id, role_after(ask.becomes)});
        const auto name =
            tx.one<std::string>("SELECT name FROM organizations WHERE id = $1", organization);
        auto inside = tx.in_organization(organization);
        order_letter(inside,
            {heir.email, heir.name, name, owner.name, true, accounts::reader_of(tx, heir.id)});
        order_letter(inside,
            {owner.email, owner.name, name, heir.name, false, accounts::reader_of(tx, owner.id)});
        call.record(tx);
    });
}

void handle_ownership_letters(
    jobs::Workers& workers, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        post.deliver(mail::write(accounts::ownership_letter(order.reads,
                                     {order.name, order.organization, order.other,
                                         order.is_new_owner, public_url + "/app/"}),
                         order.email),
            job.organization_id);
    });
}

}  // namespace leadcrm::people
