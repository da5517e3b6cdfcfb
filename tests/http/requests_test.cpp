#include "platform/testing/running_server.hpp"

#include <doctest/doctest.h>

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
}
