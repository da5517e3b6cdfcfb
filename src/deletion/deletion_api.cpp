#include "deletion/deletion_api.hpp"

#include "deletion/deletion_order.hpp"

namespace leadcrm::deletion {
namespace {

struct AskDeletion : accounts::Proof {
    Text<1, 120> organization_name;
    std::optional<Whole<0, grace_days_max>> grace_days;
};
BOOST_DESCRIBE_STRUCT(AskDeletion, (accounts::Proof), (organization_name, grace_days))

struct DeletionOrdered {
    DeletionState state = DeletionState::scheduled;
    Instant delete_at;
    std::string confirmation_code;
};
BOOST_DESCRIBE_STRUCT(DeletionOrdered, (), (state, delete_at, confirmation_code))

// none: nobody has ordered it.
BOOST_DEFINE_ENUM_CLASS(ShownState, none, scheduled, running)

struct DeletionShown {
    ShownState state = ShownState::none;
    std::optional<std::string> ordered_by;  // a name
    std::optional<Instant> ordered_at;
    std::optional<Instant> delete_at;
    std::optional<std::string> confirmation_code;
};
BOOST_DESCRIBE_STRUCT(
    DeletionShown, (), (state, ordered_by, ordered_at, delete_at, confirmation_code))

// To everybody in the organization, whatever else is closed to them.
DeletionShown show_deletion(db::Reader& db, const http::Caller& caller, const http::Nothing&)
{
    if (!caller.is_in_organization())
        throw Failure::forbidden("This is for the people of an organization.");
    const auto open = find_open(db);
    if (!open) return {};
    return {open->state == DeletionState::scheduled ? ShownState::scheduled : ShownState::running,
        db.row<std::string>("SELECT name FROM users WHERE id = $2", open->ordered_by.value()),
        open->ordered_at, open->delete_at, open->code};
}

http::Nothing cancel(db::Tx& tx, const http::Caller&, const http::Nothing&)
{
    cancel_deletion(tx);
    return {};
}

}  // namespace

void add_routes(
    http::Routes& api, db::Database& database, const accounts::Reauthentication& reauthentication)
{
    using http::Right;
    constexpr auto path = "/api/v1/organization/deletion";
    api.work("POST", path,
        [&database, reauthentication](const http::Call& call, const AskDeletion& ask) {
            const auto& caller = call.caller();
            reauthentication.demand(call, ask);
            const auto days =
                ask.grace_days.value_or(Whole<0, grace_days_max>{grace_days_default}).value;
            const auto made = database.write_platform([&](db::PlatformTx& db) {
                auto order = order_deletion(
                    db, caller, ask.organization_name.value, std::chrono::hours(24 * days));
                call.record(db);
                return order;
            });
            return DeletionOrdered{made.state, made.delete_at, made.code};
        },
        {"Order the deletion of the organization and all its data", Right::own_data,
            "With the organization's name exactly, one's own password and, for whoever has a second "
            "factor, its code or a passkey. After `grace_days` (7, at "
            "most 30; 0: at once) nobody can take it back. The state can be read by everybody in "
            "the organization, and afterwards at /data-deletion/{confirmation_code}.",
            202});
    api.read("GET", path, show_deletion,
        {.summary = "Whether the deletion of the organization is ordered", .while_viewing = true});
    api.write("DELETE", path, cancel,
        {"Take back the deletion of the organization", Right::own_data, "Until its hour has come.",
            204});
}

}  // namespace leadcrm::deletion
