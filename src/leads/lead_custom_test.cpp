#include "app/testing/workspace.hpp"
#include "custom_fields/custom_field.hpp"

#include <doctest/doctest.h>

namespace leadcrm::leads {
namespace {

using custom_fields::CustomField;
using custom_fields::FieldType;
using testing::Workspace;

struct Acme : Workspace {
    CustomField make(const std::string& label, FieldType type,
        const std::vector<std::string>& options = {}, const std::string& currency = {})
    {
        custom_fields::NewField ask{.label = {label}, .type = type};
        if (!options.empty()) ask.options.emplace();
        for (const auto& option : options) ask.options->push_back({std::nullopt, {option}});
        if (!currency.empty()) ask.currency = Text<3, 3>{currency};
        return database->write(
            caller.organization_id, [&](db::Tx& tx) { return custom_fields::add_field(tx, ask); });
    }
    std::string id() { return std::string(lead("Ana Ruiz").at("id").as_string()); }
    testing::Answer set(const json::value& custom)
    {
        return patch("/leads/" + id(), json::object{{"custom", custom}},
            lead("Ana Ruiz").at("version").as_int64());
    }
    json::value custom() { return lead("Ana Ruiz").at("custom"); }
    json::value misfits() { return lead("Ana Ruiz").at("misfits"); }
};

Submission ana(const std::string& leadgen_id, json::object custom, json::object misfits = {})
{
    auto submission =
        testing::submission_of("Ana Ruiz", "ana@example.com", "+34600000000", leadgen_id);
    submission.custom = std::move(custom);
    submission.misfits = std::move(misfits);
    return submission;
}

TEST_CASE("a custom field is set, changed and taken away, and the timeline tells it")
{
    Acme acme;
    acme.make("Budget", FieldType::money, {}, "EUR");
    acme.make("Wie viele Fenster?", FieldType::select, {"1 bis 5", "Mehr als 5"});
    acme.arrives(ana("1", {}));

    const json::object budget{{"amount_minor", 120000}, {"currency", "EUR"}};
    CHECK(acme.set({{"budget", {{"amount_minor", 120000}}}, {"wie_viele_fenster", "mehr_als_5"}})
              .status
        == 200);
    CHECK(acme.custom() == json::value{{"budget", budget}, {"wie_viele_fenster", "mehr_als_5"}});
    CHECK(acme.announced("lead.fields_changed") == 1);

    CHECK(acme.set({{"budget", nullptr}}).status == 200);
    CHECK(acme.custom() == json::value{{"wie_viele_fenster", "mehr_als_5"}});
    const auto record = acme.get("/leads/" + acme.id()).json();
    CHECK(record.at("timeline").as_array().back().at("data").at("fields") == json::value{"budget"});
}

TEST_CASE("a value that does not fit is refused by the field's name, and nothing is changed")
{
    Acme acme;
    acme.make("Rooms", FieldType::number);
    acme.make("Plan", FieldType::multi_select, {"A", "B"});
    acme.arrives(ana("1", {}));
    const auto answer = acme.set({{"rooms", "three"}, {"plan", json::array{"c"}}, {"no_such", 1}});
    CHECK(answer.status == 422);
    const auto wrong = answer.wrong_fields();
    for (const auto* field : {"custom.rooms", "custom.plan", "custom.no_such"})
        CHECK(std::find(wrong.begin(), wrong.end(), field) != wrong.end());
    CHECK(acme.custom() == json::object());
}

TEST_CASE("a later submission brings what it answers, but not over what was set by hand")
{
    Acme acme;
    acme.make("Rooms", FieldType::number);
    acme.make("City", FieldType::text);
    acme.arrives(ana("1", {{"rooms", 2}, {"city", "Bilbao"}}));
    CHECK(acme.set({{"rooms", 3}}).status == 200);

    acme.arrives(ana("2", {{"rooms", 4}, {"city", "Madrid"}}));
    CHECK(acme.custom() == json::value{{"city", "Madrid"}, {"rooms", 3}});
}

TEST_CASE("an answer that does not fit is flagged until the field has a value")
{
    Acme acme;
    acme.make("Rooms", FieldType::number);
    acme.arrives(ana("1", {}, {{"rooms", "two or three"}}));
    CHECK(acme.misfits() == json::value{{"rooms", "two or three"}});
    CHECK(acme.custom() == json::object());

    CHECK(acme.set({{"rooms", 3}}).status == 200);
    CHECK(acme.misfits() == json::object());
}

TEST_CASE("fields of the same name are refused, keys stay apart, choices only grow")
{
    Acme acme;
    auto plan = acme.make("Plan", FieldType::select, {"Basic"});
    CHECK_THROWS_AS(acme.make("Plan", FieldType::text), Failure);
    CHECK(acme.make("plan!", FieldType::text).key == "plan_2");
    CHECK(acme.make("您想去哪里旅行？", FieldType::text).key == "您想去哪里旅行");
    CHECK_THROWS_AS(acme.make("Empty", FieldType::select), Failure);

    acme.database->write(acme.caller.organization_id, [&](db::Tx& tx) {
        CHECK(custom_fields::add_options(tx, plan, {{"pro", "Pro"}, {"basic", "Basic"}}));
        CHECK_FALSE(custom_fields::add_options(tx, plan, {{"pro", "Pro"}}));
        CHECK(custom_fields::find_field(tx, plan.id)->options.size() == 2);
    });
}

}  // namespace
}  // namespace leadcrm::leads
