#include "meta/delivery.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace leadcrm::meta {
namespace {

const std::string plain =
    R"({"object":"page","entry":[{"id":"101010101010101","time":1765000002,"changes":[{"value":{"form_id":"202020202020202","leadgen_id":"900000000000001","created_time":1765000001,"page_id":"101010101010101"},"field":"leadgen"}]}]})";

// One delivery of a page, with these elements.
std::string with_changes(const std::string& changes, const std::string& entry_id = "\"1\"")
{
    return fmt::format(
        R"({{"object":"page","entry":[{{"id":{},"time":1765000002,"changes":[{}]}}]}})", entry_id,
        changes);
}

TEST_CASE("a body that is no webhook is seen at a glance")
{
    CHECK(glance_at(plain));
    CHECK(glance_at(R"({"entry":[],"object":"page"})"));
    CHECK(glance_at(R"({"object":"user","entry":[{"uid":"1"}],"unknown":{"deep":[[[1]]]}})"));
    CHECK(glance_at("{\"object\":\"page\",\"entry\":[]}\n"));

    CHECK_FALSE(glance_at(""));
    CHECK_FALSE(glance_at("entry=1"));
    CHECK_FALSE(glance_at("null"));
    CHECK_FALSE(glance_at("{}"));
    CHECK_FALSE(glance_at(R"(["object","entry"])"));
    CHECK_FALSE(glance_at(R"({"object":"page"})"));
    CHECK_FALSE(glance_at(R"({"object":"page","entry":{}})"));
    CHECK_FALSE(glance_at(R"({"object":1,"entry":[]})"));
    CHECK_FALSE(glance_at(R"({"deeper":{"object":"page","entry":[]}})"));
    CHECK_FALSE(glance_at(plain.substr(0, plain.size() - 1)));
    CHECK_FALSE(glance_at(plain + "x"));
    CHECK_FALSE(glance_at("{\"object\":\"page\",\"entry\":[],\"bad\":\"\xff\"}"));
    CHECK_FALSE(glance_at(
        R"({"object":"page","entry":[)" + std::string(100, '[') + std::string(100, ']') + "]}"));
}

TEST_CASE("the time of the first entry is seen whatever the order of the keys")
{
    CHECK(glance_at(plain)->first_entry_time == 1765000002);
    CHECK(
        glance_at(
            R"({"time":5,"entry":[{"changes":[{"time":7}],"time":8},{"time":9}],"object":"page"})")
            ->first_entry_time
        == 8);
    CHECK(glance_at(R"({"entry":[{"\u0074ime":8}],"\u006fbject":"page"})")->first_entry_time == 8);
    CHECK(glance_at(R"({"entry":[{"id":"1"}],"object":"page"})")->first_entry_time == 0);
}

TEST_CASE("the same body has the same id, and later deliveries have greater ones")
{
    const auto id_of = [](const std::string& body) { return delivery_id(body, *glance_at(body)); };
    const auto at = [](int time) {
        return fmt::format(R"({{"object":"page","entry":[{{"time":{}}}]}})", time);
    };
    CHECK(id_of(plain) == id_of(plain));
    CHECK(id_of(plain) != id_of(plain + " "));
    CHECK(id_of(at(1765000002)) < id_of(at(1765000003)));
    CHECK(id_of(at(1765000002)) >= first_delivery_id_at(Instant::from_unix_seconds(1765000002)));
    CHECK(id_of(at(1765000002)) < first_delivery_id_at(Instant::from_unix_seconds(1765000003)));
    CHECK((id_of(plain).uuid[6] >> 4) == 8);
    CHECK((id_of(plain).uuid[8] >> 6) == 2);
    CHECK(id_of(at(-5)) < id_of(at(1)));
}

TEST_CASE("ids are read as strings and as numbers")
{
    const Change expected{.leadgen_id = "900000000000001",
        .page_id = "101010101010101",
        .form_id = "202020202020202",
        .submitted_at = Instant::from_unix_seconds(1765000001)};
    CHECK(read_delivery(plain).changes == std::vector{expected});
    CHECK(note_about(read_delivery(plain)).empty());

    const auto numbers = with_changes(
        R"({"field":"leadgen","value":{"leadgen_id":900000000000001,"page_id":101010101010101,"form_id":202020202020202,"adgroup_id":303030303030303,"ad_id":303030303030303,"created_time":1765000001}})",
        "101010101010101");
    CHECK(read_delivery(numbers).changes == std::vector{expected});
}

TEST_CASE("several entries and changes are all read, an unreadable one spoils only itself")
{
    const auto reading = read_delivery(R"({"object":"page","entry":[
        {"id":"1","changes":[
            {"field":"leadgen","value":{"leadgen_id":"11","page_id":"1"}},
            {"field":"leadgen","value":{"leadgen_id":"","page_id":"1"}},
            {"field":"leadgen","value":{"leadgen_id":"12; DROP","page_id":"1"}},
            {"field":"leadgen","value":{"leadgen_id":-5,"page_id":"1"}},
            {"field":"leadgen","value":{"leadgen_id":1.5,"page_id":"1"}},
            {"field":"leadgen","value":"12"},
            {"field":"leadgen"},
            {"field":7},
            "change",
            {"field":"leadgen","value":{"leadgen_id":"12","created_time":"1765000001","ad_id":0,"form_id":0}}]},
        17,
        {"id":"2","changes":{}},
        {"id":"2","changes":[{"field":"leadgen","value":{"leadgen_id":"21","page_id":"2"}}]}]})");
    REQUIRE(reading.changes.size() == 3);
    CHECK(reading.changes[0] == Change{"11", "1", {}, {}});
    // The page is that of the entry where the change names none.
    CHECK(reading.changes[1] == Change{"12", "1", {}, Instant::from_unix_seconds(1765000001)});
    CHECK(reading.changes[2] == Change{"21", "2", {}, {}});
    CHECK(reading.broken == 10);
}

