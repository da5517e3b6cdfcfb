// Telling screens what happens, live: every open stream of an organization hears each event that
// its user may know of, in order, as server-sent events, and goes on after a break where it stood.
//
// Problem: ten thousand streams, one event, a quarter of a second. Approach: streams do not read.
// A signal after a commit makes one reader per organization fetch what is new, once; each message
// is written once and its text shared by all who hear the same. Signals may be lost or doubled and
// may come from another node: the log decides what is new, by its numbers.
//
// A stream that joins reads what it missed by itself until it has caught up with the others. What
// lies more than resume_max events back is not told one by one: `reset` asks the client to read
// everything anew.
#pragma once

#include "events/log.hpp"
#include "platform/db/database.hpp"
#include "platform/http/routes.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leadcrm::events {

constexpr int resume_max = 1000;

// What is told about one lead.
struct News {
    std::string lead_json;
    std::string hidden_json;  // without the contact; empty when nobody is kept from seeing it
    std::optional<UserId> owner_id;
    std::optional<Instant> first_seen_at;  // now, if nobody had it on a screen before
};

// Given by who knows leads; leads that are gone are missing from the answer.
using Describe =
    std::function<std::map<LeadId, News>(const db::Reader& db, const std::vector<LeadId>& leads)>;

// Called with leads that somebody heard of for the first time.
using Seen = std::function<void(
    const OrganizationId& organization, const std::vector<LeadId>& leads, Instant at)>;

class Stream {
public:
    // `database` must outlive it. To be made before the database starts to work.
    Stream(db::Database& database, Describe describe, Seen seen);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    // `last_event_id` is empty, or the number of the last event the client has. Does not wait.
    void open(const http::Caller& caller, const std::string& last_event_id,
        std::shared_ptr<http::EventSink> sink);

    // How many streams are open.
    std::size_t size() const;

private:
    struct Hub;
    std::shared_ptr<Hub> hub_;
};

// `stream` must outlive the routes.
void add_routes(http::Routes& api, Stream& stream);

}  // namespace leadcrm::events
