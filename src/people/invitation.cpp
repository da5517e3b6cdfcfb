#include "people/invitation.hpp"

#include "accounts/attempts.hpp"
#include "accounts/letters.hpp"
#include "accounts/reader_of.hpp"
#include "events/change.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"
#include "platform_admin/plan.hpp"

namespace leadcrm::people {
namespace {

constexpr auto letter_job = "people.invitation_letter";

struct LetterOrder {
    InvitationId invitation_id;
};
BOOST_DESCRIBE_STRUCT(LetterOrder, (), (invitation_id))

// An invitation whose link somebody holds.
struct Held {
    InvitationId id;
    OrganizationId organization_id;
    std::string email;
    accounts::Role role = accounts::Role::agent;
    bool proves_address = false;
};
BOOST_DESCRIBE_STRUCT(Held, (), (id, organization_id, email, role, proves_address))

constexpr char upsert_sql[] = R"sql(
    INSERT INTO invitations
        (id, organization_id, email, role, invited_by, proves_address, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, FALSE, $6, $7)
    ON CONFLICT (organization_id, email) DO UPDATE SET role = EXCLUDED.role,
        invited_by = EXCLUDED.invited_by, created_at = EXCLUDED.created_at,
        expires_at = EXCLUDED.expires_at, token_hash = NULL
    RETURNING id
)sql";

[[noreturn]] void throw_not_there()
{
    throw Failure::not_found("This invitation is not open any more: it was accepted or withdrawn.");
}

void tell(db::PlatformTx& tx, const OrganizationId& organization)
{
    auto inside = tx.in_organization(organization);
    events::tell_change(inside, events::Topic::people);
}

// After five for one address within a quarter of an hour nothing happens: nobody's mailbox is
// filled from here. Whether one is on its way.
bool order_letter(db::PlatformTx& tx, const InvitationId& id, const std::string& email)
{
    if (!accounts::count_attempt(tx, accounts::letter_limits(email))) return false;
    jobs::enqueue(
        tx, {.kind = letter_job, .payload = json::text_of(LetterOrder{id}), .key = id.text()});
    return true;
}

// A link that was made while the letter waited was asked for later, and stays good: the letter
// would bring another. One that its own try before this one made is replaced.
bool wants_letter(const db::PlatformReader& db, const InvitationId& id)
{
    return db
        .row<InvitationId>("SELECT id FROM invitations"
                           " WHERE id = $1 AND (token_hash IS NULL OR proves_address)",
            id)
        .has_value();
}

std::string make_token(db::PlatformTx& tx, const InvitationId& id, bool proves_address)
{
    auto token = crypto::random_token();
    const auto changed = tx.run(R"sql(
        UPDATE invitations SET token_hash = $2, proves_address = $3, expires_at = $4 WHERE id = $1
    )sql",
        id, db::Blob{crypto::sha256(token)}, proves_address, Instant::now() + invitation_length);
    if (changed == 0) throw_not_there();
    return token;
}

// Behind the `#`: a browser does not send it, so it is in no log.
std::string link_of(const std::string& token, const std::string& public_url)
{
    return public_url + "/app/invitation#" + token;
}

std::string find_email(
    const db::PlatformReader& db, const OrganizationId& organization, const InvitationId& id)
{
    auto email = db.row<std::string>(
        "SELECT email FROM invitations WHERE organization_id = $1 AND id = $2", organization, id);
    if (!email) throw_not_there();
    return *email;
}

Held hold(const db::PlatformReader& db, const std::string& token, Instant now)
{
    const auto held =
        db.row<Held>("SELECT {columns} FROM invitations WHERE token_hash = $1 AND expires_at > $2",
            db::Blob{crypto::sha256(token)}, now);
    if (!held)
        throw Failure::not_found("This invitation was used or withdrawn, or it is too old. Ask for "
                                 "a new one.");
    return *held;
}

bool is_member(const db::PlatformReader& db, const OrganizationId& organization, const UserId& user)
{
    return db
        .row<UserId>("SELECT user_id FROM memberships WHERE organization_id = $1 AND user_id = $2",
            organization, user)
        .has_value();
}

// Those that are too old promise nothing.
std::int64_t promised(const db::PlatformReader& db, const OrganizationId& organization, Instant now)
{
    return db.one<std::int64_t>(
        "SELECT COUNT(*) FROM invitations WHERE organization_id = $1 AND expires_at > $2",
        organization, now);
}

