#include "events/stream.hpp"

#include "events/change.hpp"
#include "events/stream_listener.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

namespace leadcrm::events {
namespace {

constexpr int round_max = 500;  // events told in one round

using Text = std::shared_ptr<const std::string>;

// The streams of one organization.
struct Channel {
    std::mutex mutex;
    std::vector<ListenerPointer> listeners;
    std::int64_t told = 0;  // to all listeners that stood there before
    std::vector<ListenerPointer> joining;  // on their way; changes they hear of already
    bool is_reading = false;
    bool is_signalled = false;  // while it read, or while the first listeners join
};

}  // namespace

struct Stream::Hub : std::enable_shared_from_this<Hub> {
    Hub(db::Database& database, Describe describe, Seen seen)
        : database(&database), describe(std::move(describe)), seen(std::move(seen))
    {
    }

    db::Database* const database;
    // Held while the parts outside may be called; once `is_over`, they are gone.
    std::shared_mutex life;
    bool is_over = false;
    const Describe describe;
    const Seen seen;
    std::atomic<std::size_t> open_streams = 0;
    std::mutex mutex;
    std::unordered_map<OrganizationId, std::shared_ptr<Channel>> channels;

    std::shared_ptr<Channel> channel_of(const OrganizationId& organization)
    {
        const std::lock_guard lock(mutex);
        auto& channel = channels[organization];
        if (!channel) channel = std::make_shared<Channel>();
        return channel;
    }

    using Work = std::function<void(db::Reader&)>;
    using Failed = std::function<void()>;
    void start(const OrganizationId& organization, Work work, Failed failed);

    // Signals.
    void wake(std::string_view payload);
    void wake(const OrganizationId& organization, const std::shared_ptr<Channel>& channel);
    void read_next(const OrganizationId& organization, const std::shared_ptr<Channel>& channel);
    void tell(const OrganizationId& organization, Channel& channel,
        const std::vector<Message>& messages, std::int64_t last);
    void note_seen(const OrganizationId& organization,
        const std::vector<ListenerPointer>& listeners, const std::vector<Message>& messages) const;
    void finish_round(
        const OrganizationId& organization, const std::shared_ptr<Channel>& channel, bool is_more);
    void pass_on(std::string_view change);
    void begin_anew(std::string_view payload);

    // Joining.
    struct Joining;
    void join(const Joining& joining);
    void greet(db::Reader& db, Joining& joining);
    void catch_up(db::Reader& db, Joining& joining);
    void admit(const Joining& joining);
    void leave(Channel& channel, const ListenerPointer& listener);
};

struct Stream::Hub::Joining {
    OrganizationId organization;
    std::shared_ptr<Channel> channel;
    ListenerPointer listener;
    std::string last_event_id;
    bool is_greeted = false;
};

void Stream::Hub::start(const OrganizationId& organization, Work work, Failed failed)
{
    auto read = [self = shared_from_this(), organization, work = std::move(work)](
                    db::PlatformReader& reader) {
        const std::shared_lock alive(self->life);
        if (self->is_over) return;
        auto inside = reader.in_organization(organization);
        work(inside);
    };
    auto done = [failed](const std::exception_ptr& error) {
        if (error) failed();
    };
    try {
        database->start_read(std::move(read), std::move(done));
    } catch (const Failure&) {
        failed();
    }
}

// ---- telling ------------------------------------------------------------------------------------

// An empty payload says that signals may have been lost.
void Stream::Hub::wake(std::string_view payload)
{
    std::vector<std::pair<OrganizationId, std::shared_ptr<Channel>>> woken;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [organization, channel] : channels)
            if (payload.empty() || payload == organization.text())
                woken.emplace_back(organization, channel);
    }
    for (const auto& [organization, channel] : woken) wake(organization, channel);
}

void Stream::Hub::wake(const OrganizationId& organization, const std::shared_ptr<Channel>& channel)
{
    {
        const std::lock_guard lock(channel->mutex);
        if (channel->listeners.empty() && channel->joining.empty()) return;
        channel->is_signalled = true;
        if (channel->is_reading || channel->listeners.empty()) return;
        channel->is_reading = true;
    }
    read_next(organization, channel);
}

void Stream::Hub::read_next(
    const OrganizationId& organization, const std::shared_ptr<Channel>& channel)
{
    auto self = shared_from_this();
    const auto read = [self, organization, channel](db::Reader& db) {
        std::int64_t from = 0;
        {
            const std::lock_guard lock(channel->mutex);
            channel->is_signalled = false;
            from = channel->told;
        }
        const auto events = list_after(db, from, round_max);
        if (!events.empty())
            self->tell(
                organization, *channel, messages_of(db, events, self->describe), events.back().seq);
        self->finish_round(organization, channel, events.size() == std::size_t(round_max));
    };
    start(organization, read, [channel] {
        log::warn("news could not be read for the streams");
        const std::lock_guard lock(channel->mutex);
        channel->is_reading = false;
    });
}

