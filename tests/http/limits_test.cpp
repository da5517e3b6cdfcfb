// Every limit, crossed.
#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <thread>

using namespace leadcrm;
using namespace leadcrm::testing;
using namespace std::chrono_literals;

namespace {

std::string padded(std::size_t bytes)
{
    std::string request = "GET /hello HTTP/1.1\r\nHost: x\r\nX-Pad: ";
    request += std::string(bytes - request.size() - 4, 'x');
    return request + "\r\n\r\n";
}

auto seconds_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

TEST_CASE("a head of 16 KiB is read, a longer one is 431")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    CHECK(client.ask(padded(16 * 1024)).body == "hello");
    const auto answer = client.ask(padded(16 * 1024 + 1));
    CHECK(answer.status == 431);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(client.is_closed());
    // Also one that never ends.
    RawClient endless(running.port());
    for (int i = 0; i < 100; ++i)
        if (!endless.send(std::string(1024, 'x'))) break;
    CHECK(endless.read_answer().status == 431);
}

TEST_CASE("a body as large as its route takes is read, a larger one is 413, chunked or not")
{
    RunningServer running;
    running.start();
    const std::string chunked =
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    {
        RawClient client(running.port());
        CHECK(client.ask(post("/echo", std::string(1000, 'x'))).body.size() == 1000);
        const auto half = "1f4\r\n" + std::string(500, 'x') + "\r\n";
        CHECK(client.ask(chunked + half + half + "0\r\n\r\n").body.size() == 1000);
        const auto answer = client.ask(chunked + half + half + "1\r\nx\r\n0\r\n\r\n");
        CHECK(answer.status == 413);
        CHECK(client.is_closed());
    }
    RawClient client(running.port());
    CHECK(client.ask(post("/echo", std::string(1001, 'x'))).status == 413);
    CHECK(client.is_closed());
}

TEST_CASE("a body without a limit of its own may have 256 KiB")
{
    RunningServer running;
    running.routes.raw("POST", "/count",
        [](const http::Request& request, const http::Respond& respond) {
            respond({200, "text/plain", std::to_string(request.body.size())});
        },
        {"Counts", http::Right::everybody});
    running.start();
    RawClient client(running.port());
    CHECK(client.ask(post("/count", std::string(256 * 1024, 'x'))).body == "262144");
    // The client is told, though it was still sending when it was refused.
    RawClient too_much(running.port());
    too_much.send(post("/count", std::string(256 * 1024 + 1, 'x')));
    CHECK(too_much.read_answer().status == 413);
}

TEST_CASE("chunk heads and trailers that never end are refused")
{
    RunningServer running;
    running.start();
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    RawClient extension(running.port());
    extension.send(head + "1;" + std::string(40'000, 'x'));
    CHECK(extension.read_answer().status == 400);
    RawClient trailer(running.port());
    trailer.send(head + "0\r\nX: " + std::string(40'000, 'x'));
    CHECK(trailer.read_answer().status == 400);
}

TEST_CASE("a head that does not arrive in time is 408, however it trickles")
{
    RunningServer running;
    running.settings.limits.header_time = 300ms;
    running.start();
    RawClient client(running.port());
    const auto begin = std::chrono::steady_clock::now();
    client.send("GET /hel");
    std::thread trickle([&] {
        for (int i = 0; i < 20 && client.send("l"); ++i) std::this_thread::sleep_for(50ms);
    });
    const auto answer = client.read_answer();
    CHECK(answer.status == 408);
    CHECK(seconds_since(begin) > 0.25);
    CHECK(seconds_since(begin) < 5);
    trickle.join();
}

TEST_CASE("a body that does not arrive in time is 408")
{
    RunningServer running;
    running.settings.limits.body_time = 300ms;
    running.start();
    RawClient client(running.port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
    CHECK(client.read_answer().status == 408);
    CHECK(client.is_closed());
}

TEST_CASE("a handler may take longer than any of these times")
{
    RunningServer running;
    running.settings.limits.header_time = 100ms;
    running.settings.limits.body_time = 100ms;
    running.settings.limits.idle_time = 5s;
    running.routes.raw("GET", "/slow",
        [](const http::Request&, const http::Respond& respond) {
            std::thread([respond] {
                std::this_thread::sleep_for(500ms);
                respond({200, "text/plain", "late"});
            }).detach();
        },
        {"Is slow", http::Right::everybody});
    running.start();
    RawClient client(running.port());
    CHECK(client.ask(get("/slow")).body == "late");
}

TEST_CASE("a connection that asks for nothing is closed")
{
    RunningServer running;
    running.settings.limits.idle_time = 300ms;
    running.start();
    RawClient silent(running.port());
    RawClient once(running.port());
    CHECK(once.ask(get("/hello")).body == "hello");
    CHECK(silent.is_closed(5s));
    CHECK(once.is_closed(5s));
}

TEST_CASE("a client that does not take its answer is dropped")
{
    RunningServer running;
    running.settings.limits.write_time = 300ms;
    running.settings.limits.connections_max = 1;
    const std::string large(std::size_t(64) * 1024 * 1024, 'x');
    running.routes.raw("GET", "/large",
        [&](const http::Request&, const http::Respond& respond) {
            respond({200, "text/plain", large});
        },
        {"Is large", http::Right::everybody});
    running.start();
    RawClient lazy(running.port());
    lazy.send(get("/large"));
    // The one connection is free again when the lazy client has lost it.
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
        RawClient next(running.port());
        if (next.ask(get("/hello")).status == 200) break;
        REQUIRE(seconds_since(begin) < 8);
        std::this_thread::sleep_for(50ms);
    }
    CHECK(seconds_since(begin) > 0.2);
}

TEST_CASE("one connection too many is answered 503")
{
    RunningServer running;
    running.settings.limits.connections_max = 3;
    running.start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(running.port()));
        CHECK(clients.back()->ask(get("/hello")).status == 200);
    }
    RawClient fourth(running.port());
    const auto answer = fourth.read_answer();
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "5");
    CHECK(fourth.is_closed());
    CHECK(clients.front()->ask(get("/hello")).status == 200);
}

TEST_CASE("bodies that are too much together are refused until there is room again")
{
    RunningServer running;
    running.settings.limits.bodies_max = 2500;
    running.start();
    const auto unfinished = post("/echo", std::string(1000, 'x'));
    const auto begin = unfinished.substr(0, unfinished.size() - 1);
    RawClient first(running.port());
    RawClient second(running.port());
    RawClient third(running.port());
    first.send(begin);
    second.send(begin);
    CHECK(first.ask("x").body.size() == 1000);
    first.send(begin);
    std::this_thread::sleep_for(1s);  // so that the third comes last
    third.send(begin);
    const auto refused = third.read_answer();
    CHECK(refused.status == 503);
    CHECK(refused.header("Retry-After") == "2");
    CHECK(first.ask("x").status == 200);
    CHECK(second.ask("x").status == 200);
    RawClient fourth(running.port());
    CHECK(fourth.ask(unfinished).status == 200);
}
