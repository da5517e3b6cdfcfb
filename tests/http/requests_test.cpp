#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>

#include <future>
#include <thread>

using namespace leadcrm;
using namespace leadcrm::testing;

TEST_CASE("a connection is kept for further requests, and closed when asked")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());

    for (int i = 0; i < 3; ++i) CHECK(client.ask(get("/hello")).body == "hello");
    const auto last = client.ask(get("/hello", "Connection: close\r\n"));
    CHECK(last.body == "hello");
    CHECK(last.header("Connection") == "close");
    CHECK(client.is_closed());

    RawClient old(running.port());
    CHECK(old.ask("GET /hello HTTP/1.0\r\n\r\n").body == "hello");
    CHECK(old.is_closed());

    RawClient old_but_kept(running.port());
    const std::string kept = "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    CHECK(old_but_kept.ask(kept).body == "hello");
    CHECK(old_but_kept.ask(kept).body == "hello");
}

TEST_CASE("requests sent at once are answered in their order, also when a later one is ready first")
{
    RunningServer running;
    std::promise<http::Respond> slow;
    running.routes.raw("GET", "/slow",
        [&](const http::Request&, http::Respond respond) { slow.set_value(std::move(respond)); },
        {"Takes its time", http::Right::everybody});
    running.start();
    RawClient client(running.port());

    client.send(get("/slow") + get("/hello") + post("/echo", "third") + get("/nowhere"));
    const auto respond = slow.get_future().get();
    std::thread([&] { respond({200, "text/plain", "first"}); }).join();
    CHECK(client.read_answer().body == "first");
    CHECK(client.read_answer().body == "hello");
    CHECK(client.read_answer().body == "third");
    CHECK(client.read_answer().status == 404);
}

TEST_CASE("a request may come byte by byte")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    const std::string chunked =
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "6\r\nslowly\r\n0\r\n\r\n";
    for (const auto& request : {post("/echo", "slowly"), chunked}) {
        for (const char c : request) {
            client.send({&c, 1});
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
        CHECK(client.read_answer().body == "slowly");
    }
}

TEST_CASE("a chunked body is put together, its extensions and trailers left aside")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    CHECK(client.ask(head + "4\r\nWiki\r\n6;a=b\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\n\r\n")
              .body
        == "Wikipedia in \r\n\r\nchunks.");
    CHECK(client.ask(head + "1\r\na\r\n0\r\nHost: y\r\nX-Late: 1\r\n\r\n").body == "a");
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("a body is waited for with 100 Continue only when it will be taken")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    const std::string expect = "Expect: 100-continue\r\n\r\n";
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n" + expect);
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(client.ask("body").body == "body");

    CHECK(client.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n" + expect).status
        == 413);
}

TEST_CASE("HEAD says what GET would, without its body")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello"));
    const auto head = client.read_answer(true);
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == "5");
    CHECK(client.read_answer().body == "hello");
}

