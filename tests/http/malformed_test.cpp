#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace leadcrm;
using namespace leadcrm::testing;

namespace {

// What answers the first request of a connection, and that nothing after it is looked at.
int status_of_first(std::uint16_t port, const std::string& bytes)
{
    RawClient client(port);
    client.send(bytes + get("/hello"));
    client.finish_sending();
    const auto answer = client.read_answer();
    CHECK_MESSAGE(client.is_closed(), bytes);
    return answer.status;
}

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("requests that a proxy and a server could read in two ways are refused")
{
    RunningServer running;
    running.start();
    const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    for (const auto& bytes : {
             // Two lengths, or a length and chunks.
             post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + smuggled,
             post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + smuggled,
             post + "Content-Length: 5, 5\r\n\r\nhello" + smuggled,
             post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
             post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + smuggled,
             // Lengths that are no numbers.
             post + "Content-Length: +5\r\n\r\nhello",
             post + "Content-Length: 0x5\r\n\r\nhello",
             post + "Content-Length: -1\r\n\r\n",
             post + "Content-Length:\r\n\r\n",
             post + "Content-Length: 5 5\r\n\r\nhello",
             post + "Content-Length: 99999999999999999999999\r\n\r\n",
             // Codings that hide the length.
             post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
             post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + std::string(),
             // Lines that end or begin in odd ways.
             std::string("GET /hello HTTP/1.1\nHost: x\n\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: x\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: b\r\n folded: c\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\n Host: x\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost : x\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n"),
             "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: b" + std::string(1, '\0') + "c\r\n\r\n",
             std::string("\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n"),
             // Whose request is it?
             std::string("GET /hello HTTP/1.1\r\n\r\n"),
             std::string("GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
         })
        CHECK_MESSAGE(status_of_first(running.port(), bytes) == 400, bytes);
}

TEST_CASE("chunks that are none end the connection")
{
    RunningServer running;
    running.start();
    const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string body : {"x\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n",
             "-1\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n"})
        CHECK_MESSAGE(status_of_first(running.port(), head + body) == 400, body);
    CHECK(status_of_first(running.port(), head + "fffffffffffffffff\r\nhello\r\n") == 400);
    CHECK(status_of_first(running.port(), head + "ffffffffffffffff\r\nhello\r\n") == 413);
}

TEST_CASE("request lines that are none are answered and end the connection")
{
    RunningServer running;
    running.start();
    for (const std::string line :
        {"hello", "GET /hello", "GET  /hello HTTP/1.1", "GET hello HTTP/1.1", "GET /hello HTTP/2.0",
            "GET /hello HTTP/9.9", "GET /hello http/1.1", "G(T /hello HTTP/1.1",
            "GET /%zz HTTP/1.1", "GET /%00 HTTP/1.1", "GET /%ff HTTP/1.1", "GET /\xff HTTP/1.1",
            "CONNECT x:80 HTTP/1.1", "GET /hello HTTP/1.1 "})
        CHECK_MESSAGE(status_of_first(running.port(), line + "\r\nHost: x\r\n\r\n") == 400, line);
    // A TLS client at a plain port.
    CHECK(status_of_first(running.port(), std::string("\x16\x03\x01\x02\x00\x01\n", 7)) == 400);
}

TEST_CASE("a problem with the bytes is a problem+json too")
{
    RunningServer running;
    running.start();
    RawClient client(running.port());
    const auto answer = client.ask("hello\r\n\r\n");
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.header("Connection") == "close");
    CHECK(answer.json().at("request_id") == answer.header("X-Request-Id").c_str());
}

TEST_CASE("random bytes, and requests with random bytes in them, never take the server down")
{
    RunningServer running;
    running.start();
    std::mt19937 random{7};
    for (int i = 0; i < 300; ++i) {
        std::string bytes = i % 2 == 0 ? post("/echo", "some body", "X-Header: value\r\n") : "";
        if (bytes.empty()) bytes.resize(1 + random() % 200);
        for (unsigned changes = 1 + random() % 8; changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        RawClient client(running.port());
        client.send(bytes);
        client.finish_sending();
        client.read_all();
    }
    RawClient client(running.port());
    CHECK(client.ask(get("/hello")).body == "hello");
}
