#include "events/stream_message.hpp"

#include <algorithm>
#include <charconv>

namespace leadcrm::events {
namespace {

std::string message_text(const LoggedEvent& event, const std::string& lead_json)
{
    const auto* name = event.kind == "lead.created" ? "lead.created" : "lead.updated";
    std::string text = "id: " + std::to_string(event.seq) + "\nevent: " + name
        + "\ndata: {\"kind\":\"" + event.kind + "\",\"lead\":";
    text += lead_json;
    text += "}\n\n";
    return text;
}

std::string gone_text(const LoggedEvent& event)
{
    return "id: " + std::to_string(event.seq) + "\nevent: lead.gone\ndata: {\"id\":\""
        + event.lead_id.text() + "\"}\n\n";
}

// Whoever had it in sight may hear that it is gone; its events do not say more.
Message gone(const LoggedEvent& event)
{
    const auto data = json::from_text<LeadGone>(event.data.text);
    auto text = gone_text(event);
    return {event.seq, event.lead_id, data.owner_id, std::nullopt, text, text};
}

// Who had a lead before it was given to somebody else: {"owner": …, "owner_before": "user_…"}.
std::optional<std::optional<UserId>> owner_before(const LoggedEvent& event)
{
    if (event.kind != "lead.assigned") return std::nullopt;
    const auto data = json::parse(event.data.text);
    const auto* before = data.as_object().if_contains("owner_before");
    if (!before) return std::nullopt;
    if (before->is_null()) return std::optional<UserId>();
    return UserId::parse(std::string_view(before->as_string()));
}

}  // namespace

std::string hello_text(std::int64_t seq)
{
    const auto number = std::to_string(seq);
    return "id: " + number + "\nevent: hello\ndata: {\"seq\":" + number + "}\n\n";
}

std::string changed_text(Topic topic)
{
    const std::string name = boost::describe::enum_to_string(topic, "");
    return "event: changed\ndata: {\"topic\":\"" + name + "\"}\n\n";
}

std::vector<Message> messages_of(
    const db::Reader& db, const std::vector<LoggedEvent>& events, const Describe& describe)
{
    std::vector<LeadId> ids;
    for (const auto& event : events) ids.push_back(event.lead_id);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const auto news = ids.empty() ? std::map<LeadId, News>{} : describe(db, ids);

    std::vector<Message> messages;
    for (const auto& event : events) {
        if (event.kind == lead_erased || event.kind == lead_deleted) {
            messages.push_back(gone(event));
            continue;
        }
        const auto about = news.find(event.lead_id);
        if (about == news.end()) continue;
        messages.push_back({event.seq, event.lead_id, about->second.owner_id,
            about->second.first_seen_at, message_text(event, about->second.lead_json),
            about->second.hidden_json.empty() ? std::string()
                                              : message_text(event, about->second.hidden_json),
            owner_before(event), gone_text(event)});
    }
    return messages;
}

std::optional<std::int64_t> read_place(const std::string& last_event_id, std::int64_t last)
{
    std::int64_t seq = -1;
    const auto* end = last_event_id.data() + last_event_id.size();
    const auto [stop, error] = std::from_chars(last_event_id.data(), end, seq);
    if (error != std::errc{} || stop != end || seq < 0 || seq > last) return std::nullopt;
    return seq;
}

}  // namespace leadcrm::events
