// Who runs jobs. One dispatcher does all the bookkeeping: in one transaction it writes down what
// ended, renews leases and claims as many due jobs as there are idle threads, so a stream of small
// jobs costs about one commit for each handful. The threads only run handlers.
//
// Nothing polls for work. The dispatcher sleeps until the earliest time it knows of: a job that
// was signalled after a commit (on this node or another), the next one of a kind as its last claim
// saw it, a lease to renew, or the sweep, which finds what died and what a lost signal hid.
#include "platform/jobs/attempt.hpp"
#include "platform/jobs/job_figures.hpp"
#include "platform/jobs/job_store.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace leadcrm::jobs {
namespace {

using store::Claim;
using store::Ended;
using store::Ending;

constexpr Instant never{INT64_MAX};
constexpr auto sweep_every = std::chrono::seconds(15);
constexpr auto pause_after_trouble = std::chrono::seconds(1);
// Jobs that are due but locked by a transaction of another node: look again shortly.
constexpr auto pause_for_locked = std::chrono::milliseconds(20);

struct Kind {
    Workers::Handler handler;
    Limits limits;
    KindFigures figures;
    int running = 0;
    Instant due = never;
};

// The lock is given away for a while, whatever happens meanwhile.
class Unlocked {
public:
    explicit Unlocked(std::unique_lock<std::mutex>& lock) : lock_(lock) { lock_.unlock(); }
    ~Unlocked() { lock_.lock(); }

private:
    std::unique_lock<std::mutex>& lock_;
};

struct Running {
    Claim claim;
    Instant renew_at;
};

// What the next transaction is to do, and what came of it.
struct Plan {
    struct Request {
        std::string kind;
        int count = 0;
        std::chrono::seconds lease{};
    };
    std::vector<Ended> ended;
    std::vector<Request> requests;
    std::vector<std::pair<Claim, std::chrono::seconds>> renewals;

    bool empty() const { return ended.empty() && requests.empty() && renewals.empty(); }
};

struct Result {
    std::vector<Claim> claims;
    std::map<std::string, Instant> due;

    void note_due(const std::string& kind, std::optional<Instant> at)
    {
        if (!at) return;
        auto& earliest = due.try_emplace(kind, never).first->second;
        earliest = std::min(earliest, *at);
    }
};

Result carry_out(db::PlatformTx& tx, const Plan& plan)
{
    Result result;
    const auto now = Instant::now();
    for (const auto& ended : plan.ended)
        result.note_due(ended.claim.kind, store::end(tx, ended, now));
    for (const auto& [claim, lease] : plan.renewals) store::renew(tx, claim, now + lease);
    for (const auto& [kind, count, lease] : plan.requests) {
        auto claims = store::claim(tx, kind, count, now, now + lease);
        const bool took_all = int(claims.size()) < count;
        std::move(claims.begin(), claims.end(), std::back_inserter(result.claims));
        auto next = took_all ? store::next_due(tx, kind) : now;
        if (took_all && next && *next <= now) next = now + pause_for_locked;
        result.note_due(kind, next);
    }
    return result;
}

}  // namespace

struct Workers::State {
    db::Database& database;
    const int thread_count;

    std::mutex mutex;  // guards everything below but the handlers, which do not change after start
    std::condition_variable news;  // for the dispatcher
    std::condition_variable work;  // for the threads
    std::condition_variable quiet;  // for stop(): a job ended
    std::map<std::string, Kind, std::less<>> kinds;
    std::deque<Claim> ready;
    std::map<JobId, Running> running;  // claimed by us: ready or in a handler
    std::vector<Ended> ended;  // not yet written down
    Instant sweep_at;
    bool stopping = false;
    bool out_of_patience = false;

    std::thread dispatcher;
    std::vector<std::thread> threads;

    State(db::Database& database, int thread_count) : database(database), thread_count(thread_count)
    {
    }

