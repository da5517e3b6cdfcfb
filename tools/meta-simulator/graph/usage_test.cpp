#include "meta-simulator/testing/small_meta.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr auto business_usage = "X-Business-Use-Case-Usage";

std::int64_t regain_minutes(const testing::Seen& seen)
{
    return boost::json::parse(seen.header(business_usage))
        .at_pointer("/1234567890/0/estimated_time_to_regain_access")
        .as_int64();
}

}  // namespace

TEST_CASE("a closed lead limit is error 80005 as HTTP 400, with the minutes in the header")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    meta.state.usage.close(80005, meta.page_id, testing::noon + minutes(5), seconds(60), {});

    const auto refused = meta.get(path);
    CHECK(refused.status == 400);
    CHECK(refused.error_code() == 80005);
    CHECK(regain_minutes(refused) == 6);  // this call added one
    CHECK(refused.header("Retry-After").empty());
    CHECK(meta.get("/v26.0/" + meta.page_id).status == 200);  // the page's own limit is another

    // Each call made meanwhile prolongs the wait.
    CHECK(regain_minutes(meta.get(path)) == 7);
    meta.state.clock.advance(minutes(6));
    CHECK(meta.get(path).error_code() == 80005);
    meta.state.clock.advance(minutes(2));
    CHECK(meta.get(path).status == 200);
}

TEST_CASE("every limit has its code and covers its own calls")
{
    const struct {
        int code;
        bool lead;
        bool page;
        bool by_user;
    } cases[]{{4, true, true, false}, {17, true, true, true}, {32, false, true, true},
        {613, true, false, false}, {80001, false, true, false}, {80005, true, false, false}};
    for (const auto& limit : cases) {
        CAPTURE(limit.code);
        SmallMeta meta;
        const auto id = meta.lead().id;
        if (limit.by_user) meta.token = "EAASIMUSER1";
        meta.state.usage.close(
            limit.code, meta.page_id, testing::noon + minutes(1), seconds(0), {});
        const auto lead = meta.get("/v26.0/" + id);
        const auto page = meta.get("/v26.0/" + meta.page_id);
        CHECK((lead.status != 200 && lead.error_code() == limit.code) == limit.lead);
        CHECK((page.status != 200 && page.error_code() == limit.code) == limit.page);
    }
}

TEST_CASE("a limit that is used up closes by itself and opens again")
{
    SmallMeta meta;
    meta.state.graph.leadgen_calls_per_day = 10;
    const auto path = "/v26.0/" + meta.lead().id;
    for (int i = 0; i < 10; ++i) CHECK(meta.get(path).status == 200);
    const auto usage = boost::json::parse(meta.get(path).header(business_usage));
    CHECK(usage.at_pointer("/1234567890/0/call_count").as_int64() == 100);
    CHECK(usage.at_pointer("/1234567890/0/type").as_string() == "leadgen");
    CHECK(meta.get(path).error_code() == 80005);
    meta.state.clock.advance(minutes(10));
    CHECK(meta.get(path).status == 200);
}

TEST_CASE("usage grows with calls, by Meta's formula for leads")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    for (int i = 0; i < 48; ++i) meta.get(path);  // one living lead: 4800 calls a day
    const auto usage = boost::json::parse(meta.get(path).header(business_usage));
    CHECK(usage.at_pointer("/1234567890/0/call_count").as_int64() == 1);
    CHECK(boost::json::parse(meta.get(path).header("X-App-Usage"))
              .as_object()
              .contains("total_cputime"));
}

TEST_CASE("each element of a batch counts")
{
    SmallMeta meta;
    meta.state.graph.leadgen_calls_per_day = 2;
    const auto id = meta.lead().id;
    const auto one = R"({"method":"GET","relative_url":")" + id + "\"}";
    const auto seen = meta.batch("[" + one + "," + one + "," + one + "]");
    CHECK(seen.status == 200);
    CHECK(seen.at("/1/code") == 200);
    CHECK(seen.at("/2/code") == 400);
}

TEST_CASE("the usage header may be missing, malformed or say a key twice")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    meta.state.graph.usage_header = UsageHeader::absent;
    CHECK(meta.get(path).header(business_usage).empty());
    meta.state.graph.usage_header = UsageHeader::doubled_key;
    const auto doubled = meta.get(path).header(business_usage);
    CHECK(doubled.find("1234567890") != doubled.rfind("1234567890"));
    meta.state.graph.usage_header = UsageHeader::malformed;
    boost::system::error_code error;
    boost::json::parse(meta.get(path).header(business_usage), error);
    CHECK(error);
}

TEST_CASE("the announced wait may differ from the real one")
{
    SmallMeta meta;
    const auto path = "/v26.0/" + meta.lead().id;
    meta.state.usage.close(80005, meta.page_id, testing::noon + seconds(2), seconds(0), 0);
    CHECK(regain_minutes(meta.get(path)) == 0);
}
