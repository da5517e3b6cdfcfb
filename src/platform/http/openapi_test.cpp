#include "platform/http/openapi.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <fstream>

using namespace leadcrm;
using http::Caller;
using http::Right;

namespace {

using BoatId = Id<"boat">;
BOOST_DEFINE_ENUM_CLASS(Rig, sloop, ketch)

struct ListBoats {
    std::optional<Whole<1, 200>> limit;
    std::vector<Rig> rig;
    std::optional<Instant> built_after;
};
BOOST_DESCRIBE_STRUCT(ListBoats, (), (limit, rig, built_after))

struct Harbour {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Harbour, (), (name))

struct Boat {
    BoatId id;
    std::string name;
    std::optional<Harbour> harbour;
};
BOOST_DESCRIBE_STRUCT(Boat, (), (id, name, harbour))

struct RenameBoat {
    BoatId id;
    http::IfMatch if_match;
    Text<1, 20> name;
    std::optional<std::string> why;
};
BOOST_DESCRIBE_STRUCT(RenameBoat, (), (id, if_match, name, why))

boost::json::value described()
{
    http::Routes routes;
    routes.read("GET", "/api/v1/boats",
        [](db::Reader&, const Caller&, const ListBoats&) { return http::Page<Boat>{}; },
        {"List boats", Right::read_leads});
    routes.write("PATCH", "/api/v1/boats/{id}",
        [](db::Tx&, const Caller&, const RenameBoat&) { return Boat{}; },
        {"Rename a boat", Right::write_leads, "Boats do not mind."});
    routes.work("POST", "/api/v1/logout",
        [](const http::Call&, const http::Nothing&) { return http::Nothing{}; },
        {"Sign out", Right::everybody});
    routes.stream("/api/v1/stream",
        [](const Caller&, const std::string&, const std::shared_ptr<http::EventSink>&) {},
        {"Watch boats"});
    routes.raw("POST", "/webhooks/boats", [](const http::Request&, const http::Respond&) {},
        {"No part of the API", Right::everybody});
    http::add_openapi_route(routes, {"1.2.3", "session"});
    const auto text = http::openapi_text(routes, {"1.2.3", "session"});
    // For people and programs that want to look at it.
    if (const char* file = std::getenv("OPENAPI_TEST_FILE")) std::ofstream(file) << text;
    return boost::json::parse(text);
}

// By a JSON pointer: "/paths/~1api~1v1~1boats/get".
boost::json::value at(const boost::json::value& tree, std::string_view pointer)
{
    boost::system::error_code missing;
    const auto* found = tree.find_pointer(pointer, missing);
    return found ? *found : boost::json::value("nothing at " + std::string(pointer));
}

}  // namespace

TEST_CASE("a query is described by its parameters, lists joined with commas")
{
    const auto api = described();
    CHECK(api.at("openapi") == "3.1.0");
    CHECK(at(api, "/info/version") == "1.2.3");
    const auto get = at(api, "/paths/~1api~1v1~1boats/get");
    CHECK(get.at("operationId") == "get_boats");
    CHECK(get.at("x-right") == "read_leads");
    CHECK(at(get, "/parameters/0")
        == boost::json::parse(R"({"name":"limit","in":"query","required":false,
            "schema":{"type":"integer","minimum":1,"maximum":200}})"));
    CHECK(at(get, "/parameters/1")
        == boost::json::parse(R"({"name":"rig","in":"query","required":false,"explode":false,
            "schema":{"type":"array","items":{"type":"string","enum":["sloop","ketch"]}}})"));
    CHECK(at(get, "/parameters/2/schema/type") == "string");
    CHECK(!get.as_object().contains("requestBody"));
    CHECK(at(get, "/responses/200/content/application~1json/schema/$ref")
        == "#/components/schemas/BoatPage");
    CHECK(at(get, "/responses/422/$ref") == "#/components/responses/Problem");
    CHECK(!at(api, "/components/schemas").as_object().contains("ListBoats"));
    // An answer writes null for what it does not know, so its members are always there.
    CHECK(at(api, "/components/schemas/Boat/required")
        == boost::json::parse(R"(["id","name","harbour"])"));
}

TEST_CASE("a change is described by its path, its version and its body")
{
    const auto api = described();
    const auto patch = at(api, "/paths/~1api~1v1~1boats~1{id}/patch");
    CHECK(patch.at("operationId") == "patch_boats_by_id");
    CHECK(patch.at("description") == "Boats do not mind.");
    CHECK(at(patch, "/parameters/0/in") == "path");
    CHECK(at(patch, "/parameters/1/name") == "If-Match");
    CHECK(at(patch, "/parameters/1/required") == true);
    CHECK(at(patch, "/requestBody/content/application~1json/schema/$ref")
        == "#/components/schemas/RenameBoat");
    const auto body = at(api, "/components/schemas/RenameBoat");
    CHECK(body.at("required") == boost::json::parse(R"(["name"])"));
    CHECK(body.at("properties").as_object().size() == 2);
    CHECK(body.at("additionalProperties") == false);
    for (const auto* status : {"200", "400", "401", "403", "404", "412", "415", "422", "428"})
        CHECK(patch.at("responses").as_object().contains(status));
}

TEST_CASE("what needs no session says so, a stream is a stream, a webhook is no part of it")
{
    const auto api = described();
    const auto logout = at(api, "/paths/~1api~1v1~1logout/post");
    CHECK(logout.at("security").as_array().empty());
    CHECK(logout.at("responses").as_object().contains("204"));
    CHECK(!logout.as_object().contains("requestBody"));
    const auto stream = at(api, "/paths/~1api~1v1~1stream/get");
    CHECK(at(stream, "/responses/200/content").as_object().contains("text/event-stream"));
    CHECK(at(stream, "/parameters/0/name") == "Last-Event-ID");
    CHECK(at(api, "/components/securitySchemes/session/name") == "session");
    CHECK(!at(api, "/paths").as_object().contains("/webhooks/boats"));
    CHECK(at(api, "/paths").as_object().contains("/api/openapi.json"));
}
