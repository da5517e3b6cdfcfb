// One request on its way through the dispatcher. Part of dispatcher.cpp.
#pragma once

#include "platform/http/dispatcher.hpp"
#include "platform/http/problem.hpp"

#include <exception>
#include <type_traits>

namespace leadcrm::http {

// Closures share it; `answer` is written by one of them at a time.
struct Dispatcher::Exchange {
    Request request;
    const Route& route;
    Respond respond;
    OpenStream open;
    Credentials credentials;
    std::shared_ptr<void> busy;
    RateLimit& key_limit;
    std::exception_ptr wrong = nullptr;  // what is wrong with the input
    std::shared_ptr<EventSink> sink = nullptr;
    Response answer = {};
    std::optional<RateLimit::Standing> standing = std::nullopt;  // of the API key that asks
    std::optional<std::string> idempotency_key = std::nullopt;
    std::shared_ptr<void> at_work = nullptr;  // holds the idempotency key

    void finish(const std::exception_ptr& error)
    {
        if (error && sink) sink->close();
        if (error) {
            answer = problem(error, request);
            if (answer.status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer");
        }
        if (standing) key_limit.tell(answer, *standing);
        at_work.reset();
        respond(std::move(answer));
    }

    // Once for a request, however often its transaction runs.
    void count_for(const ApiKeyId& key)
    {
        if (!standing) standing = key_limit.count(key);
        if (!standing->is_within)
            throw Failure::too_many(
                "This API key has asked too often. Please wait a moment.", standing->reset_s);
    }

    Act act_of(const Admitted& who) const { return {route, request, answer, who}; }

    std::optional<RepeatedRequest> repeated_by(const Admitted& who) const
    {
        if (!idempotency_key || !who.is_in_organization()) return std::nullopt;
        return std::optional<RepeatedRequest>(std::in_place, request,
            who.key ? who.key->text() : who.user_id.text(), *idempotency_key);
    }

    // True, with its first answer, when the request has been answered before.
    bool was_answered(const db::PlatformReader& db, const Admitted& who)
    {
        const auto repeated = repeated_by(who);
        if (!repeated) return false;
        auto given = repeated->given_answer(db.in_organization(who.organization_id));
        if (given) answer = std::move(*given);
        return given.has_value();
    }

    // What is left of it for the record when the answer has gone.
    struct Noted {
        Request request;
        Admitted who;
        const Route& route;
        std::shared_ptr<void> busy;
    };

    // Reads the input. An empty function when it is wrong.
    template <class Read>
    auto prepare(const Read& read)
    {
        std::invoke_result_t<const Read&, const Request&> prepared;
        try {
            prepared = read(request);
        } catch (...) {
            wrong = std::current_exception();
        }
        return prepared;
    }
};

}  // namespace leadcrm::http
