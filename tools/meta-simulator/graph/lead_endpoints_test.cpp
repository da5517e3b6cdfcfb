#include "meta-simulator/testing/small_meta.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace leadcrm;
using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

namespace {

std::set<std::string> names_of(const json::value& object)
{
    std::set<std::string> names;
    for (const auto& [name, member] : object.as_object()) names.insert(std::string(name));
    return names;
}

std::string filter(const std::string& operation, std::int64_t seconds)
{
    return "filtering="
        + percent_encoded(R"([{"field":"time_created","operator":")" + operation + R"(","value":)"
            + std::to_string(seconds) + "}]");
}

}  // namespace

TEST_CASE("a lead shows a few fields unasked, and those that are asked for")
{
    SmallMeta meta;
    const auto id = meta.lead().id;

    const auto unasked = meta.get("/v26.0/" + id);
    CHECK(names_of(unasked.body)
        == std::set<std::string>{"ad_id", "created_time", "field_data", "form_id", "id"});
    CHECK(unasked.text_at("/created_time") == "2025-12-06T11:59:00+0000");

    const auto asked = meta.get("/v26.0/" + id + "?fields=ad_name,is_organic,platform");
    CHECK(names_of(asked.body) == std::set<std::string>{"ad_name", "id", "is_organic", "platform"});
    CHECK(asked.at("/is_organic") == false);
    const auto nested = meta.get("/v26.0/" + id + "?fields=field_data{name}");
    CHECK(names_of(nested.at("/field_data/0")) == std::set<std::string>{"name"});
}

TEST_CASE("an unknown field is error 100, and so is one that a version removed")
{
    SmallMeta meta;
    const auto id = meta.lead().id;
    const auto unknown = meta.get("/v26.0/" + id + "?fields=id,shoe_size");
    CHECK(unknown.status == 400);
    CHECK(unknown.error_code() == 100);
    CHECK(unknown.text_at("/error/message").find("nonexisting field (shoe_size)")
        != std::string::npos);

    CHECK(meta.get("/v26.0/" + id + "?fields=vehicle").status == 200);
    meta.state.graph.removed_fields = {"vehicle"};
    CHECK(meta.get("/v26.0/" + id + "?fields=vehicle").error_code() == 100);
}

TEST_CASE("ad fields are silently missing for organic leads and for tokens that see no ads")
{
    SmallMeta meta;
    const auto organic = meta.lead(60, true).id;
    const auto of_ad = meta.lead(60, false).id;
    const std::string fields = "?fields=ad_id,ad_name,campaign_name,is_organic";

    CHECK(names_of(meta.get("/v26.0/" + organic + fields).body)
        == std::set<std::string>{"id", "is_organic"});
    CHECK(meta.get("/v26.0/" + of_ad + fields).body.as_object().contains("campaign_name"));
    meta.state.world.token_of(meta.page_id).sees_ads = false;
    const auto blind = meta.get("/v26.0/" + of_ad + fields);
    CHECK(names_of(blind.body) == std::set<std::string>{"id", "is_organic"});
    CHECK(blind.at("/is_organic") == false);
}

TEST_CASE("disclaimers are \"1\" or nothing, tracking parameters stand among the answers")
{
    SmallMeta meta;
    auto& lead = meta.lead();
    lead.disclaimers = {{"consent_phone", true}, {"consent_mail", false}};
    lead.answers.push_back({"nothing_chosen", {}});

    const auto seen =
        meta.get("/v26.0/" + lead.id + "?fields=custom_disclaimer_responses,field_data");
    CHECK(seen.text_at("/custom_disclaimer_responses/0/is_checked") == "1");
    CHECK(seen.text_at("/custom_disclaimer_responses/1/is_checked") == "");
    std::set<std::string> names;
    for (const auto& answer : seen.at("/field_data").as_array())
        names.insert(std::string(answer.at("name").as_string()));
    CHECK(names.contains("utm_source"));
    CHECK(names.contains("wie_viele_fenster?"));
    const auto& answers = seen.at("/field_data").as_array();
    CHECK(answers.back().at("values").as_array().empty());
    for (const char c : seen.text) CHECK(static_cast<unsigned char>(c) < 0x80);
}

