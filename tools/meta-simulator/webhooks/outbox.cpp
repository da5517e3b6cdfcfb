#include "meta-simulator/webhooks/outbox.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace leadcrm::simulator {

namespace {

constexpr std::size_t kept_deliveries_max = 5000;
constexpr std::size_t kept_body_bytes_max = 8 * 1024;

std::chrono::microseconds sped_up(std::chrono::microseconds time, double speed)
{
    return std::chrono::microseconds(
        static_cast<std::int64_t>(static_cast<double>(time.count()) / std::max(speed, 1e-6)));
}

std::vector<std::string> leadgen_ids_of(const std::vector<Change>& changes)
{
    std::vector<std::string> ids;
    for (const auto& change : changes) {
        const auto* id = change.value.if_contains("leadgen_id");
        if (id && id->is_string()) ids.emplace_back(id->get_string());
        if (id && id->is_int64()) ids.push_back(std::to_string(id->get_int64()));
    }
    return ids;
}

}  // namespace

std::chrono::seconds retry_interval(std::int64_t attempts)
{
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    constexpr std::array<seconds, 9> intervals{seconds(0), seconds(30), minutes(2), minutes(10),
        minutes(30), hours(1), hours(3), hours(6), hours(12)};
    const auto at =
        std::min<std::size_t>(static_cast<std::size_t>(attempts - 1), intervals.size() - 1);
    return intervals[at];
}

void Outbox::announce(Change change, const WebhookSettings& settings, Instant now, Dice& dice)
{
    ++counts_.changes;
    if (dice.chance(settings.drop)) {
        ++counts_.dropped;
        keep({.state = DeliveryState::dropped,
                 .changes = 1,
                 .made = now,
                 .leadgen_ids = leadgen_ids_of({change})},
            now);
        return;
    }
    auto due = now + std::chrono::milliseconds(settings.delay_ms);
    if (dice.chance(settings.reorder))
        due = due
            + std::chrono::milliseconds(1
                + dice.below(
                    static_cast<std::size_t>(std::max<std::int64_t>(1, settings.reorder_ms))));
    if (settings.gather_ms > 0) {
        const auto step = settings.gather_ms * 1000;
        due.us = (due.us / step + 1) * step;
    }
    if (dice.chance(settings.twice)) {
        ++counts_.doubled;
        changes_.emplace(due, change);
    }
    changes_.emplace(due, std::move(change));
}

void Outbox::announce_body(std::string body, Instant now)
{
    ++counts_.changes;
    keep({.changes = 1, .made = now, .body = std::move(body)}, now);
}

// Turns the changes that are due into deliveries, as many to one as the settings allow.
void Outbox::gather(const WebhookSettings& settings, Instant now)
{
    const auto end = changes_.upper_bound(now);
    std::vector<Change> together;
    std::set<std::string> page_ids;
    const auto close = [&] {
        if (together.empty()) return;
        keep({.changes = static_cast<std::int64_t>(together.size()),
                 .made = now,
                 .leadgen_ids = leadgen_ids_of(together),
                 .body = notification_body(together, settings, now)},
            now);
        together.clear();
        page_ids.clear();
    };
    for (auto at = changes_.begin(); at != end; at = changes_.erase(at)) {
        const bool another_page = !page_ids.contains(at->second.page_id)
            && static_cast<std::int64_t>(page_ids.size()) >= settings.pages_per_post;
        const bool full = static_cast<std::int64_t>(together.size()) >= settings.changes_per_post;
        if (!together.empty() && (another_page || full)) close();
        page_ids.insert(at->second.page_id);
        together.push_back(std::move(at->second));
    }
    close();
}

void Outbox::keep(Delivery delivery, Instant due)
{
    delivery.id = ++last_id_;
    if (delivery.state == DeliveryState::waiting) {
        delivery.next_try = due;
        due_.emplace(due, delivery.id);
    }
    deliveries_.emplace(delivery.id, std::move(delivery));
    forget_old();
}

void Outbox::forget_old()
{
    for (auto at = deliveries_.begin();
         at != deliveries_.end() && deliveries_.size() > kept_deliveries_max;) {
        const bool open = at->second.state == DeliveryState::waiting
            || at->second.state == DeliveryState::in_flight;
        if (open) break;  // the oldest is still on its way: the log may be longer for a while
        at = deliveries_.erase(at);
    }
}

std::vector<Post> Outbox::take_due(const WebhookSettings& settings, Instant now)
{
    if (settings.url.empty()) return {};
    gather(settings, now);
    std::vector<Post> posts;
    while (
        !due_.empty() && due_.begin()->first <= now && counts_.in_flight < settings.in_flight_max) {
        auto& delivery = deliveries_.at(due_.begin()->second);
        due_.erase(due_.begin());
        delivery.state = DeliveryState::in_flight;
        delivery.next_try.reset();
        if (!delivery.first_tried) delivery.first_tried = now;
        ++delivery.attempts;
        ++counts_.posts;
        ++counts_.in_flight;

        Post post{.delivery_id = delivery.id,
            .url = settings.url,
            .headers = notification_headers(delivery.body, settings),
            .body = delivery.body};
        if (settings.alter_body) post.body.back() = ' ';
        posts.push_back(std::move(post));
    }
    return posts;
}

void Outbox::finished(std::int64_t delivery_id, int status, std::string trouble,
    const WebhookSettings& settings, Instant now)
{
    const auto found = deliveries_.find(delivery_id);
    if (found == deliveries_.end()) return;
    Delivery& delivery = found->second;
    --counts_.in_flight;
    delivery.last_status = status;
    delivery.trouble = std::move(trouble);
    if (status >= 200 && status < 300) {
        delivery.state = DeliveryState::delivered;
        ++counts_.delivered;
        if (delivery.body.size() > kept_body_bytes_max) delivery.body.clear();
        return;
    }
    ++counts_.failed_posts;
    const auto next = now + sped_up(retry_interval(delivery.attempts), settings.retry_speed);
    const auto last = *delivery.first_tried
        + sped_up(std::chrono::hours(settings.give_up_after_h), settings.retry_speed);
    if (next > last) {
        delivery.state = DeliveryState::given_up;
        ++counts_.given_up;
        return;
    }
    delivery.state = DeliveryState::waiting;
    delivery.next_try = next;
    due_.emplace(next, delivery_id);
}

void Outbox::hurry(Instant now)
{
    std::set<std::pair<Instant, std::int64_t>> sooner;
    for (const auto& [due, id] : due_) {
        sooner.emplace(now, id);
        deliveries_.at(id).next_try = now;
    }
    due_ = std::move(sooner);
    std::multimap<Instant, Change> changes;
    for (auto& [due, change] : changes_) changes.emplace(now, std::move(change));
    changes_ = std::move(changes);
}

std::vector<Delivery> Outbox::newest(std::size_t count, std::optional<DeliveryState> state) const
{
    std::vector<Delivery> list;
    for (auto at = deliveries_.rbegin(); at != deliveries_.rend() && list.size() < count; ++at)
        if (!state || at->second.state == *state) list.push_back(at->second);
    return list;
}

DeliveryCounts Outbox::counts() const
{
    auto counts = counts_;
    counts.waiting = static_cast<std::int64_t>(due_.size() + changes_.size());
    return counts;
}

}  // namespace leadcrm::simulator