    // "0 meta.fetch_leads", from a database thread.
    void hear(std::string_view payload)
    {
        Instant due;
        const auto space = std::min(payload.find(' '), payload.size());
        std::from_chars(payload.data(), payload.data() + space, due.us);
        payload.remove_prefix(std::min(space + 1, payload.size()));
        const std::lock_guard lock(mutex);
        const auto kind = kinds.find(payload);
        if (kind == kinds.end() || kind->second.due <= due) return;
        kind->second.due = due;
        news.notify_one();
    }

    // ---- the dispatcher's turns; `lock` is held, except during the transaction
    // ---------------------

    Plan make_plan(Instant now)
    {
        Plan plan;
        plan.ended = std::exchange(ended, {});
        int idle = stopping ? 0 : thread_count - int(running.size());
        std::vector<std::pair<Instant, std::string>> due;
        for (const auto& [name, kind] : kinds)
            if (kind.due <= now) due.emplace_back(kind.due, name);
        std::sort(due.begin(), due.end());
        for (const auto& [at, name] : due) {
            auto& kind = kinds.at(name);
            const int count = std::min(idle, kind.limits.at_once - kind.running);
            if (count <= 0) continue;
            idle -= count;
            kind.due = never;  // whatever is signalled from here on is not lost
            plan.requests.push_back({name, count, kind.limits.lease});
        }
        for (auto& [id, mine] : running) {
            if (mine.renew_at > now) continue;
            const auto lease = kinds.at(mine.claim.kind).limits.lease;
            mine.renew_at = now + lease / 3;
            plan.renewals.emplace_back(mine.claim, lease);
        }
        return plan;
    }

    Instant wake_at() const
    {
        auto at = stopping ? Instant::now() + sweep_every : sweep_at;
        const bool idle = !stopping && int(running.size()) < thread_count;
        for (const auto& [name, kind] : kinds)
            if (idle && kind.running < kind.limits.at_once) at = std::min(at, kind.due);
        for (const auto& [id, mine] : running) at = std::min(at, mine.renew_at);
        return at;
    }

    void take(Result result, Instant now)
    {
        for (const auto& [name, at] : result.due)
            if (const auto kind = kinds.find(name); kind != kinds.end())
                kind->second.due = std::min(kind->second.due, at);
        for (auto& claim : result.claims) {
            auto& kind = kinds.at(claim.kind);
            ++kind.running;
            kind.figures.waited(now - claim.run_at);
            running[claim.id] = {claim, now + kind.limits.lease / 3};
            if (stopping)
                give_back(claim);
            else
                ready.push_back(std::move(claim));
        }
        work.notify_all();
    }

    // One transaction. False when there was nothing to do.
    bool turn(std::unique_lock<std::mutex>& lock)
    {
        const auto plan = make_plan(Instant::now());
        if (plan.empty()) return false;
        try {
            Result result;
            {
                const Unlocked unlocked(lock);
                result = database.write_platform(
                    [&](db::PlatformTx& tx) { return carry_out(tx, plan); });
            }
            take(std::move(result), Instant::now());
        } catch (...) {
            // Whatever was claimed all the same comes back when its lease ends.
            ended.insert(ended.end(), plan.ended.begin(), plan.ended.end());
            for (const auto& request : plan.requests) kinds.at(request.kind).due = Instant{};
            throw;
        }
        return true;
    }

    void sweep(std::unique_lock<std::mutex>& lock)
    {
        const auto now = Instant::now();
        sweep_at = now + sweep_every;
        std::vector<store::Backlog> backlog;
        {
            const Unlocked unlocked(lock);
            const auto lost = database.write_platform(
                [&](db::PlatformTx& tx) { return store::return_lost(tx, now, now); });
            if (lost > 0)
                log::warn(
                    "jobs came back from workers that died", {{"jobs", std::to_string(lost)}});
            backlog = database.read_platform(store::backlog);
        }
        for (auto& [name, kind] : kinds) kind.figures.backlog(0, Instant{});
        for (const auto& [name, waiting, oldest] : backlog) {
            const auto kind = kinds.find(name);
            if (kind == kinds.end()) continue;
            kind->second.figures.backlog(waiting, oldest);
            kind->second.due = std::min(kind->second.due, oldest);
        }
    }