TEST_CASE("a walk through the pages of a form meets every lead once, in either order")
{
    SmallMeta meta;
    std::vector<std::string> made;
    for (int i = 0; i < 57; ++i)
        made.push_back(meta.lead(1000 - i / 2).id);  // pairs share a second
    const auto leads = "/v26.0/" + meta.form_id + "/leads";

    auto oldest_first = made;
    std::ranges::reverse(made);
    CHECK(meta.walk(leads) == made);
    CHECK(meta.walk(leads + "?limit=10&fields=id") == made);
    meta.state.graph.lead_order = ListOrder::oldest_first;
    CHECK(meta.walk(leads + "?limit=10") == oldest_first);
    CHECK(meta.get(leads).at("/data").as_array().size() == 25);

    const auto first = meta.get(leads + "?limit=10");
    const auto second =
        meta.get(first.text_at("/paging/next").substr(std::string("http://graph.test").size()));
    const auto back = meta.get(
        second.text_at("/paging/previous").substr(std::string("http://graph.test").size()));
    CHECK(back.at("/data") == first.at("/data"));
    CHECK_FALSE(first.at("/paging").as_object().contains("previous"));
}

TEST_CASE("a walk goes on over short and empty pages that have a next one")
{
    SmallMeta meta;
    for (int i = 0; i < 40; ++i) meta.lead(1000 - i);
    const auto leads = "/v26.0/" + meta.form_id + "/leads?limit=5";
    const auto plain = meta.walk(leads);

    meta.state.graph.empty_page_every = 3;
    meta.state.graph.short_page_every = 2;
    CHECK(meta.walk(leads) == plain);
    meta.state.lists_read = 2;
    const auto empty = meta.get(leads);
    CHECK(empty.at("/data").as_array().empty());
    CHECK(empty.at("/paging").as_object().contains("next"));
    meta.state.graph.lead_order = ListOrder::oldest_first;
    CHECK(meta.walk(leads).size() == 40);
}

TEST_CASE("leads that arrive or go during a walk neither hide nor repeat the others")
{
    SmallMeta meta;
    for (int i = 0; i < 20; ++i) meta.lead(1000 - i);
    const auto leads = "/v26.0/" + meta.form_id + "/leads?limit=10";
    const auto before = meta.walk(leads);

    const auto first = meta.get(leads);
    const auto next = first.text_at("/paging/next").substr(std::string("http://graph.test").size());
    meta.lead(1);
    meta.state.world.remove(before[9]);  // the one the cursor stands on
    const auto second = meta.walk(next);
    CHECK(second == std::vector(before.begin() + 10, before.end()));

    meta.state.graph.cursors_die_with_leads = true;
    CHECK(meta.get(next).error_code() == 100);
}

TEST_CASE("filtering knows three operators on time_created, and nothing else")
{
    SmallMeta meta;
    const auto base = testing::noon.unix_seconds() - 100;
    for (int age : {99, 100, 101}) meta.lead(age);
    const auto leads = "/v26.0/" + meta.form_id + "/leads?";
    const auto count = [&](const std::string& query) { return meta.walk(leads + query).size(); };

    CHECK(count(filter("GREATER_THAN", base)) == 1);
    CHECK(count(filter("GREATER_THAN_OR_EQUAL", base)) == 2);
    CHECK(count(filter("LESS_THAN", base)) == 1);
    const auto both = R"([{"field":"time_created","operator":"GREATER_THAN","value":)"
        + std::to_string(base - 2) + R"(},{"field":"time_created","operator":"LESS_THAN","value":")"
        + std::to_string(base + 1) + "\"}]";
    CHECK(count("filtering=" + percent_encoded(both)) == 2);

    CHECK(meta.get(leads + filter("EQUAL", base)).error_code() == 100);
    CHECK(meta.get(leads + "filtering=nonsense").error_code() == 100);
    CHECK(
        meta.get(leads + "filtering="
                + percent_encoded(R"([{"field":"created_time","operator":"LESS_THAN","value":1}])"))
            .error_code()
        == 100);
}

