#include "platform/failure.hpp"
#include "platform/http/router.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using http::Right;

namespace {

http::Routes routes_of(const std::vector<std::pair<std::string, std::string>>& paths)
{
    http::Routes routes;
    for (const auto& [method, path] : paths)
        routes.raw(method, path, [](const http::Request&, const http::Respond&) {},
            {path, Right::everybody});
    return routes;
}

std::string found(const http::Router& router, std::string_view method, std::string_view path)
{
    const auto match = router.find(method, path);
    return match.route ? match.route->path : match.allowed.empty() ? "nothing" : "not allowed";
}

}  // namespace

TEST_CASE("a path finds its route, an exact segment before a parameter")
{
    const auto routes = routes_of({{"GET", "/leads"}, {"GET", "/leads/{id}"},
        {"GET", "/leads/count"}, {"GET", "/{kind}/count/all"}, {"GET", "/"}});
    const http::Router router(routes);

    CHECK(found(router, "GET", "/") == "/");
    CHECK(found(router, "GET", "/leads") == "/leads");
    CHECK(found(router, "GET", "/leads/count") == "/leads/count");
    CHECK(found(router, "GET", "/leads/7") == "/leads/{id}");
    // The exact "leads" leads nowhere here, so the search turns back.
    CHECK(found(router, "GET", "/leads/count/all") == "/{kind}/count/all");
    CHECK(found(router, "GET", "/leads/") == "nothing");
    CHECK(found(router, "GET", "/Leads") == "nothing");
    CHECK(found(router, "GET", "/leads/7/8") == "nothing");
}

TEST_CASE("parameters are decoded segment by segment")
{
    const auto routes = routes_of({{"GET", "/pages/{page_id}/forms/{form_id}"}});
    const http::Router router(routes);

    const auto match = router.find("GET", "/p%61ges/a%2Fb/forms/J%C3%BCrgen");
    REQUIRE(match.route);
    CHECK(match.path_values.at("page_id") == "a/b");
    CHECK(match.path_values.at("form_id") == "Jürgen");
}

TEST_CASE("a path that cannot be read is malformed")
{
    const auto routes = routes_of({{"GET", "/leads/{id}"}});
    const http::Router router(routes);

    for (const auto* path : {"/leads/%", "/leads/%4", "/leads/%zz", "/leads/%00", "/leads/%0d%0a",
             "/leads/%ff", "/leads/%C3"})
        CHECK_THROWS_AS(router.find("GET", path), Failure);
}

TEST_CASE("a known path with another method tells the methods it has")
{
    const auto routes = routes_of({{"GET", "/leads/{id}"}, {"PATCH", "/leads/{id}"}});
    const http::Router router(routes);

    CHECK(found(router, "HEAD", "/leads/1") == "/leads/{id}");
    CHECK(found(router, "DELETE", "/leads/1") == "not allowed");
    CHECK(
        http::allow_text(router.find("DELETE", "/leads/1").allowed) == "GET, HEAD, PATCH, OPTIONS");
    CHECK(router.find("GET", "/nowhere").allowed.empty());
}

TEST_CASE("a route that cannot work stops the program at start")
{
    http::Routes routes = routes_of({{"GET", "/leads"}});
    const auto nobody = [](const http::Request&, const http::Respond&) {};
    CHECK_THROWS_AS(
        routes.raw("GET", "/leads", nobody, {"again", Right::everybody}), std::logic_error);
    CHECK_THROWS_AS(
        routes.raw("GET", "leads", nobody, {"no slash", Right::everybody}), std::logic_error);
    CHECK_THROWS_AS(
        routes.raw("POST", "/hook", nobody, {"a right", Right::read_leads}), std::logic_error);
}
