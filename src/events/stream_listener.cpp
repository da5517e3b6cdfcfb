#include "events/stream_listener.hpp"

#include "events/audience.hpp"

namespace leadcrm::events {
namespace {

// Whether the lead was in this listener's sight until this message.
bool loses(const Listener& listener, const Message& message)
{
    return message.seq > listener.told && message.left && may_see(listener.caller, *message.left)
        && !may_see(listener.caller, message.owner_id);
}

}  // namespace

bool hears(const Listener& listener, const Message& message)
{
    return message.seq > listener.told && may_see(listener.caller, message.owner_id);
}

std::string text_for(const Listener& listener, const std::vector<Message>& messages)
{
    std::string text;
    for (const auto& message : messages) {
        if (hears(listener, message))
            text += may_see_contact(listener.caller, message.owner_id) ? message.text
                                                                       : message.hidden_text;
        if (loses(listener, message)) text += message.gone_text;
    }
    return text;
}

// What an owner sees stays, unless they are owner no more.
bool must_begin_anew(const Listener& listener, std::string_view payload)
{
    const auto& caller = listener.caller;
    const auto space = payload.find(' ');
    if (space == std::string_view::npos) return payload.empty() || caller.role != "owner";
    const auto person = UserId::parse(payload.substr(space + 1));
    return caller.user_id == person || caller.viewer == person;
}

}  // namespace leadcrm::events
