#include "meta-simulator/testing/small_meta.hpp"
#include "meta-simulator/webhooks/notification.hpp"

#include <doctest/doctest.h>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

namespace {

constexpr auto secret = "s3cr3t-app-secret-for-tests";

json::value parsed(const std::string& body) { return boost::json::parse(body); }

}  // namespace

TEST_CASE("signatures are those of Meta's scheme, over the bytes as sent")
{
    const std::string plain =
        R"({"object":"page","entry":[{"id":"101010101010101","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"900000000000001","page_id":"101010101010101","form_id":"202020202020202","created_time":1765000001}}]}]})";
    CHECK(plain.size() == 225);
    CHECK(sha256_signature(secret, plain)
        == "sha256=18ac3c69e2a2581a84a89efaca2647644b1c367911d80c72667eef8b398204c8");
    CHECK(sha1_signature(secret, plain) == "sha1=ff78ef27fa828b31deeb346b9b5bd9296cb3e5ea");

    // Printed by this program, the second vector has exactly the escapes that were signed.
    const json::object note{{"leadgen_id", "2"}, {"note", "café محمد 😀 a/b"}};
    const json::object change{{"field", "leadgen"}, {"value", note}};
    const json::object entry{{"id", "1"}, {"time", 1765000002}, {"changes", json::array{change}}};
    const json::object tree{{"object", "page"}, {"entry", json::array{entry}}};
    CHECK(sha256_signature(secret, meta_json(tree))
        == "sha256=574af11121d74a70330db272d7ac1587e798a1cf34f19ab6261fc1bd41d08f43");
}

TEST_CASE("ids come as strings or as numbers, ad ids real, absent or 0")
{
    SmallMeta meta;
    const auto& lead = meta.lead();
    const auto value = [&](const WebhookSettings& settings) {
        return parsed(notification_body({lead_change(lead, settings)}, settings, testing::noon))
            .at_pointer("/entry/0/changes/0/value");
    };
    CHECK(value({}).at("leadgen_id").as_string() == lead.id);
    CHECK(value({}).at("adgroup_id") == value({}).at("ad_id"));
    CHECK(value({.ids = IdForm::numbers}).at("leadgen_id").as_int64() == std::stoll(lead.id));
    CHECK_FALSE(value({.ad_ids = AdIds::absent}).as_object().contains("ad_id"));
    CHECK(value({.ids = IdForm::numbers, .ad_ids = AdIds::zero}).at("ad_id") == 0);
    CHECK(value({.extra_keys = true}).as_object().contains("lead_origin"));
    CHECK_FALSE(lead_change(meta.lead(1, true), {}).value.contains("ad_id"));
}

TEST_CASE("changes of one page share an entry, pages have their own")
{
    SmallMeta meta;
    const auto a = lead_change(meta.lead(), {});
    auto b = a;
    b.page_id = "5";
    const auto body = parsed(notification_body({a, a, b}, {}, testing::noon));
    REQUIRE(body.at("entry").as_array().size() == 2);
    CHECK(body.at_pointer("/entry/0/changes").as_array().size() == 2);
    CHECK(body.at_pointer("/entry/1/id").as_string() == "5");
    CHECK(body.at_pointer("/entry/0/time").as_int64() == testing::noon.unix_seconds());

    const auto foreign = parsed(notification_body({a}, {.foreign_field = true}, testing::noon));
    CHECK(foreign.at_pointer("/entry/0/changes/1/field").as_string() == "feed");
    const auto names = parsed(notification_body({a}, {.changed_fields_only = true}, testing::noon));
    CHECK(names.at_pointer("/entry/0/changed_fields/0").as_string() == "leadgen");
    CHECK_FALSE(names.at_pointer("/entry/0").as_object().contains("changes"));
}

TEST_CASE("an update has numbers for ids and its time as text")
{
    SmallMeta meta;
    const auto change = lead_update_change(meta.lead(), testing::noon);
    CHECK(change.field == "leadgen_update");
    CHECK(change.value.at("leadgen_id").is_int64());
    CHECK(change.value.at("updated_time").as_string() == "1765022400");
}

TEST_CASE("the dashboard's test has ids of fours and entry 0")
{
    const auto body = parsed(dashboard_test_body(testing::noon));
    CHECK(body.at_pointer("/entry/0/id").as_string() == "0");
    CHECK(body.at_pointer("/entry/0/changes/0/value/leadgen_id").as_string() == "444444444444");
}

TEST_CASE("the signature header can be right, wrong, cut short or missing")
{
    const std::string body = "{}";
    const auto header = [&](Signing signing, std::string_view name) -> std::string {
        for (const auto& [known, text] :
            notification_headers(body, {.app_secret = secret, .signing = signing}))
            if (known == name) return text;
        return {};
    };
    const auto right = sha256_signature(secret, body);
    CHECK(header(Signing::right, "X-Hub-Signature-256") == right);
    CHECK_FALSE(header(Signing::right, "X-Hub-Signature").empty());
    CHECK(header(Signing::wrong, "X-Hub-Signature-256").size() == right.size());
    CHECK(header(Signing::wrong, "X-Hub-Signature-256") != right);
    CHECK(header(Signing::cut_short, "X-Hub-Signature-256").size() < right.size());
    CHECK(header(Signing::absent, "X-Hub-Signature-256").empty());
    CHECK(header(Signing::sha1_only, "X-Hub-Signature-256").empty());
    CHECK_FALSE(header(Signing::sha1_only, "X-Hub-Signature").empty());
}