TEST_CASE("addresses and methods that are not there are told as problems")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());

    const auto nowhere = client.ask(get("/nowhere"));
    CHECK(nowhere.status == 404);
    CHECK(nowhere.content_type == "application/problem+json");
    const auto wrong = client.ask("DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("Allow") == "GET, HEAD, OPTIONS");
    CHECK(client.ask("BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 405);
    const auto options = client.ask("OPTIONS /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(options.status == 204);
    CHECK(options.header("Allow") == "GET, HEAD, OPTIONS");
    CHECK(client.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
    // The request with its body is over; the connection goes on.
    CHECK(client.ask(post("/nowhere", "some body")).status == 404);
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("the whole address, as a proxy is sent it, is understood")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    CHECK(client.ask("GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n").body == "hello");
    CHECK(client.ask("GET http://x HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
    CHECK(client.ask("GET HTTP://x/hello?a=b HTTP/1.1\r\nHost: x\r\n\r\n").body == "hello");
}

TEST_CASE("an answer tells its request, its date and what a browser must not do with it")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    const auto answer = client.ask(get("/hello", "X-Request-Id: forged\r\n"));
    CHECK(answer.header("X-Request-Id").size() == 15);
    CHECK(answer.header("X-Request-Id") != client.ask(get("/hello")).header("X-Request-Id"));
    CHECK(answer.header("Date").ends_with(" GMT"));
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(answer.header("Strict-Transport-Security").empty());
    const auto problem = client.ask(get("/nowhere"));
    CHECK(problem.json().at("request_id") == problem.header("X-Request-Id").c_str());
}

TEST_CASE("no value that a handler passes on becomes a header of its own")
{
    RunningServer running;
    running.routes.raw("GET", "/set",
        [](const http::Request& request, const http::Respond& respond) {
            respond({200, "text/plain", "", {{"X-Name", *request.query_value("name")}}});
        },
        {"Sets a header", http::Right::everybody});
    running.start();
    RawClient client(running.port());
    CHECK(client.ask(get("/set?name=ana")).header("X-Name") == "ana");
    const auto answer = client.ask(get("/set?name=a%0d%0aSet-Cookie:%20b=c"));
    CHECK(answer.status == 200);
    CHECK(answer.header("Set-Cookie").empty());
    CHECK(answer.header("X-Name").empty());
}

TEST_CASE("a handler that throws, or forgets to answer, is a 500 and nothing worse")
{
    RunningServer running;
    running.routes.raw("GET", "/throws",
        [](const http::Request&, const http::Respond&) { throw std::runtime_error("the secret"); },
        {"Throws", http::Right::everybody});
    running.routes.raw("GET", "/forgets", [](const http::Request&, const http::Respond&) {},
        {"Forgets", http::Right::everybody});
    running.routes.raw("GET", "/twice",
        [](const http::Request&, const http::Respond& respond) {
            respond({200, "text/plain", "once"});
            respond({200, "text/plain", "twice"});
        },
        {"Answers twice", http::Right::everybody});
    running.start();
    RawClient client(running.port());
    const auto thrown = client.ask(get("/throws"));
    CHECK(thrown.status == 500);
    CHECK(thrown.body.find("secret") == std::string::npos);
    CHECK(client.ask(get("/forgets")).status == 500);
    CHECK(client.ask(get("/twice")).body == "once");
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("an answer larger than any buffer arrives whole")
{
    RunningServer running;
    std::string large(std::size_t(20) * 1024 * 1024, 'x');
    large += "end";
    running.routes.raw("GET", "/large",
        [&](const http::Request&, const http::Respond& respond) {
            respond({200, "text/plain", large});
        },
        {"Is large", http::Right::everybody});
    running.start();
    RawClient client(running.port());
    const auto answer = client.ask(get("/large"));
    CHECK(answer.body.size() == large.size());
    CHECK(answer.body == large);
    CHECK(client.ask(get("/hello")).body == "hello");
}

TEST_CASE("the client's address comes from a trusted proxy, and https with it")
{
    RunningServer running;
    running.settings.trusted_proxies = "127.0.0.0/8";
    running.start();
    RawClient client(running.port());
    const auto answer = client.ask(
        post("/echo", "", "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"));
    CHECK(answer.header("X-Client") == "203.0.113.9");
    CHECK(answer.header("X-Secure") == "yes");
    CHECK(answer.header("Strict-Transport-Security") == "max-age=31536000");
    CHECK(client.ask(post("/echo", "")).header("X-Client") == "127.0.0.1");

    RunningServer alone;
    alone.start();
    RawClient stranger(alone.port());
    CHECK(stranger.ask(post("/echo", "", "X-Forwarded-For: 6.6.6.6\r\n")).header("X-Client")
        == "127.0.0.1");
}

TEST_CASE("an address that is taken is refused at start")
{
    RunningServer first;
    first.start();
    RunningServer second;
    second.settings.listen = "127.0.0.1:" + std::to_string(first.port());
    CHECK_THROWS_AS(second.start(), std::runtime_error);
    RunningServer nonsense;
    nonsense.settings.listen = "8080";
    CHECK_THROWS_AS(nonsense.start(), std::runtime_error);
}
