#include "accounts/my_sessions.hpp"

#include "accounts/account_store.hpp"
#include "accounts/device.hpp"
#include "accounts/device_name.hpp"
#include "events/change.hpp"
#include "platform/crypto/crypto.hpp"

#include <algorithm>

namespace leadcrm::accounts {
namespace {

SessionId id_of(const std::string& token_hash)
{
    SessionId id;
    std::copy_n(token_hash.begin(), id.uuid.size(), id.uuid.begin());
    return id;
}

}  // namespace

std::vector<MySession> my_sessions(
    const db::PlatformReader& db, const UserId& user, const std::string& token)
{
    const auto this_hash = crypto::sha256(token);
    std::vector<MySession> found;
    for (const auto& session : store::sessions_of(db, user, Instant::now()))
        found.push_back({id_of(session.token_hash.bytes), device_name(session.user_agent),
            session.address, session.created_at, session.seen_at.value_or(session.created_at),
            session.token_hash.bytes == this_hash});
    std::ranges::stable_sort(found, [](const MySession& a, const MySession& b) {
        return std::pair(a.is_this, a.seen_at) > std::pair(b.is_this, b.seen_at);
    });
    return found;
}

void tell_sessions_ended(db::PlatformTx& tx, const UserId& user)
{
    for (const auto& membership : store::memberships_of(tx, user)) {
        auto inside = tx.in_organization(membership.id);
        events::tell_person_changed(inside, user);
    }
}

void end_session(db::PlatformTx& tx, const UserId& user, const SessionId& id)
{
    for (const auto& session : store::sessions_of(tx, user, Instant::now())) {
        if (id_of(session.token_hash.bytes) != id) continue;
        store::remove_session(tx, session.token_hash.bytes);
        if (session.device_id) forget_device(tx, user, *session.device_id);
        tell_sessions_ended(tx, user);
        return;
    }
    throw Failure::not_found("This session has ended already.");
}

void end_other_sessions(db::PlatformTx& tx, const UserId& user, const std::string& token)
{
    const auto this_hash = crypto::sha256(token);
    std::optional<DeviceId> this_device;
    for (const auto& session : store::sessions_of(tx, user, Instant::now()))
        if (session.token_hash.bytes == this_hash) this_device = session.device_id;
    store::remove_sessions(tx, user, this_hash);
    forget_devices(tx, user, this_device);
    tell_sessions_ended(tx, user);
}

}  // namespace leadcrm::accounts
