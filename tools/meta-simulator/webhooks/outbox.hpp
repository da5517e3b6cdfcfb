// What waits to be told, what is being told, and how it went: the log of deliveries.
//
// Meta delivers at least once: a delivery that is not answered with 2xx is tried again at once,
// then at growing intervals, for 36 hours. All of it is a matter of the clock that is passed in;
// nothing here sleeps or sends. The sending is the Simulator's: simulator.hpp.
#pragma once

#include "meta-simulator/webhooks/notification.hpp"
#include "meta-simulator/world/dice.hpp"
#include "platform/time/instant.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace leadcrm::simulator {

BOOST_DEFINE_ENUM_CLASS(DeliveryState, waiting, in_flight, delivered, given_up, dropped)

struct Delivery {
    std::int64_t id = 0;
    DeliveryState state = DeliveryState::waiting;
    std::int64_t changes = 0;
    std::int64_t attempts = 0;
    std::int64_t last_status = 0;  // 0: no answer
    std::string trouble;
    Instant made;
    std::optional<Instant> first_tried;
    std::optional<Instant> next_try;
    std::vector<std::string> leadgen_ids;
    std::string body;  // large ones are forgotten once delivered
};
BOOST_DESCRIBE_STRUCT(Delivery, (),
    (id, state, changes, attempts, last_status, trouble, made, first_tried, next_try, leadgen_ids,
        body))

struct DeliveryCounts {
    std::int64_t changes = 0;
    std::int64_t dropped = 0;
    std::int64_t doubled = 0;
    std::int64_t posts = 0;  // attempts
    std::int64_t failed_posts = 0;
    std::int64_t delivered = 0;
    std::int64_t given_up = 0;
    std::int64_t waiting = 0;
    std::int64_t in_flight = 0;
};
BOOST_DESCRIBE_STRUCT(DeliveryCounts, (),
    (changes, dropped, doubled, posts, failed_posts, delivered, given_up, waiting, in_flight))

// One POST to make now.
struct Post {
    std::string app = {};  // another app's; empty: ours
    std::int64_t delivery_id = 0;
    std::string url;
    http::Headers headers;
    std::string body;
};

class Outbox {
public:
    // Takes a change in, unless the dice drop it; doubles, delays and holds back as the settings
    // say.
    void announce(Change change, const WebhookSettings& settings, Instant now, Dice& dice);
    // A ready body, such as the dashboard's test.
    void announce_body(std::string body, Instant now);

    // What is due, at most as many as may be in flight at once.
    std::vector<Post> take_due(const WebhookSettings& settings, Instant now);
    // How a POST went; `status` 0 when there was no answer. Anything but 2xx is tried again.
    void finished(std::int64_t delivery_id, int status, std::string trouble,
        const WebhookSettings& settings, Instant now);
    // Everything that waits is due at once, whatever the schedule says.
    void hurry(Instant now);

    // The newest first.
    std::vector<Delivery> newest(std::size_t count, std::optional<DeliveryState> state) const;
    DeliveryCounts counts() const;

private:
    void gather(const WebhookSettings& settings, Instant now);
    void keep(Delivery delivery, Instant due);
    void forget_old();

    std::multimap<Instant, Change> changes_;  // by when they are due
    std::map<std::int64_t, Delivery> deliveries_;
    std::set<std::pair<Instant, std::int64_t>> due_;
    std::int64_t last_id_ = 0;
    DeliveryCounts counts_;
};

// How long after try number `attempts` (1: the first) the next one comes.
std::chrono::seconds retry_interval(std::int64_t attempts);

}  // namespace leadcrm::simulator
