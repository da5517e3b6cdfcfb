#include "leads/lead_cursor.hpp"

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

bool is_refused(std::string_view text, const Sort& sort, const LeadQuestion& ask)
{
    try {
        read_cursor(text, sort, ask);
    } catch (const Failure& failure) {
        return failure.kind == Failure::Kind::invalid && failure.fields.at(0).field == "cursor";
    }
    return false;
}

}  // namespace

TEST_CASE("a cursor brings back the place it was made for")
{
    const LeadQuestion ask;
    const Sort by_time{"-received_at"};
    for (const std::int64_t us : {std::int64_t(0), std::int64_t(-5), INT64_MAX, INT64_MIN}) {
        const Place place{us, 77};
        CHECK(read_cursor(cursor_text(place, by_time, ask), by_time, ask) == place);
    }
    const Sort by_name{"name"};
    for (const auto* name : {"", "ana", "жанна", "  "}) {
        const Place place{std::string(name), 1'000'000'007};
        CHECK(read_cursor(cursor_text(place, by_name, ask), by_name, ask) == place);
    }
}

TEST_CASE("a cursor belongs to one order and one question")
{
    LeadQuestion ask;
    const Sort sort{"-submitted_at"};
    const auto text = cursor_text({std::int64_t(5), 1}, sort, ask);
    CHECK(is_refused(text, {"submitted_at"}, ask));
    CHECK(is_refused(text, {"name"}, ask));
    ask.q = {"ana"};
    CHECK(is_refused(text, sort, ask));
}

TEST_CASE("what is no cursor is refused")
{
    const LeadQuestion ask;
    const Sort sort{"name"};
    const auto text = cursor_text({std::string("ana\xFF"), 1}, sort, ask);
    CHECK(is_refused(text, sort, ask));  // a name that is no UTF-8
    for (const auto* other : {"", "x", "====", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ä"})
        CHECK(is_refused(other, sort, ask));
    CHECK(is_refused(text.substr(0, 20), sort, ask));
}

}  // namespace leadcrm::leads
