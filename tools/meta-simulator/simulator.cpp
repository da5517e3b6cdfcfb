#include "meta-simulator/simulator.hpp"

#include "meta-simulator/control/control_api.hpp"
#include "meta-simulator/login/dialog.hpp"
#include "platform/json/json.hpp"

#include <utility>

namespace leadcrm::simulator {

namespace {

constexpr std::chrono::milliseconds beat_interval{10};

// Meta's numbers for hub.challenge look like this.
std::string make_challenge(Dice& dice)
{
    return std::to_string(1'000'000'000 + dice.below(1'000'000'000));
}

// The call that sets up an app's webhook. Meta verifies the address before it answers.
std::optional<GraphCall> subscription_in(const http::Request& request)
{
    if (request.method != "POST" || !request.path.ends_with("/subscriptions")) return std::nullopt;
    auto call = read_call(request);
    if (!call.parameter("callback_url")) return std::nullopt;
    return call;
}

}  // namespace

State Simulator::new_state(const Options& options)
{
    State state(options.seed, options.app_id, options.app_secret);
    state.webhook.url = options.webhook_url;
    state.webhook.verify_token = options.verify_token;
    state.webhook.retry_speed = options.retry_speed;
    state.world.number_leads_from(options.first_lead_id);
    state.world.populate(static_cast<std::size_t>(options.pages), state.clock.now());
    state.rate.set(options.rate, std::nullopt, state.clock.now());
    return state;
}

Simulator::Simulator(Options options) : options_(std::move(options)), state_(new_state(options_))
{
    pulse_.after(beat_interval, [this] { beat(); });
}

// Calls that end because the client does are nobody's business any more.
Simulator::~Simulator()
{
    const std::lock_guard lock(mutex_);
    ++life_;
}

void Simulator::handle(http::Request request, http::Respond respond)
{
    if (request.path == "/_control" || request.path.starts_with("/_control/")) {
        answer_control(*this, request, respond);
        send_due();
        return;
    }
    if (const auto call = subscription_in(request)) {
        const auto url = call->parameter("callback_url").value_or("");
        return shake_hands(url, call->parameter("verify_token").value_or(""),
            [this, request, respond](const std::string& trouble) {
                if (trouble.empty()) return reply_to(request, respond);
                respond({.status = 400,
                    .content_type = "application/json",
                    .body = json::print(json::object{{"error",
                        json::object{{"code", 2200}, {"type", "OAuthException"},
                            {"message",
                                "(#2200) Callback verification failed with the following "
                                "errors: "
                                    + trouble}}}})});
            });
    }
    reply_to(request, respond);
}

void Simulator::reply_to(const http::Request& request, const http::Respond& respond)
{
    auto reply = answer(request);
    send_due();  // a test lead made by this call
    if (reply.wait.count() == 0) return respond(std::move(reply.response));
    pulse_.after(
        reply.wait, [respond, response = std::move(reply.response)] { respond(response); });
}

Reply Simulator::answer(const http::Request& request)
{
    const std::lock_guard lock(mutex_);
    if (is_dialog(request.path)) return {.response = answer_dialog(state_, request)};
    return answer_graph(state_, request);
}

void Simulator::beat()
{
    {
        const std::lock_guard lock(mutex_);
        const auto now = state_.clock.now();
        for (auto due = state_.rate.take_due(now); due > 0; --due)
            announce_lead(state_, state_.world.add_lead({}, now));
    }
    send_due();
    pulse_.after(beat_interval, [this] { beat(); });
}

void Simulator::send_due()
{
    std::vector<Post> posts;
    std::int64_t life = 0;
    {
        const std::lock_guard lock(mutex_);
        posts = state_.outbox.take_due(state_.webhook, state_.clock.now());
        for (auto& [app, outbox] : state_.other_outboxes)
            for (auto& one : outbox.take_due(webhook_of(state_, app), state_.clock.now())) {
                one.app = app;
                posts.push_back(std::move(one));
            }
        life = life_;
    }
    for (const auto& one : posts) post(one, life);
}

void Simulator::post(const Post& post, std::int64_t life)
{
    net::Request request{
        .method = "POST", .url = post.url, .headers = post.headers, .body = post.body};
    with_state([&](State& state) {
        request.time_max = std::chrono::milliseconds(state.webhook.answer_ms_max);
    });
    client_.start(std::move(request),
        [this, life, id = post.delivery_id, app = post.app](net::Answer answer) {
            {
                const std::lock_guard lock(mutex_);
                if (life != life_) return;
                auto& outbox = app.empty() ? state_.outbox : state_.other_outboxes[app];
                outbox.finished(id, answer.status, std::move(answer.trouble), state_.webhook,
                    state_.clock.now());
            }
            send_due();
        });
}

void Simulator::reset(std::optional<std::uint64_t> seed)
{
    auto options = options_;
    options.seed = seed.value_or(options.seed);
    auto fresh = new_state(options);
    const std::lock_guard lock(mutex_);
    state_ = std::move(fresh);
    ++life_;
}

void Simulator::post_form(const std::string& url, std::string form, Done done)
{
    net::Request request{.method = "POST", .url = url, .body = std::move(form)};
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    client_.start(std::move(request), [done = std::move(done)](net::Answer answer) {
        done(answer.status, answer.status == 0 ? answer.trouble : std::move(answer.body));
    });
}

void Simulator::fetch_page(const std::string& url, Done done)
{
    client_.start({.url = url}, [done = std::move(done)](net::Answer answer) {
        done(answer.status, answer.status == 0 ? answer.trouble : std::move(answer.body));
    });
}

void Simulator::verify_webhook(std::function<void(std::string trouble)> done)
{
    const auto [url, token] = with_state(
        [](State& state) { return std::pair(state.webhook.url, state.webhook.verify_token); });
    shake_hands(url, token, std::move(done));
}

void Simulator::shake_hands(const std::string& url, const std::string& verify_token,
    std::function<void(std::string trouble)> done)
{
    const auto challenge = with_state([](State& state) { return make_challenge(state.trace); });
    net::Request request;
    request.url = url + (url.find('?') == url.npos ? "?" : "&")
        + "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token=" + verify_token;
    client_.start(std::move(request), [challenge, done = std::move(done)](net::Answer answer) {
        if (answer.status == 0) return done("no answer: " + answer.trouble);
        if (answer.status != 200) return done("status " + std::to_string(answer.status));
        done(answer.body == challenge ? "" : "the answer is not the challenge");
    });
}

}  // namespace leadcrm::simulator