TEST_CASE("a limit is capped, and an absurd one is error 1 with HTTP 500")
{
    SmallMeta meta;
    meta.state.graph.limit_max = 30;
    for (int i = 0; i < 40; ++i) meta.lead(1000 - i);
    const auto leads = "/v26.0/" + meta.form_id + "/leads?limit=";

    CHECK(meta.get(leads + "100").at("/data").as_array().size() == 30);
    const auto refused = meta.get(leads + "15000");
    CHECK(refused.status == 500);
    CHECK(refused.error_code() == 1);
    CHECK(refused.text_at("/error/message").find("reduce the amount of data") != std::string::npos);
    CHECK(meta.get(leads + "many").error_code() == 100);
    CHECK(meta.get(leads + "10&after=QVFInonsense").error_code() == 100);
}

TEST_CASE("paging links hold the token only when it came in the query")
{
    SmallMeta meta;
    for (int i = 0; i < 3; ++i) meta.lead(i);
    const auto leads = "/v26.0/" + meta.form_id + "/leads?limit=2&fields=id";

    const auto by_header = meta.get(leads).text_at("/paging/next");
    CHECK(by_header.starts_with("http://graph.test/v26.0/" + meta.form_id + "/leads?"));
    CHECK(by_header.find(meta.token) == std::string::npos);
    const auto by_query = meta.send("GET", leads + "&access_token=" + meta.token);
    CHECK(by_query.text_at("/paging/next").find("access_token=" + meta.token) != std::string::npos);
}

TEST_CASE("expired leads are in no list; an ad lists its own leads only")
{
    SmallMeta meta;
    meta.lead(91 * 86400);
    const auto& lead = meta.lead(10);
    meta.lead(10, true);
    CHECK(meta.walk("/v26.0/" + meta.form_id + "/leads").size() == 2);
    CHECK(meta.walk("/v26.0/" + lead.ad->ad_id + "/leads") == std::vector{lead.id});
    CHECK(meta.get("/v26.0/" + meta.form_id + "?fields=expired_leads_count,leads_count")
              .at("/expired_leads_count")
        == 1);
}

TEST_CASE("a form has one test lead at a time, with placeholders or values of one's own")
{
    SmallMeta meta;
    const auto edge = "/v26.0/" + meta.form_id + "/test_leads";

    const auto made = meta.post(edge, "");
    REQUIRE(made.status == 200);
    const auto id = made.text_at("/id");
    CHECK(meta.state.outbox.counts().waiting == 1);
    const auto lead = meta.get("/v26.0/" + id);
    CHECK(lead.text_at("/field_data/0/values/0") == "<test lead: dummy data for full_name>");
    CHECK(lead.text_at("/field_data/1/values/0") == "test@meta.com");

    CHECK(meta.post(edge, "").subcode() == 1892058);
    CHECK(meta.walk(edge) == std::vector{id});
    CHECK(meta.walk("/v26.0/" + meta.form_id + "/leads").empty());
    meta.state.graph.test_leads_listed = true;
    CHECK(meta.walk("/v26.0/" + meta.form_id + "/leads").size() == 1);

    CHECK(meta.remove("/v26.0/" + id).at("/success") == true);
    CHECK(meta.get("/v26.0/" + id).subcode() == 33);
    meta.state.graph.test_lead_webhook = false;
    const auto own = meta.post(edge,
        "field_data=" + percent_encoded(R"([{"name":"full_name","values":["Ana"]}])")
            + "&custom_disclaimer_responses="
            + percent_encoded(R"([{"checkbox_key":"consent_mail","is_checked":true}])"));
    CHECK(meta.state.outbox.counts().waiting == 1);
    const auto read =
        meta.get("/v26.0/" + own.text_at("/id") + "?fields=field_data,custom_disclaimer_responses");
    CHECK(read.text_at("/field_data/0/values/0") == "Ana");
    CHECK(read.text_at("/custom_disclaimer_responses/0/is_checked") == "1");
}
