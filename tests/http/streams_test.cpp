#include "platform/testing/comes_true.hpp"
#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <atomic>
#include <thread>

using namespace leadcrm;
using namespace leadcrm::testing;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const std::string> text(std::string bytes)
{
    return std::make_shared<const std::string>(std::move(bytes));
}

// Greets with the number after the one the reader knows, and keeps every sink.
struct StreamingServer : RunningServer {
    std::mutex mutex;
    std::vector<std::shared_ptr<http::EventSink>> sinks;
    std::atomic<int> closed = 0;
    std::atomic<bool> bob_may_hear = true;
    std::optional<Failure::Kind> why_not = {};  // with a word to say; else bob is just not known

    StreamingServer()
    {
        site.authenticate = [this](db::PlatformReader& db, const http::Credentials& by) {
            const bool is_known = by.session_token != "bob" || bob_may_hear;
            if (!is_known && why_not) throw Failure(*why_not, "No.");
            return is_known ? ana_or_bob(db, by) : std::nullopt;
        };
        routes.stream("/stream",
            [this](const http::Caller& caller, const std::string& last,
                const std::shared_ptr<http::EventSink>& sink) {
                sink->send(text("event: hello\ndata: " + caller.role + " after " + last + "\n\n"));
                sink->on_closed([this] { ++closed; });
                const std::lock_guard lock(mutex);
                sinks.push_back(sink);
            },
            {"Streams"});
        routes.stream("/refused",
            [](const http::Caller&, const std::string&, const std::shared_ptr<http::EventSink>&) {
                throw Failure::not_found("There is nothing to hear.");
            },
            {"Refuses"});
    }

    std::shared_ptr<http::EventSink> sink(std::size_t index)
    {
        const std::lock_guard lock(mutex);
        return sinks.at(index);
    }
};

const std::string ana = "Cookie: leadcrm_session=ana\r\n";

}  // namespace

TEST_CASE("a stream begins where its reader left off and brings what is sent, in order")
{
    StreamingServer running;
    running.start();
    RawClient client(running.port());
    client.send(get("/stream", ana + "Last-Event-ID: 41\r\n"));
    const auto head = client.read_until("\r\n\r\n");
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(head.find("Cache-Control: no-store\r\n") != std::string::npos);
    CHECK(head.find("X-Request-Id: ") != std::string::npos);
    CHECK(client.read_until("\n\n") == "event: hello\ndata: ana after 41\n\n");

    std::string expected;
    for (int i = 0; i < 200; ++i) {
        expected += "data: " + std::to_string(i) + "\n\n";
        running.sink(0)->send(text("data: " + std::to_string(i) + "\n\n"));
    }
    CHECK(client.read_until("data: 199\n\n") == expected);
    running.sink(0)->send(text("data: last\n\n"));
    running.sink(0)->close();
    CHECK(client.read_all() == "data: last\n\n");
    CHECK(running.closed == 1);
}

TEST_CASE("a stream that is refused is an ordinary answer")
{
    StreamingServer running;
    running.start();
    RawClient client(running.port());
    CHECK(client.ask(get("/stream")).status == 401);
    CHECK(client.ask(get("/refused", ana)).status == 404);
    client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.read_answer(true).status == 405);
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("a reader who goes away is noticed, and sending to it is harmless")
{
    StreamingServer running;
    running.start();
    {
        RawClient client(running.port());
        client.send(get("/stream", ana));
        client.read_until("\n\n");
    }
    CHECK(comes_true([&] { return running.closed == 1; }));
    running.sink(0)->send(text("data: nobody\n\n"));
    std::atomic<bool> told = false;
    running.sink(0)->on_closed([&] { told = true; });
    CHECK(told);
}

TEST_CASE("a reader who does not read is dropped; the others hear everything")
{
    StreamingServer running;
    running.start();
    RawClient lazy(running.port());
    const int small = 4096;
    ::setsockopt(lazy.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    lazy.send(get("/stream", ana));
    lazy.read_until("\n\n");
    REQUIRE(comes_true([&] { return running.sinks.size() == 1; }));
    RawClient eager(running.port());
    eager.send(get("/stream", ana));
    eager.read_until("\n\n");
    REQUIRE(comes_true([&] { return running.sinks.size() == 2; }));

    const auto event = text("data: " + std::string(60'000, 'x') + "\n\n");
    int sent = 0;
    std::thread reader([&] { eager.read_until("data: end\n\n"); });
    while (running.closed == 0 && sent < 5'000) {
        running.sink(0)->send(event);
        running.sink(1)->send(event);
        ++sent;
        std::this_thread::sleep_for(1ms);
    }
    CHECK(running.closed == 1);
    CHECK(sent > 256);
    running.sink(1)->send(text("data: end\n\n"));
    reader.join();
    CHECK(running.closed == 1);
}

TEST_CASE("a quiet stream is kept open by comments")
{
    StreamingServer running;
    running.settings.limits.heartbeat = 200ms;
    running.settings.limits.idle_time = 300ms;
    running.start();
    RawClient client(running.port());
    client.send(get("/stream", ana));
    client.read_until("\n\n");
    for (int i = 0; i < 3; ++i) CHECK(client.read_until(":\n\n").ends_with(":\n\n"));
}

TEST_CASE("a stream ends when its reader may no longer hear it")
{
    using Kind = Failure::Kind;
    const std::optional<Kind> whys[] = {std::nullopt, Kind::signed_out, Kind::forbidden};
    for (const auto& why : whys) {
        StreamingServer running;
        running.settings.limits.stream_check = 100ms;
        running.why_not = why;
        running.start();
        RawClient client(running.port());
        client.send(get("/stream", "Cookie: leadcrm_session=bob\r\n"));
        client.read_until("hello\ndata: bob after \n\n");
        std::this_thread::sleep_for(400ms);
        CHECK(running.closed == 0);
        running.bob_may_hear = false;
        CHECK(client.is_closed());
        CHECK(running.closed == 1);
    }
}

TEST_CASE("a stream goes on while nobody can say whether its reader may hear it")
{
    StreamingServer running;
    running.settings.limits.stream_check = 100ms;
    running.why_not = Failure::Kind::internal;
    running.start();
    RawClient client(running.port());
    client.send(get("/stream", "Cookie: leadcrm_session=bob\r\n"));
    client.read_until("hello\ndata: bob after \n\n");
    running.bob_may_hear = false;
    std::this_thread::sleep_for(400ms);
    CHECK(running.closed == 0);
}

TEST_CASE("one event reaches many streams, from many threads at once")
{
    StreamingServer running;
    running.start();
    constexpr int readers = 50;
    constexpr int events = 40;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < readers; ++i) {
        clients.push_back(std::make_unique<RawClient>(running.port()));
        clients.back()->send(get("/stream", ana));
        clients.back()->read_until("ana after \n\n");
    }
    REQUIRE(comes_true([&] { return running.sinks.size() == readers; }));
    std::vector<std::thread> senders;
    for (int thread = 0; thread < 4; ++thread)
        senders.emplace_back([&] {
            for (int i = 0; i < events; ++i)
                for (int to = 0; to < readers; ++to)
                    running.sink(static_cast<std::size_t>(to))->send(text("data: e\n\n"));
        });
    for (auto& sender : senders) sender.join();
    for (const auto& sink : running.sinks) sink->close();
    for (const auto& client : clients)
        CHECK(client->read_all().size() == std::size_t(events) * 4 * 9);
}
