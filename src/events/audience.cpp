#include "events/audience.hpp"

#include <algorithm>

namespace leadcrm::events {

std::optional<std::vector<std::optional<UserId>>> owners_in_sight(const http::Caller& caller)
{
    using Owners = std::vector<std::optional<UserId>>;
    switch (caller.sight) {
    case http::Sight::all:
        return std::nullopt;
    case http::Sight::team: {
        Owners owners{caller.user_id, std::nullopt};
        owners.insert(owners.end(), caller.team.begin(), caller.team.end());
        return owners;
    }
    case http::Sight::own_and_unassigned:
        return Owners{caller.user_id, std::nullopt};
    case http::Sight::own:
        break;
    }
    return Owners{caller.user_id};
}

bool may_see(const http::Caller& caller, const std::optional<UserId>& owner)
{
    const auto owners = owners_in_sight(caller);
    return !owners || std::find(owners->begin(), owners->end(), owner) != owners->end();
}

namespace {

void add_owners(db::Sql& sql, const http::Caller& caller)
{
    const auto owners = owners_in_sight(caller);
    if (!owners) return;
    const char* between = "";
    sql.add(" AND (");
    for (const auto& owner : *owners) {
        sql.add(between);
        if (owner)
            sql.add("owner_id = $", *owner);
        else
            sql.add("owner_id IS NULL");
        between = " OR ";
    }
    sql.add(")");
}

}  // namespace

void add_sight(db::Sql& sql, const http::Caller& caller)
{
    sql.add(" AND deleted_at IS NULL");
    add_owners(sql, caller);
}

void add_sight_of_deleted(db::Sql& sql, const http::Caller& caller)
{
    sql.add(" AND deleted_at IS NOT NULL");
    add_owners(sql, caller);
}

bool may_see_contact(const http::Caller& caller, const std::optional<UserId>& owner)
{
    return owner || caller.sees_unassigned_contacts;
}

}  // namespace leadcrm::events
