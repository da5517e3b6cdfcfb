#include "app/testing/whole_product.hpp"
#include "meta/form_version.hpp"
#include "meta/lead_fetch.hpp"
#include "meta/testing/meta_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaWorkspace;

std::string form(const std::string& checkbox, const std::string& policy = "https://acme.example/p")
{
    return R"({"id":"77","name":"Implants","status":"ACTIVE","locale":"de_DE","questions":[
        {"key":"full_name","label":"Name","type":"FULL_NAME"}],
        "legal_content":{"privacy_policy":{"url":")"
        + policy + R"(","link_text":"Our policy"},"custom_disclaimer":{"title":"May we?",
        "body":{"text":"Only about this."},"checkboxes":[{"key":"phone","text":")"
        + checkbox + R"(","is_required":true}]}}})";
}

struct Acme : MetaWorkspace {
    OrganizationId id = organization_with_page("1");

    void comes(const std::string& leadgen_id)
    {
        graph.nodes[leadgen_id] = R"({"id":")" + leadgen_id
            + R"(","created_time":"2026-11-20T08:00:00+0000","form_id":"77","field_data":[
            {"name":"full_name","values":["Ana"]}],"custom_disclaimer_responses":[
            {"checkbox_key":"phone","is_checked":"1"}]})";
        deliver(delivery("1", {leadgen_id}));
        sort_and_fetch();
    }
    void let_form_age()
    {
        database->write(id,
            [](db::Tx& tx) { tx.run("UPDATE forms SET read_at = 1 WHERE organization_id = $1"); });
    }
    std::optional<std::int64_t> version_of(const std::string& leadgen_id)
    {
        return database->read(id, [&](db::Reader& db) {
            return db.one<std::optional<std::int64_t>>("SELECT form_version FROM submissions"
                                                       " WHERE organization_id = $1"
                                                       " AND leadgen_id = $2",
                leadgen_id);
        });
    }
    std::vector<FormVersion> versions()
    {
        return database->read(id, [](db::Reader& db) { return store::list_versions(db, "77"); });
    }
};

TEST_CASE("a submission names what its form showed; the form is read once, not with every lead")
{
    Acme acme;
    acme.graph.nodes["77"] = form("You may call me");
    acme.comes("11");
    acme.comes("12");
    CHECK(std::count(acme.graph.asked.begin(), acme.graph.asked.end(), "GET 77") == 1);
    CHECK(acme.version_of("11") == 1);
    CHECK(acme.version_of("12") == 1);
    REQUIRE(acme.versions().size() == 1);
    CHECK(acme.versions().front().privacy_url == "https://acme.example/p");
    CHECK(acme.versions().front().legal.text.find("Only about this.") != std::string::npos);
}

TEST_CASE("a form that asks for something else is a new version, and the old one stays")
{
    Acme acme;
    acme.graph.nodes["77"] = form("You may call me");
    acme.comes("11");
    acme.let_form_age();
    acme.comes("12");  // read again, and the same
    CHECK(acme.versions().size() == 1);

    acme.graph.nodes["77"] = form("You may call and write to me");
    acme.let_form_age();
    acme.comes("13");
    acme.graph.nodes["77"] = form("You may call and write to me", "https://acme.example/new");
    acme.let_form_age();
    acme.comes("14");
    CHECK(acme.version_of("11") == 1);
    CHECK(acme.version_of("12") == 1);
    CHECK(acme.version_of("13") == 2);
    CHECK(acme.version_of("14") == 3);
    REQUIRE(acme.versions().size() == 3);
    CHECK(acme.versions().back().legal.text.find("\"You may call me\"") != std::string::npos);

    // Where Graph refuses to tell, what was told before holds.
    acme.graph.nodes["77"] =
        R"({"id":"77","name":"Implants","status":"ACTIVE","questions":[
        {"key":"full_name","label":"Name","type":"FULL_NAME"}]})";
    acme.let_form_age();
    acme.comes("15");
    CHECK(acme.version_of("15") == 3);
}

TEST_CASE("a form that cannot be read leaves its submissions without a version")
{
    Acme acme;
    acme.graph.refusals["77"] = R"("code":200)";
    acme.comes("11");
    CHECK_FALSE(acme.version_of("11"));
    CHECK(acme.versions().empty());
}

TEST_CASE("what a form showed can be read by everybody who sees its leads")
{
    app::testing::Product product;
    const auto id = *OrganizationId::parse(std::string(
        product.owner.get("/api/v1/me").json().at("organization").at("id").as_string()));
    product.database->write(id, [](db::Tx& tx) {
        keep_version(tx, form_in(json::parse(form("You may call me")), "77", "1"));
    });
    const auto shown = product.owner.get("/api/v1/meta/forms/77/versions").json().at("data").at(0);
    CHECK(shown.at("version") == 1);
    CHECK(shown.at("privacy_url") == "https://acme.example/p");
    CHECK(shown.at("privacy_text") == "Our policy");
    CHECK(shown.at("disclaimer_title") == "May we?");
    CHECK(shown.at("disclaimer_text") == "Only about this.");
    CHECK(shown.at("checkboxes").at(0).at("text") == "You may call me");
    CHECK(shown.at("checkboxes").at(0).at("is_required") == true);
    CHECK(shown.at("questions").at(0).at("label") == "Name");
}

}  // namespace
}  // namespace leadcrm::meta