void become_member(db::PlatformTx& tx, const Held& held, const UserId& user)
{
    if (!is_member(tx, held.organization_id, user))
        platform_admin::need_seats(tx.in_organization(held.organization_id), 1);
    accounts::join(tx, user, held.organization_id, held.role);
    tx.run("DELETE FROM invitations WHERE id = $1", held.id);
    tx.run("DELETE FROM former_members WHERE user_id = $1 AND organization_id = $2", user,
        held.organization_id);
}

accounts::SignedIn come_in(
    db::PlatformTx& tx, const Held& held, const UserId& user, const accounts::Visitor& visitor)
{
    become_member(tx, held, user);
    auto signed_in = accounts::enter(tx, user, held.organization_id, visitor);
    tell(tx, held.organization_id);
    return signed_in;
}

// Somebody who has no account yet is written to as the inviter reads.
letters::Reader reader_of_invitation(const db::PlatformReader& db, const InvitationId& id)
{
    const auto reader = db.row<UserId>(R"sql(
        SELECT COALESCE(u.id, i.invited_by)
        FROM invitations i
        LEFT JOIN users u ON u.email = i.email AND u.email_confirmed_at IS NOT NULL
        WHERE i.id = $1
    )sql",
        id);
    return reader ? accounts::reader_of(db, *reader) : letters::Reader();
}

std::vector<FieldError> members_among(const db::PlatformReader& db,
    const OrganizationId& organization, const std::vector<Email>& emails)
{
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < emails.size(); ++i)
        if (db.row<UserId>(R"sql(
                SELECT u.id FROM users u JOIN memberships m ON m.user_id = u.id
                WHERE u.email = $2 AND m.organization_id = $1
            )sql",
                organization, emails[i].value))
            wrong.push_back({"emails[" + std::to_string(i) + "]", "member",
                emails[i].value + " is a member already."});
    return wrong;
}

}  // namespace

std::vector<Invitation> invite(
    db::PlatformTx& tx, const OrganizationId& organization, const UserId& by, const Invite& ask)
{
    if (ask.emails.empty() || ask.emails.size() > invitations_max)
        throw Failure::invalid("emails", "count",
            "Please give at least one address, and at most " + std::to_string(invitations_max)
                + " at once.");
    if (auto wrong = members_among(tx, organization, ask.emails); !wrong.empty())
        throw Failure::invalid(std::move(wrong));

    const auto now = Instant::now();
    const auto waiting = promised(tx, organization, now);
    for (const auto& email : ask.emails) {
        const auto id = tx.one<InvitationId>(upsert_sql, InvitationId::make(), organization,
            email.value, ask.role, by, now, now + invitation_length);
        order_letter(tx, id, email.value);
    }
    platform_admin::need_seats(
        tx.in_organization(organization), promised(tx, organization, now), waiting);
    const auto pending = tx.one<std::int64_t>(
        "SELECT COUNT(*) FROM invitations WHERE organization_id = $1", organization);
    if (pending > pending_max)
        throw Failure::conflict("So many invitations are open that no more can be sent. Withdraw "
                                "some first.");
    tell(tx, organization);
    return list_invitations(tx, organization);
}

std::vector<Invitation> list_invitations(
    const db::PlatformReader& db, const OrganizationId& organization)
{
    return db.rows<Invitation>(R"sql(
        SELECT i.id, i.email, i.role, u.name AS invited_by, i.created_at, i.expires_at
        FROM invitations i JOIN users u ON u.id = i.invited_by
        WHERE i.organization_id = $1
        ORDER BY i.created_at DESC, i.email
    )sql",
        organization);
}

void send_again(db::PlatformTx& tx, const OrganizationId& organization, const InvitationId& id)
{
    if (!order_letter(tx, id, find_email(tx, organization, id)))
        throw Failure::too_many("This address has been sent five letters within a quarter of an "
                                "hour. Please wait, or copy the link and hand it over.",
            int(std::chrono::seconds(accounts::attempts_window).count()));
    tx.run("UPDATE invitations SET expires_at = $2, token_hash = NULL WHERE id = $1", id,
        Instant::now() + invitation_length);
    tell(tx, organization);
}

