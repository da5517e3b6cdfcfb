#include "platform/id.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>
#include <vector>

namespace leadcrm {

TEST_CASE("a TypeID is written and read as its specification shows")
{
    const auto uuid = parse_uuid("01890a5d-ac96-774b-bcce-b302099a8057");
    REQUIRE(uuid);
    CHECK(typeid_text("prefix", *uuid) == "prefix_01h455vb4pex5vsknk084sn02q");
    CHECK(parse_typeid("prefix", "prefix_01h455vb4pex5vsknk084sn02q") == uuid);
    CHECK(uuid_text(*uuid) == "01890a5d-ac96-774b-bcce-b302099a8057");

    CHECK(typeid_text("a", Uuid{}) == "a_00000000000000000000000000");
    Uuid last;
    last.fill(0xff);
    CHECK(typeid_text("a", last) == "a_7zzzzzzzzzzzzzzzzzzzzzzzzz");
    CHECK(parse_typeid("a", "a_7zzzzzzzzzzzzzzzzzzzzzzzzz") == last);
}

TEST_CASE("what is no TypeID of this kind is refused")
{
    for (const auto* text : {"", "lead_", "lead_8zzzzzzzzzzzzzzzzzzzzzzzzz",
             "user_01h455vb4pex5vsknk084sn02q", "lead_01h455vb4pex5vsknk084sn02",
             "lead_01h455vb4pex5vsknk084sn02qq", "lead_01H455VB4PEX5VSKNK084SN02Q",
             "lead_01h455vb4pex5vsknk084sn0l1", "lead-01h455vb4pex5vsknk084sn02q"})
        CHECK_FALSE(Id<"lead">::parse(text));
}

TEST_CASE("ids are version 7, unique, and sort in the order they were made")
{
    std::vector<Uuid> ids(20'000);
    for (auto& id : ids) id = make_uuid();
    for (std::size_t i = 1; i < ids.size(); ++i) {
        REQUIRE(ids[i - 1] < ids[i]);
        REQUIRE((ids[i][6] & 0xf0) == 0x70);
        REQUIRE((ids[i][8] & 0xc0) == 0x80);
    }
}

TEST_CASE("threads never make the same id")
{
    std::vector<std::vector<Uuid>> made(4, std::vector<Uuid>(5'000));
    std::vector<std::thread> threads;
    for (auto& ids : made)
        threads.emplace_back([&ids] {
            for (auto& id : ids) id = make_uuid();
        });
    for (auto& thread : threads) thread.join();
    std::set<Uuid> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    CHECK(all.size() == 20'000);
}

}  // namespace leadcrm
