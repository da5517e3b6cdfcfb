// The parts of Boost that this folder compiles are there, and work together in one program.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>

#include <doctest/doctest.h>

TEST_CASE("the parts of Boost that are compiled from source work")
{
    int turns = 0;
    boost::asio::io_context loop;
    boost::asio::post(loop, [&] { ++turns; });
    loop.run();
    CHECK(turns == 1);

    CHECK(boost::beast::http::to_string(boost::beast::http::field::host) == "Host");
    CHECK(boost::json::parse(R"({"a": 1})").at("a") == 1);
    CHECK(boost::urls::parse_uri("https://a.example/b")->host() == "a.example");
}
