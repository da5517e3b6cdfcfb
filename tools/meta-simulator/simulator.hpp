// The whole simulator: answers requests (Graph and control), makes leads at the set rate and sends
// webhooks. A program is one of these behind an HTTP server (main.cpp); a test may hold one itself.
//
// All state is behind one mutex, and nothing waits while it is held: an answer is computed under it
// and sent after it; a webhook is taken out of the outbox under it and sent after it.
#pragma once

#include "meta-simulator/graph/graph.hpp"
#include "meta-simulator/pulse.hpp"
#include "meta-simulator/state.hpp"
#include "platform/http/message.hpp"
#include "platform/net/fetch.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace leadcrm::simulator {

struct Options {
    std::string app_id = "555000111222333";
    std::string app_secret = "simulated-app-secret";
    std::string verify_token = "simulated-verify-token";
    std::string webhook_url;  // empty: nothing is sent
    std::uint64_t seed = 1;
    std::int64_t pages = 3;
    std::uint64_t first_lead_id = 900'000'000'000'001;
    double rate = 0;  // leads per second
    double retry_speed = 1;
};

class Simulator {
public:
    explicit Simulator(Options options);
    ~Simulator();

    // Any request to the simulator. May answer later, from another thread.
    void handle(http::Request request, http::Respond respond);

    // The same without sending: what a call of the Graph API is answered with.
    Reply answer(const http::Request& request);

    // The state under its lock, for tests and the control API.
    template <class Action>
    auto with_state(Action action)
    {
        const std::lock_guard lock(mutex_);
        return action(state_);
    }

    // Sends what is due now. The simulator does so by itself while it runs.
    void send_due();
    // Back to the beginning, with the options it was started with.
    void reset(std::optional<std::uint64_t> seed);
    // Whatever else Meta sends or opens. `done` gets status 0 and the trouble when nobody answers.
    using Done = std::function<void(int status, std::string body)>;
    void post_form(const std::string& url, std::string form, Done done);
    void fetch_page(const std::string& url, Done done);
    // The handshake that Meta does when a webhook is set up: `done` gets what went wrong, or
    // nothing.
    void verify_webhook(std::function<void(std::string trouble)> done);

private:
    static State new_state(const Options& options);
    void beat();
    void reply_to(const http::Request& request, const http::Respond& respond);
    void shake_hands(const std::string& url, const std::string& verify_token,
        std::function<void(std::string trouble)> done);
    void post(const Post& post, std::int64_t life);

    Options options_;
    std::mutex mutex_;
    State state_;
    std::int64_t life_ =
        0;  // counts resets: what was sent before one is nobody's business after it
    // Last, so that their threads end before what they use; the pulse uses the client.
    net::Client client_;
    Pulse pulse_;
};

}  // namespace leadcrm::simulator
