#include "platform/http/chunked_body.hpp"

#include <doctest/doctest.h>

using namespace leadcrm::http;

namespace {

using Found = ChunkedBody::Found;

struct Reading {
    Found found = Found::nothing_yet;
    std::string body;
    std::size_t taken = 0;
};

// As it arrives in pieces of `step` bytes, what was left coming again with the next piece.
Reading read(std::string_view bytes, std::size_t step, std::size_t body_max = 100)
{
    Reading reading;
    ChunkedBody chunks;
    for (std::size_t come = std::min(step, bytes.size());;
         come = std::min(come + step, bytes.size())) {
        std::size_t taken = 0;
        reading.found = chunks.take(
            bytes.substr(reading.taken, come - reading.taken), taken, reading.body, body_max);
        reading.taken += taken;
        if (reading.found != Found::nothing_yet || come == bytes.size()) return reading;
    }
}

}  // namespace

TEST_CASE("chunks are the same body, in whatever pieces they arrive")
{
    const std::string_view bytes = "4\r\nWiki\r\n6;a=\"b\"\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n"
                                   "0\r\nX-Trailer: yes\r\n\r\nGET / HTTP/1.1";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        const auto reading = read(bytes, step);
        CHECK(reading.found == Found::end);
        CHECK(reading.body == "Wikipedia in \r\n\r\nchunks.");
        CHECK(bytes.substr(reading.taken) == "GET / HTTP/1.1");
    }
}

TEST_CASE("a last chunk that arrives byte by byte is a last chunk")
{
    CHECK(read("0\r\n\r\n", 1).found == Found::end);
    CHECK(read("0\r\n", 1).found == Found::nothing_yet);
    CHECK(read("000;x\r\n\r\n", 1).found == Found::end);
}

TEST_CASE("lines that are no part of a chunked body are refused")
{
    for (const std::string_view bytes : {"\r\n", "x\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", "1 \r\n",
             " 1\r\n", ";a\r\n", "1\na", "1\r\na\n", "1\r\nab\r\n", "1\r\na0\r\n\r\n", "\n",
             "1;\x01\r\n", "0\r\nno colon\r\n\r\n", "0\r\n folded: x\r\n\r\n", "0\r\nA: b\n\r\n",
             "0\r\nA: b\rc\r\n\r\n", "fffffffffffffffff\r\n"})
        for (const std::size_t step : {std::size_t(1), std::size_t(3), bytes.size()})
            CHECK_MESSAGE(read(bytes, step).found == Found::malformed, bytes);
}

TEST_CASE("a body that grows too large is refused before its data comes")
{
    CHECK(read("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 1, 5).body == "abcde");
    CHECK(read("3\r\nabc\r\n3\r\n", 1, 5).found == Found::too_large);
    CHECK(read("ffffffffffffffff\r\n", 1, 5).found == Found::too_large);
}
