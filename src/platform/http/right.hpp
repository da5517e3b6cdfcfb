// What a route asks of its caller, printed beside each path in app/routes.
#pragma once

#include "platform/id.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::http {

// `everybody` needs no session; `own_account` is what concerns a person in every organization;
// `own_data` is taking everything out and deleting it, which no suspension takes from an owner;
// `operate_platform` is of no role: it is for the platform's tables, outside every organization.
// The others are bits of Caller::rights, given by the caller's role (accounts/roles.hpp).
BOOST_DEFINE_ENUM_CLASS(Right, everybody, signed_in, own_account, read_leads, write_leads,
    export_leads, delete_leads, assign_leads, read_reports, read_sources, write_sources,
    manage_people, manage_organization, own_data, operate_platform)

class Rights {
public:
    constexpr Rights() = default;
    constexpr Rights with(Right right) const
    {
        Rights more = *this;
        more.bits_ |= bit(right);
        return more;
    }
    constexpr Rights without(Right right) const
    {
        Rights fewer = *this;
        fewer.bits_ &= ~bit(right);
        return fewer;
    }
    constexpr bool has(Right right) const
    {
        return right == Right::everybody || (bits_ & bit(right)) != 0;
    }

private:
    static constexpr std::uint32_t bit(Right right) { return 1U << static_cast<unsigned>(right); }
    std::uint32_t bits_ = 0;
};

// Which of an organization's leads somebody may see.
BOOST_DEFINE_ENUM_CLASS(Sight, own, own_and_unassigned, team, all)

// Who is asking. For routes with Right::everybody it may be empty (Call::caller() throws then).
struct Caller {
    UserId user_id;
    OrganizationId organization_id;  // of nobody when the platform itself is operated
    std::string role;
    Rights rights;
    Sight sight = Sight::own;
    std::vector<UserId> team;  // with Sight::team: whose leads are in sight besides one's own
    bool sees_unassigned_contacts = true;  // phone and e-mail of leads that nobody has
    // Who looks at what `user_id` sees, without being them: nothing may be changed.
    std::optional<UserId> viewer = {};
    // One of the operator's people, whom an owner lets look for a while: `viewer` and `user_id`.
    bool is_support = false;

    bool is_in_organization() const { return organization_id != OrganizationId(); }
};

}  // namespace leadcrm::http
