#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace leadcrm;
using namespace leadcrm::testing;
using namespace std::chrono_literals;

namespace {

// A server with a route whose answers the test gives itself.
struct ServerWithSlowRoute : RunningServer {
    std::promise<http::Respond> asked;

    ServerWithSlowRoute()
    {
        routes.raw("GET", "/slow",
            [this](const http::Request&, http::Respond respond) {
                asked.set_value(std::move(respond));
            },
            {"Waits for the test", http::Right::everybody});
        start();
    }
};

}  // namespace

TEST_CASE("a server that stops finishes what it is doing and takes nothing new")
{
    ServerWithSlowRoute running;
    RawClient idle(running.port());
    idle.ask(get("/hello"));
    RawClient busy(running.port());
    busy.send(get("/slow"));
    const auto respond = running.asked.get_future().get();

    std::thread stopping([&] { running.server->stop(10s); });
    CHECK(idle.is_closed());
    CHECK_THROWS(RawClient(running.port()).ask(get("/hello")));
    std::this_thread::sleep_for(100ms);  // the other loop has heard of it too
    respond({200, "text/plain", "finished"});
    const auto answer = busy.read_answer();
    CHECK(answer.body == "finished");
    CHECK(answer.header("Connection") == "close");
    stopping.join();
}

TEST_CASE("a server that stops does not wait for ever")
{
    ServerWithSlowRoute running;
    RawClient busy(running.port());
    busy.send(get("/slow"));
    auto respond = running.asked.get_future().get();

    const auto begin = std::chrono::steady_clock::now();
    running.server->stop(200ms);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    CHECK(busy.is_closed());
    // The handler answers after all; nobody is there any more, and nothing breaks.
    running.server.reset();
    respond({200, "text/plain", "too late"});
    respond = nullptr;
}

TEST_CASE("a server that stops closes its streams, telling those who send into them")
{
    RunningServer running;
    std::promise<std::shared_ptr<http::EventSink>> opened;
    std::promise<void> closed;
    running.routes.stream("/stream",
        [&](const http::Caller&, const std::string&, std::shared_ptr<http::EventSink> sink) {
            sink->on_closed([&] { closed.set_value(); });
            opened.set_value(std::move(sink));
        },
        {"Streams"});
    running.start();
    RawClient client(running.port());
    client.send(get("/stream", "Cookie: leadcrm_session=ana\r\n"));
    client.read_until("\r\n\r\n");
    const auto sink = opened.get_future().get();

    const auto begin = std::chrono::steady_clock::now();
    running.server->stop(10s);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    closed.get_future().wait();
    CHECK(client.is_closed());
    sink->send(std::make_shared<const std::string>("data: late\n\n"));
}
