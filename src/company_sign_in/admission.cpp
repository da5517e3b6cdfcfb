#include "company_sign_in/admission.hpp"

#include "accounts/joining.hpp"
#include "people/invitation.hpp"

namespace leadcrm::company_sign_in {
namespace {

struct Candidate {
    UserId id;
    bool is_confirmed = false;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (id, is_confirmed))

std::optional<UserId> known_person(
    const db::Reader& db, const Issuer& issuer, const std::string& subject)
{
    return db.row<UserId>("SELECT user_id FROM sign_in_subjects"
                          " WHERE organization_id = $1 AND issuer = $2 AND subject = $3",
        issuer.issuer, subject);
}

// The member with this address, nobody when there is none. An address that is not confirmed is
// nobody's: whoever registered with it may be a stranger.
std::optional<UserId> member_with(
    const db::PlatformReader& db, const OrganizationId& organization, const std::string& email)
{
    const auto candidates = db.rows<Candidate>(R"sql(
        SELECT u.id, u.email_confirmed_at IS NOT NULL AS is_confirmed
        FROM users u JOIN memberships m ON m.user_id = u.id
        WHERE u.email = $2 AND m.organization_id = $1
    )sql",
        organization, email);
    for (const auto& each : candidates)
        if (each.is_confirmed) return each.id;
    if (!candidates.empty()) throw Refused(Trouble::address_unconfirmed);
    return std::nullopt;
}

// The address may have gone to another person at the company meanwhile.
void must_be_unknown(const db::Reader& db, const Issuer& issuer, const UserId& user)
{
    if (db.row<std::string>("SELECT subject FROM sign_in_subjects"
                            " WHERE organization_id = $1 AND issuer = $2 AND user_id = $3",
            issuer.issuer, user))
        throw Refused(Trouble::other_subject);
}

UserId newcomer(db::PlatformTx& tx, const OrganizationId& organization, const Person& person)
{
    try {
        const auto joined = people::join_vouched_for(
            tx, organization, person.email, person.name.empty() ? person.email : person.name);
        if (joined) return *joined;
    } catch (const Failure& failure) {
        if (failure.kind == Failure::Kind::forbidden) throw Refused(Trouble::sign_in_first);
        if (failure.kind == Failure::Kind::conflict) throw Refused(Trouble::no_seat);
        throw;
    }
    throw Refused(Trouble::no_member);
}

}  // namespace

accounts::SignedIn admit(db::PlatformTx& tx, const OrganizationId& organization,
    const Issuer& issuer, const Person& person, const accounts::Visitor& visitor)
{
    auto inside = tx.in_organization(organization);
    auto user = known_person(inside, issuer, person.subject);
    if (!user) {
        user = member_with(tx, organization, person.email);
        if (!user) user = newcomer(tx, organization, person);
        must_be_unknown(inside, issuer, *user);
        inside.run(R"sql(
            INSERT INTO sign_in_subjects (organization_id, issuer, subject, user_id, created_at)
            VALUES ($1, $2, $3, $4, $5)
        )sql",
            issuer.issuer, person.subject, *user, Instant::now());
    }
    try {
        return accounts::enter_bound(tx, *user, organization, visitor);
    } catch (const Failure& failure) {
        if (failure.kind != Failure::Kind::not_found) throw;
        throw Refused(Trouble::no_member);
    }
}

}  // namespace leadcrm::company_sign_in
