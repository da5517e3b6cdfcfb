#include "accounts/view_as.hpp"

#include "accounts/membership_caller.hpp"
#include "platform/crypto/crypto.hpp"

namespace leadcrm::accounts {

void begin_view(
    db::PlatformTx& tx, const http::Caller& caller, const std::string& token, const UserId& member)
{
    const auto rights = rights_of_member(tx.in_organization(caller.organization_id), member);
    if (!rights) throw Failure::not_found("This person is no member any more.");
    if (member == caller.user_id) throw Failure::conflict("This is you.");
    if (rights->role == Role::owner)
        throw Failure::conflict("An owner sees everything, as you do yourself.");
    const auto begun =
        tx.run("UPDATE sessions SET viewing_as = $3 WHERE token_hash = $1 AND user_id = $2",
            db::Blob{crypto::sha256(token)}, caller.user_id, member);
    if (begun == 0)
        throw Failure::conflict("Only a person who is signed in looks as somebody else.");
}

void end_view(db::PlatformTx& tx, const std::string& token)
{
    tx.run("UPDATE sessions SET viewing_as = NULL WHERE token_hash = $1",
        db::Blob{crypto::sha256(token)});
}

std::optional<http::Caller> caller_in_view(const db::PlatformReader& db, const LiveSession& session)
{
    if (!session.viewing_as || session.role != Role::owner || session.is_suspended
        || session.lacks_second_factor)
        return std::nullopt;
    const auto inside = db.in_organization(session.organization_id);
    const auto rights = rights_of_member(inside, *session.viewing_as);
    if (!rights || rights->role == Role::owner) return std::nullopt;
    // The person's account itself is nobody else's.
    auto caller = caller_of(inside, *session.viewing_as, *rights, {.is_bound = true});
    caller.viewer = session.user_id;
    return caller;
}

}  // namespace leadcrm::accounts