TEST_CASE("a sample of the app dashboard is recognised")
{
    const auto sample = with_changes(
        R"({"field":"leadgen","value":{"ad_id":"444444444","form_id":"444444444444","leadgen_id":"444444444444","created_time":1785879142,"page_id":"444444444444","adgroup_id":"44444444444"}})",
        "\"0\"");
    CHECK(read_delivery(sample).samples == 1);
    CHECK(read_delivery(sample).changes.empty());
    CHECK(note_about(read_delivery(sample)).find("the webhook works") != std::string::npos);
}

TEST_CASE("an update of a lead is never a new lead")
{
    const auto reading = read_delivery(
        R"({"object":"page","entry":[{"id":0,"time":1785879142,"changes":[{"field":"leadgen_update","value":{"leadgen_id":987654321,"page_id":111111111,"form_id":222222222,"updated_time":"1704067200","area":"ai_agent_updates","event":"qualification_status_change","updated_fields":["qualification_details"]}}]}]})");
    CHECK(reading.updates == 1);
    CHECK(reading.changes.empty());
}

TEST_CASE("what is not about leads is counted and left alone")
{
    const auto reading = read_delivery(
        R"({"object":"page","entry":[{"id":"1","messaging":[{}]},{"id":"1","changes":[{"field":"feed","value":{}},{"field":"leadgen","value":{"leadgen_id":"1","page_id":"1","new":{}},"more":1}]}]})");
    CHECK(reading.foreign == 2);
    CHECK(reading.changes.size() == 1);
    CHECK(read_delivery(R"({"object":"user","entry":[{"changes":[]}]})").foreign == 1);
}

TEST_CASE("entries that only name what changed are told apart, for somebody must act")
{
    const auto reading = read_delivery(
        R"({"object":"page","entry":[{"id":"1","time":1,"changed_fields":["leadgen"]}]})");
    CHECK(reading.nameless == 1);
    CHECK(note_about(reading).find("Include values") != std::string::npos);
}

TEST_CASE("what is no delivery at all is one broken element")
{
    CHECK(read_delivery("nonsense").broken == 1);
    CHECK(read_delivery("[]").broken == 1);
    CHECK(read_delivery("{}").broken == 1);
}

}  // namespace
}  // namespace leadcrm::meta
