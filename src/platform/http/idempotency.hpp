// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a POST that comes again with its
// key within a day gets the answer it got, and does nothing. A key that comes with another request
// is refused (422), and so is one whose first request is still at work (409). Only answers of
// success are kept: what failed did nothing and may be tried again.
#pragma once

#include "platform/db/session.hpp"
#include "platform/http/message.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace leadcrm::http {

constexpr std::chrono::hours answers_kept{24};

struct Route;

// A POST of somebody who is known: it takes an Idempotency-Key.
bool is_repeatable(const Route& route);

// The request's key, without the quotes it may stand in. Throws Failure::malformed for an empty
// one, one of more than 255 characters, or one that is not ASCII.
std::optional<std::string> idempotency_key(const Request& request);

// The keys whose requests are at work in this process. Thread-safe.
class KeysAtWork {
public:
    // Held as long as the pointer lives. Throws Failure::conflict when it is held already.
    std::shared_ptr<void> hold(std::string name);

private:
    std::mutex mutex_;
    std::set<std::string> held_;
};

// One request of somebody (`who`, an id) and what it was answered. The answer is sealed under the
// key, which is not stored: it may hold a secret that is told once.
class RepeatedRequest {
public:
    RepeatedRequest(const Request& request, const std::string& who, const std::string& key);

    // Throws Failure::invalid when the key came with another request.
    std::optional<Response> given_answer(const db::Reader& db) const;
    // Throws Failure::conflict when another process was faster.
    void keep(db::Tx& tx, const Response& answer) const;

private:
    const std::string key_;
    const db::Blob name_;
    const db::Blob request_hash_;
};

}  // namespace leadcrm::http
