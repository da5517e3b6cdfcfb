#include "events/change.hpp"

#include <boost/mp11/algorithm.hpp>

#include <string>

namespace leadcrm::events {

void tell_change(db::Tx& tx, Topic topic)
{
    const std::string name = boost::describe::enum_to_string(topic, "");
    tx.signal(changes_channel, tx.organization_id().text() + " " + name);
}

void tell_sight_changed(db::Tx& tx) { tx.signal(sight_channel, tx.organization_id().text()); }

void tell_person_changed(db::Tx& tx, const UserId& user)
{
    tx.signal(sight_channel, tx.organization_id().text() + " " + user.text());
}

Changes read_changes(std::string_view payload)
{
    Changes changes;
    const auto space = payload.find(' ');
    changes.organization_id = payload.substr(0, space);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Topic>>([&](auto topic) {
        if (payload.empty() || payload.substr(space + 1) == topic.name)
            changes.topics.push_back(topic.value);
    });
    return changes;
}

}  // namespace leadcrm::events