std::string make_link(db::PlatformTx& tx, const OrganizationId& organization,
    const InvitationId& id, const std::string& public_url)
{
    find_email(tx, organization, id);
    auto link = link_of(make_token(tx, id, false), public_url);
    tell(tx, organization);
    return link;
}

void withdraw(db::PlatformTx& tx, const OrganizationId& organization, const InvitationId& id)
{
    find_email(tx, organization, id);
    tx.run("DELETE FROM invitations WHERE id = $1", id);
    tell(tx, organization);
}

void handle_invitations(
    jobs::Workers& workers, db::Database& database, mail::Post& post, const std::string& public_url)
{
    workers.handle(letter_job, [&database, &post, public_url](const jobs::Job& job) {
        const auto order = json::from_text<LetterOrder>(job.payload);
        letters::Reader reads;
        std::optional<OrganizationId> organization;
        const auto asked = database.read_platform([&](db::PlatformReader& db) {
            reads = reader_of_invitation(db, order.invitation_id);
            organization = db.row<OrganizationId>(
                "SELECT organization_id FROM invitations WHERE id = $1", order.invitation_id);
            return db.row<Asked>(R"sql(
                SELECT o.name AS organization, i.role, u.name AS invited_by, i.email
                FROM invitations i JOIN organizations o ON o.id = i.organization_id
                JOIN users u ON u.id = i.invited_by
                WHERE i.id = $1
            )sql",
                order.invitation_id);
        });
        if (!asked) return;  // withdrawn meanwhile
        const auto token = database.write_platform([&](db::PlatformTx& tx) {
            return wants_letter(tx, order.invitation_id)
                ? std::optional(make_token(tx, order.invitation_id, true))
                : std::nullopt;
        });
        if (!token) return;
        post.deliver(mail::write(accounts::invitation_letter(reads, asked->invited_by,
                                     asked->organization, link_of(*token, public_url)),
                         asked->email),
            organization);
    });
}

Asked look_at(const db::PlatformReader& db, const std::string& token, Instant now)
{
    const auto held = hold(db, token, now);
    return db
        .row<Asked>(R"sql(
        SELECT o.name AS organization, i.role, u.name AS invited_by, i.email
        FROM invitations i JOIN organizations o ON o.id = i.organization_id
        JOIN users u ON u.id = i.invited_by
        WHERE i.id = $1
    )sql",
            held.id)
        .value();
}

accounts::SignedIn accept(db::PlatformTx& tx, const std::string& token, const UserId& user,
    const accounts::Visitor& visitor, Instant now)
{
    const auto held = hold(tx, token, now);
    const auto account = accounts::find_account(tx, user);
    if (!account || account->email != held.email)
        throw Failure::forbidden(
            "This invitation is for " + held.email + ". Sign out, then open the link again.");
    if (held.proves_address)
        accounts::confirm_address(tx, *account);
    else if (!account->email_confirmed_at)
        throw Failure::forbidden(
            "Please confirm your address first, with the link in the letter we sent you.");
    return come_in(tx, held, user, visitor);
}

accounts::SignedIn accept(
    db::Database& database, const Newcomer& ask, const accounts::Visitor& visitor)
{
    const auto email = database.read_platform(
        [&](db::PlatformReader& db) { return hold(db, ask.token, Instant::now()).email; });
    const auto user =
        accounts::prepare_account(database, {{email}, ask.name, ask.password}, visitor);
    return database.write_platform([&](db::PlatformTx& tx) {
        const auto held = hold(tx, ask.token, Instant::now());
        accounts::open_account(tx, user, held.proves_address);
        return come_in(tx, held, user.id, visitor);
    });
}

std::optional<UserId> join_vouched_for(db::PlatformTx& tx, const OrganizationId& organization,
    const std::string& email, const std::string& name)
{
    const auto held = tx.row<Held>("SELECT {columns} FROM invitations"
                                   " WHERE organization_id = $1 AND email = $2 AND expires_at > $3",
        organization, email, Instant::now());
    if (!held) return std::nullopt;
    if (accounts::is_taken(tx, email))
        throw Failure::forbidden("This address belongs to an account. Sign in, then accept.");
    const auto user = accounts::open_account_without_password(tx, email, name);
    become_member(tx, *held, user.id);
    tell(tx, organization);
    return user.id;
}

}  // namespace leadcrm::people
