#include "platform/http/pending_answer.hpp"

#include "platform/http/problem.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace leadcrm::http {

namespace asio = boost::asio;

// Shared by the copies of one Respond.
class PendingAnswer::Promise {
public:
    Promise(std::shared_ptr<PendingAnswer> answer, std::string request_id)
        : answer_(std::move(answer)), request_id_(std::move(request_id))
    {
    }
    Promise(const Promise&) = delete;
    ~Promise()
    {
        if (!answer_) return;
        log::error("request was not answered", {{"request_id", request_id_}});
        answer_->put(
            problem(500, "Something went wrong on our side. Please try again.", request_id_));
    }

    // The first one counts, whichever thread it comes from.
    void keep(Response&& response)
    {
        if (!is_kept_.exchange(true)) std::exchange(answer_, nullptr)->put(std::move(response));
    }

private:
    std::shared_ptr<PendingAnswer> answer_;
    std::string request_id_;
    std::atomic<bool> is_kept_ = false;
};

PendingAnswer::PendingAnswer(std::shared_ptr<Loop> loop) : loop_(std::move(loop)) { }

Respond PendingAnswer::promise(const std::shared_ptr<PendingAnswer>& self, std::string request_id)
{
    self->state_ = State::expected;
    auto promise = std::make_shared<Promise>(self, std::move(request_id));
    return [promise = std::move(promise)](Response given) { promise->keep(std::move(given)); };
}

Awaitable<void> PendingAnswer::arrive()
{
    auto wait = [this](Waiting handler) {
        waiting_.emplace(std::move(handler));
        auto expected = State::expected;
        if (!state_.compare_exchange_strong(expected, State::awaited))
            asio::post(loop_->context(), std::move(*waiting_));
    };
    co_await asio::async_initiate<const Await, void()>(wait, await);
}

void PendingAnswer::put(Response&& answer)
{
    response = std::move(answer);
    if (state_.exchange(State::here) != State::awaited) return;
    const auto loop = loop_;  // `this` may end with what the next lines begin
    asio::post(loop->context(), std::move(*waiting_));
    loop->finish_if_over();
}

}  // namespace leadcrm::http