void Stream::Hub::tell(const OrganizationId& organization, Channel& channel,
    const std::vector<Message>& messages, std::int64_t last)
{
    std::vector<ListenerPointer> listeners;
    {
        // Who joins after this line sees `told` and reads up to it by itself.
        const std::lock_guard lock(channel.mutex);
        listeners = channel.listeners;
        channel.told = last;
    }
    if (messages.empty()) return;
    note_seen(organization, listeners, messages);

    // Everybody with the same sight hears the same text.
    std::map<std::pair<http::Sight, UserId>, Text> texts;
    for (const auto& listener : listeners) {
        if (listener->told >= messages.front().seq) {
            if (auto text = text_for(*listener, messages); !text.empty())
                listener->sink->send(std::make_shared<const std::string>(std::move(text)));
            continue;
        }
        const auto sight = listener->caller.sight;
        const auto user = sight == http::Sight::all ? UserId{} : listener->caller.user_id;
        auto& text = texts[{sight, user}];
        if (!text) text = std::make_shared<const std::string>(text_for(*listener, messages));
        if (!text->empty()) listener->sink->send(text);
    }
}

void Stream::Hub::note_seen(const OrganizationId& organization,
    const std::vector<ListenerPointer>& listeners, const std::vector<Message>& messages) const
{
    std::vector<LeadId> leads;
    Instant at;
    for (const auto& message : messages) {
        if (!message.first_seen_at) continue;
        const auto is_heard =
            std::any_of(listeners.begin(), listeners.end(), [&](const ListenerPointer& listener) {
                return !listener->caller.is_support && hears(*listener, message);
            });
        if (!is_heard) continue;
        leads.push_back(message.lead_id);
        at = *message.first_seen_at;
    }
    if (!leads.empty()) seen(organization, leads, at);
}

void Stream::Hub::finish_round(
    const OrganizationId& organization, const std::shared_ptr<Channel>& channel, bool is_more)
{
    {
        const std::lock_guard lock(channel->mutex);
        const bool goes_on = (is_more || channel->is_signalled) && !channel->listeners.empty();
        channel->is_reading = goes_on;
        if (!goes_on) return;
    }
    read_next(organization, channel);
}

// Straight to whoever may hear it: a change has no number, so it does not wait for the events.
void Stream::Hub::pass_on(std::string_view payload)
{
    const auto changes = read_changes(payload);
    std::vector<ListenerPointer> listeners;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [organization, channel] : channels) {
            if (!changes.organization_id.empty() && changes.organization_id != organization.text())
                continue;
            const std::lock_guard inner(channel->mutex);
            for (const auto* some : {&channel->listeners, &channel->joining})
                listeners.insert(listeners.end(), some->begin(), some->end());
        }
    }
    for (const auto topic : changes.topics) {
        const auto text = std::make_shared<const std::string>(changed_text(topic));
        for (const auto& listener : listeners) {
            if (listener->caller.rights.has(right_to_hear(topic))) listener->sink->send(text);
            if (listener->caller.is_support && may_end_support(topic)) listener->sink->close();
        }
    }
}

// Who they are and what they see was asked when their streams began.
void Stream::Hub::begin_anew(std::string_view payload)
{
    const auto of = payload.substr(0, payload.find(' '));
    const auto is_meant = [&](const auto& each) { return must_begin_anew(*each, payload); };
    std::vector<ListenerPointer> listeners;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [organization, channel] : channels) {
            if (!payload.empty() && of != organization.text()) continue;
            const std::lock_guard inner(channel->mutex);
            for (const auto* some : {&channel->listeners, &channel->joining})
                std::copy_if(some->begin(), some->end(), std::back_inserter(listeners), is_meant);
        }
    }
    const auto text = std::make_shared<const std::string>(reset_text);
    for (const auto& listener : listeners) {
        listener->sink->send(text);
        listener->sink->close();
    }
}

// ---- joining ------------------------------------------------------------------------------------

void Stream::Hub::join(const Joining& joining)
{
    auto self = shared_from_this();
    const auto read = [self, joining](db::Reader& db) {
        auto going = joining;
        if (!std::exchange(going.is_greeted, true)) self->greet(db, going);
        self->catch_up(db, going);
        self->admit(going);
    };
    start(joining.organization, read, [joining] {
        const std::lock_guard lock(joining.channel->mutex);
        std::erase(joining.channel->joining, joining.listener);
        joining.listener->sink->close();
    });
}

