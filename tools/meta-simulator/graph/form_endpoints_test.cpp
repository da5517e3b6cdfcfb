#include "meta-simulator/testing/small_meta.hpp"

#include <doctest/doctest.h>

using namespace leadcrm::simulator;
using leadcrm::simulator::testing::SmallMeta;

TEST_CASE("a page lists its forms with questions, options and legal text")
{
    SmallMeta meta;
    const auto forms = meta.get("/v26.0/" + meta.page_id
        + "/leadgen_forms?fields=id,name,status,locale,questions{key,label,type,options},"
          "legal_content,leads_count,tracking_parameters,page_id");

    REQUIRE(forms.at("/data").as_array().size() == 3);
    const auto german = meta.get("/v26.0/" + meta.form_id + "?fields=name,questions,legal_content");
    CHECK(german.text_at("/name") == "Fenster & Türen 1");
    CHECK(german.text_at("/questions/3/options/1/key") == "mehr_als_5");
    CHECK(german.text_at("/questions/0/type") == "FULL_NAME");
    CHECK(german.text_at("/legal_content/custom_disclaimer/checkboxes/0/key") == "consent_phone");
    CHECK_FALSE(forms.at("/data/0/questions/0").as_object().contains("id"));
}

TEST_CASE("forms are paged, archived and duplicated under a new id")
{
    SmallMeta meta;
    const auto forms = "/v26.0/" + meta.page_id + "/leadgen_forms?limit=1";
    CHECK(meta.walk(forms).size() == 3);

    CHECK(meta.post("/v26.0/" + meta.form_id, "status=ARCHIVED").at("/success") == true);
    CHECK(meta.get("/v26.0/" + meta.form_id).text_at("/status") == "ARCHIVED");
    CHECK(meta.post("/v26.0/" + meta.form_id, "status=DELETED").error_code() == 100);

    const auto copy = meta.state.world.duplicate(meta.form(), testing::noon).id;
    CHECK(copy != meta.form_id);
    CHECK(meta.walk(forms).size() == 4);
    const auto questions = "?fields=questions{key,type}";
    CHECK(meta.get("/v26.0/" + copy + questions).at("/questions")
        == meta.get("/v26.0/" + meta.form_id + questions).at("/questions"));
}

TEST_CASE("an edge may be asked for as a field")
{
    SmallMeta meta;
    for (int i = 0; i < 3; ++i) meta.lead(i);
    const auto seen =
        meta.get("/v26.0/" + meta.form_id + "?fields=name,leads.limit(2){id,platform}");
    CHECK(seen.at("/leads/data").as_array().size() == 2);
    CHECK(seen.at("/leads/data/0").as_object().size() == 2);
    const auto next = seen.text_at("/leads/paging/next");
    CHECK(meta.walk(next.substr(std::string("http://graph.test").size())).size() == 1);
}

TEST_CASE("the page tells its name and token; unknown edges and paths are errors")
{
    SmallMeta meta;
    CHECK(meta.get("/v26.0/me").text_at("/id") == meta.page_id);
    CHECK(meta.get("/v26.0/" + meta.page_id + "?fields=access_token").text_at("/access_token")
        == meta.token);
    CHECK(meta.get("/v26.0/" + meta.page_id + "/horses").error_code() == 100);
    CHECK(meta.get("/v26.0/" + meta.page_id + "/leadgen_forms/1").error_code() == 2500);
    CHECK(meta.get("/v26.0/").error_code() == 2500);
}

TEST_CASE("a page's subscription is read, replaced and removed")
{
    SmallMeta meta;
    const auto apps = "/v26.0/" + meta.page_id + "/subscribed_apps";
    CHECK(meta.get(apps).text_at("/data/0/subscribed_fields/0") == "leadgen");
    CHECK(meta.post(apps, "subscribed_fields=feed,leadgen_update").at("/success") == true);
    CHECK(meta.get(apps).at("/data/0/subscribed_fields").as_array().size() == 2);

    announce_lead(meta.state, meta.lead());  // leadgen is no longer among them
    CHECK(meta.state.outbox.counts().changes == 0);
    CHECK(meta.remove(apps).at("/success") == true);
    CHECK(meta.get(apps).at("/data").as_array().empty());
    CHECK(meta.post(apps, "").error_code() == 100);

    meta.state.world.token_of(meta.page_id).scopes = {"pages_manage_metadata"};
    CHECK(meta.post(apps, "subscribed_fields=leadgen").error_code() == 200);
    meta.state.graph.success = "\"true\"";
    CHECK(meta.post(apps, "subscribed_fields=feed").text_at("/success") == "true");
}

TEST_CASE("the app's subscription belongs to the app token")
{
    SmallMeta meta;
    const std::string path = "/v26.0/555000111222333/subscriptions";
    CHECK(meta.get(path).error_code() == 15);
    meta.token = "555000111222333|s3cr3t-app-secret-for-tests";
    CHECK(meta.get(path).text_at("/data/0/fields/0/name") == "leadgen");
    CHECK(meta.post(path,
                  "object=page&callback_url=https%3A%2F%2Fcrm.example%2Fhook&fields=leadgen,"
                  "leadgen_update&verify_token=v&include_values=true")
              .at("/success")
        == true);
    CHECK(meta.get(path).text_at("/data/0/callback_url") == "https://crm.example/hook");
    CHECK(meta.get(path).at("/data/0/fields").as_array().size() == 2);
}
