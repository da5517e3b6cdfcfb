// Telling screens that something besides a lead has changed: not what, but where to look again.
// Such news are no events: they have no number and are not kept. One that is lost does no harm,
// because whoever opens a stream, or opens it anew, looks again at everything anyway.
#pragma once

#include "platform/db/session.hpp"
#include "platform/http/right.hpp"

#include <boost/describe.hpp>

#include <string_view>
#include <vector>

namespace leadcrm::events {

// pages: their health, how far a backfill is. doctor: what the checks found. test_lead: the way of
// one went on. ledger: leads were counted anew. deliveries: one came, or its leads went on.
// forms: their mappings. fields: the organization's own. mapping_runs: how far one is.
// source_names: leads show other names of forms and ads. organization: its name, country and time
// zone, whether its members may work, and its plan. people: who is a member, and who is invited.
// exports: how far one is. deletion: the organization's own was ordered, or cancelled. support:
// whether the operator's people may look.
BOOST_DEFINE_ENUM_CLASS(Topic, pages, doctor, test_lead, ledger, deliveries, forms, fields,
    mapping_runs, source_names, organization, people, exports, deletion, support)

constexpr http::Right right_to_hear(Topic topic)
{
    switch (topic) {
    case Topic::pages:
    case Topic::forms:
    case Topic::fields:
    case Topic::source_names:
    case Topic::organization:
    case Topic::people:
    case Topic::exports:
    case Topic::deletion:
    case Topic::support:
        return http::Right::read_leads;
    case Topic::doctor:
    case Topic::test_lead:
    case Topic::ledger:
    case Topic::deliveries:
    case Topic::mapping_runs:
        break;
    }
    return http::Right::read_sources;
}

// After which whoever looks as support has to ask anew whether they may.
constexpr bool may_end_support(Topic topic)
{
    return topic == Topic::support || topic == Topic::organization || topic == Topic::deletion;
}

// Tells the streams of the organization, on every node, after the commit. Once is enough however
// often a transaction says it.
void tell_change(db::Tx& tx, Topic topic);

inline constexpr char changes_channel[] = "changes";

// What members of the organization see has changed: their streams end with a `reset`, and begin
// anew with what they see now.
void tell_sight_changed(db::Tx& tx);

// Who this person is here has changed, or where they are signed in: their streams end likewise,
// owners' too, so that none goes on with a role or a session of before.
void tell_person_changed(db::Tx& tx, const UserId& user);

// The payload is the organization's id, for one person with theirs after a space; empty when
// signals may have been lost.
inline constexpr char sight_channel[] = "sight";

// What a signal on changes_channel says. An empty one says that some may have been lost: then it is
// every topic of every organization.
struct Changes {
    std::string_view organization_id;  // empty: all
    std::vector<Topic> topics;
};
Changes read_changes(std::string_view payload);

}  // namespace leadcrm::events