void Stream::Hub::greet(db::Reader& db, Joining& joining)
{
    auto& listener = *joining.listener;
    const auto last = last_seq(db);
    auto place = joining.last_event_id.empty() ? last : read_place(joining.last_event_id, last);
    const bool is_lost = !place || last - *place > resume_max;
    listener.told = is_lost ? last : *place;
    auto text = hello_text(listener.told);
    if (is_lost) text += reset_text;
    listener.sink->send(std::make_shared<const std::string>(std::move(text)));
}

void Stream::Hub::catch_up(db::Reader& db, Joining& joining)
{
    auto& listener = *joining.listener;
    const auto events = list_after(db, listener.told, resume_max);
    if (events.empty()) return;
    auto text = text_for(listener, messages_of(db, events, describe));
    listener.told = events.back().seq;
    if (!text.empty()) listener.sink->send(std::make_shared<const std::string>(std::move(text)));
}

// Among the others, if it knows all they know; otherwise it reads once more.
void Stream::Hub::admit(const Joining& joining)
{
    auto& channel = *joining.channel;
    bool is_behind = false;
    bool must_read = false;
    {
        const std::lock_guard lock(channel.mutex);
        is_behind = !channel.listeners.empty() && channel.told > joining.listener->told;
        if (joining.listener->is_closed) {
            std::erase(channel.joining, joining.listener);
            is_behind = false;
        } else if (!is_behind) {
            if (channel.listeners.empty()) channel.told = joining.listener->told;
            channel.listeners.push_back(joining.listener);
            std::erase(channel.joining, joining.listener);
            must_read = channel.is_signalled && !channel.is_reading;
            if (must_read) channel.is_reading = true;
        }
    }
    if (is_behind) return join(joining);
    if (must_read) read_next(joining.organization, joining.channel);
}

void Stream::Hub::leave(Channel& channel, const ListenerPointer& listener)
{
    --open_streams;
    const std::lock_guard lock(channel.mutex);
    listener->is_closed = true;
    std::erase(channel.listeners, listener);
}

// ---- the outside --------------------------------------------------------------------------------

Stream::Stream(db::Database& database, Describe describe, Seen seen)
    : hub_(std::make_shared<Hub>(database, std::move(describe), std::move(seen)))
{
    database.on_signal(
        signal_channel, [hub = hub_](std::string_view payload) { hub->wake(payload); });
    database.on_signal(
        changes_channel, [hub = hub_](std::string_view payload) { hub->pass_on(payload); });
    database.on_signal(
        sight_channel, [hub = hub_](std::string_view payload) { hub->begin_anew(payload); });
}

// Waits for what is being told just now.
Stream::~Stream()
{
    const std::unique_lock over(hub_->life);
    hub_->is_over = true;
}

void Stream::open(const http::Caller& caller, const std::string& last_event_id,
    std::shared_ptr<http::EventSink> sink)
{
    auto channel = hub_->channel_of(caller.organization_id);
    auto listener = std::make_shared<Listener>(Listener{caller, sink});
    {
        const std::lock_guard lock(channel->mutex);
        channel->joining.push_back(listener);
    }
    ++hub_->open_streams;
    // Weak: the sink keeps this action, the channel the listener and the listener the sink.
    sink->on_closed([weak_hub = std::weak_ptr(hub_), weak_channel = std::weak_ptr(channel),
                        weak_listener = std::weak_ptr(listener)] {
        const auto hub = weak_hub.lock();
        const auto channel = weak_channel.lock();
        const auto listener = weak_listener.lock();
        if (hub && channel && listener) hub->leave(*channel, listener);
    });
    hub_->join({caller.organization_id, std::move(channel), std::move(listener), last_event_id});
}

std::size_t Stream::size() const { return hub_->open_streams; }

void add_routes(http::Routes& api, Stream& stream)
{
    api.stream("/api/v1/stream",
        [&stream](const http::Caller& caller, const std::string& last_event_id,
            std::shared_ptr<http::EventSink> sink) {
            stream.open(caller, last_event_id, std::move(sink));
        },
        {"Everything the caller may see, as it happens", http::Right::read_leads,
            "Server-sent events: hello, lead.created, lead.updated, lead.gone (an id: deleted, erased, "
            "or given to somebody whose leads the caller does not see), reset and changed. Last-Event-ID "
            "resumes without gaps; after a reset everything is to be read anew. changed has no id "
            "and names a topic (pages, doctor, test_lead, ledger, deliveries) to be read anew; after hello "
            "all of them are."});
}

}  // namespace leadcrm::events