    void dispatch()
    {
        std::unique_lock lock(mutex);
        while (!finished()) {
            try {
                if (!stopping && sweep_at <= Instant::now()) sweep(lock);
                if (!turn(lock) && !finished()) news.wait_for(lock, wake_at() - Instant::now());
            } catch (const std::exception& why) {
                log::error("the job queue cannot reach the database", {{"why", reason_of(why)}});
                if (news.wait_for(lock, pause_after_trouble, [this] { return out_of_patience; }))
                    return;  // what was not written down comes back when its lease ends
            }
        }
    }

    bool finished() const
    {
        return stopping && ended.empty() && (running.empty() || out_of_patience);
    }

    // ---- the threads
    // ---------------------------------------------------------------------------------

    void run_next(std::unique_lock<std::mutex>& lock)
    {
        const auto claim = std::move(ready.front());
        ready.pop_front();
        auto& kind = kinds.at(claim.kind);
        lock.unlock();
        const auto began = Instant::now();
        auto outcome = attempt(claim, kind.handler);
        kind.figures.ended(outcome.ending, Instant::now() - began);
        lock.lock();
        forget(claim, std::move(outcome));
    }

    void forget(const Claim& claim, Ended outcome)
    {
        --kinds.at(claim.kind).running;
        running.erase(claim.id);
        ended.push_back(std::move(outcome));
        news.notify_one();
        quiet.notify_all();
    }

    void give_back(const Claim& claim) { forget(claim, {claim, Ending::given_back}); }

    void work_until_stopped()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            work.wait(lock, [this] { return stopping || !ready.empty(); });
            if (ready.empty()) return;
            run_next(lock);
        }
    }
};

Workers::Workers(db::Database& database, int threads)
    : state_(std::make_shared<State>(database, threads))
{
    database.on_signal(
        std::string(store::channel), [weak = std::weak_ptr(state_)](std::string_view payload) {
            if (const auto state = weak.lock()) state->hear(payload);
        });
}

Workers::~Workers() { stop(); }

void Workers::handle(std::string kind, Handler handler, Limits limits)
{
    KindFigures figures(kind);
    state_->kinds.insert_or_assign(
        std::move(kind), Kind{std::move(handler), limits, std::move(figures)});
}

void Workers::start()
{
    auto& state = *state_;
    // An embedded database has one server: what was running before this one began, runs nowhere.
    if (state.database.dialect() == db::Dialect::sqlite)
        state.database.write_platform(
            [](db::PlatformTx& tx) { store::return_lost(tx, Instant::now(), never); });
    state.dispatcher = std::thread([&state] { state.dispatch(); });
    for (int i = 0; i < state.thread_count; ++i)
        state.threads.emplace_back([&state] { state.work_until_stopped(); });
}

void Workers::stop(std::chrono::milliseconds patience, const std::function<void()>& interrupt)
{
    auto& state = *state_;
    if (!state.dispatcher.joinable()) return;
    std::unique_lock lock(state.mutex);
    state.stopping = true;
    for (const auto& claim : std::exchange(state.ready, {})) state.give_back(claim);
    state.work.notify_all();
    state.news.notify_one();
    state.quiet.wait_for(lock, patience, [&] { return state.running.empty(); });
    for (const auto& [id, mine] : state.running) {
        log::warn("a job is still running and was given back",
            {{"job_id", id.text()}, {"kind", mine.claim.kind}});
        state.ended.push_back({mine.claim, Ending::given_back});
    }
    const bool finished = state.running.empty();
    state.out_of_patience = true;
    state.news.notify_one();
    lock.unlock();
    if (!finished && interrupt) interrupt();
    state.dispatcher.join();
    for (auto& thread : state.threads) thread.join();
}

void Workers::run_due()
{
    auto& state = *state_;
    std::unique_lock lock(state.mutex);
    for (bool ran = true; ran;) {
        ran = false;
        state.sweep(lock);  // rather than waiting for signals
        while (state.turn(lock))
            for (; !state.ready.empty(); ran = true) state.run_next(lock);
    }
}

}  // namespace leadcrm::jobs
