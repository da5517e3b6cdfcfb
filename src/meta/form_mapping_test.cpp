// From a form's questions to the fields of a lead, against the simulated Meta: what is proposed,
// what a person decides, and what a copied form takes over.
#include "custom_fields/custom_field.hpp"
#include "leads/lead_intake.hpp"
#include "meta/testing/meta_client.hpp"
#include "meta/testing/simulated_meta.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaClient;
using testing::SimulatedMeta;

constexpr auto windows = "wie_viele_fenster?";
constexpr auto when_to_call = "wann_dürfen_wir_anrufen?";

// A page whose first form is the German one: name, e-mail, phone, a choice and a free question.
struct Acme : SimulatedMeta {
    Acme() : page(page_id(0)), form(form_id(0)), id(organization_with(page)), owner(*this, id)
    {
        lister.list(id, page);
    }
    json::value mapping(const std::string& form_id)
    {
        return owner->get("/api/v1/meta/forms/" + form_id + "/mapping").json();
    }
    json::object question(const std::string& form_id, std::string_view key)
    {
        const auto found = mapping(form_id);
        for (const auto& each : found.at("questions").as_array())
            if (each.at("key") == json::value(key)) return each.as_object();
        return {};
    }
    std::string field(const json::object& wish)
    {
        const auto answer = owner->post("/api/v1/fields", wish);
        REQUIRE(answer.status == 201);
        return std::string(answer.json().at("id").as_string());
    }
    testing::Answer map(const std::string& form_id, std::string_view key, std::string_view target,
        const std::string& field_id = {})
    {
        const auto version = json::print(mapping(form_id).at("version"));
        json::object question{{"key", key}, {"target", target}};
        if (!field_id.empty()) question["field_id"] = field_id;
        return owner->put("/api/v1/meta/forms/" + form_id + "/mapping",
            json::object{{"questions", json::array{std::move(question)}}},
            {{"If-Match", '"' + version + '"'}});
    }
    std::int64_t new_questions(const std::string& form_id)
    {
        const auto found = owner->get("/api/v1/meta/forms").json();
        for (const auto& each : found.at("data").as_array())
            if (each.at("form_id") == json::value(form_id))
                return each.at("new_questions").as_int64();
        return -1;
    }
    std::string add_form(const std::string& copy_of)
    {
        return meta.with_state([&](simulator::State& state) {
            return state.world.duplicate(*state.world.find_form(copy_of), state.clock.now()).id;
        });
    }
    void change_form(const std::string& form_id, std::function<void(simulator::Form&)> change)
    {
        meta.with_state([&](simulator::State& state) { change(*state.world.find_form(form_id)); });
    }
    void lead(const std::string& form_id, const std::string& name,
        std::map<std::string, std::vector<std::string>> values)
    {
        values["full_name"] = {name};
        values["email"] = {name + "@example.com"};
        values["phone_number"] = {"+49170" + std::to_string(1000000 + made++)};
        const auto leadgen_id = meta.with_state([&](simulator::State& state) {
            const auto& sent = state.world.add_lead(
                {.form_id = form_id, .values = values, .created = state.clock.now()},
                state.clock.now());
            return sent.id;
        });
        deliver(delivery(page, {leadgen_id}));
        sort_and_fetch();
    }
    json::object stored(const std::string& name)
    {
        return database->read(id, [&](db::Reader& db) {
            const auto row = db.one<std::tuple<json::Raw, json::Raw, json::Raw>>(
                "SELECT custom, misfits, answers FROM leads WHERE organization_id = $1"
                " AND name = $2",
                name);
            return json::object{{"custom", json::parse(std::get<0>(row).text)},
                {"misfits", json::parse(std::get<1>(row).text)},
                {"answers", json::parse(std::get<2>(row).text)}};
        });
    }

    std::string page;
    std::string form;
    OrganizationId id;
    MetaClient owner;
    int made = 0;
};

TEST_CASE("standard questions map themselves; a choice is proposed with its options and labels")
{
    Acme acme;
    CHECK(acme.question(acme.form, "full_name").at("target") == "name");
    CHECK(acme.question(acme.form, "phone_number").at("target") == "phone");
    CHECK(acme.new_questions(acme.form) == 2);

    const auto choice = acme.question(acme.form, windows);
    CHECK(choice.at("target") == "answer");
    CHECK(choice.at("is_new") == json::value(true));
    CHECK(choice.at("proposal").at("type") == "select");
    CHECK(choice.at("proposal").at("label") == "Wie viele Fenster?");
    CHECK(choice.at("proposal").at("options").at(1)
        == json::value{{"key", "mehr_als_5"}, {"label", "Mehr als 5"}});
}

TEST_CASE("a lead fills the field its question is mapped to, and shows beside the question")
{
    Acme acme;
    const auto field = acme.field({{"label", "Fenster"}, {"type", "select"},
        {"options", {{{"key", "1_bis_5"}, {"label", "1 bis 5"}}}}});
    CHECK(acme.map(acme.form, windows, "field", field).status == 200);
    CHECK(acme.new_questions(acme.form) == 1);

    acme.lead(acme.form, "Ana", {{windows, {"mehr_als_5"}}, {when_to_call, {"abends"}}});
    const auto ana = acme.stored("Ana");
    CHECK(ana.at("custom") == json::value{{"fenster", "mehr_als_5"}});
    CHECK(ana.at("answers").as_array().size() >= 5);
    CHECK(acme.question(acme.form, when_to_call).at("last_answers") == json::value{"abends"});
    // The option the field did not have came with the question.
    const auto fields = acme.owner->get("/api/v1/fields").json().at("data").as_array();
    CHECK(fields.front().at("options").as_array().size() == 2);
}

TEST_CASE("an answer that does not fit its field is kept, flagged, and stops nothing")
{
    Acme acme;
    const auto field = acme.field({{"label", "Hour"}, {"type", "number"}});
    CHECK(acme.map(acme.form, when_to_call, "field", field).status == 200);
    acme.lead(acme.form, "Ana", {{when_to_call, {"abends"}}});
    acme.lead(acme.form, "Bea", {{when_to_call, {"18"}}});
    CHECK(acme.stored("Ana").at("misfits") == json::value{{"hour", "abends"}});
    CHECK(acme.stored("Ana").at("custom") == json::object());
    CHECK(acme.stored("Bea").at("custom") == json::value{{"hour", 18}});
}

TEST_CASE("a copied form begins with the decisions about the same questions; only a new one asks")
{
    Acme acme;
    const auto field = acme.field(
        {{"label", "Fenster"}, {"type", "select"}, {"options", {{{"label", "1 bis 5"}}}}});
    acme.map(acme.form, windows, "field", field);
    acme.map(acme.form, when_to_call, "answer");
    const auto copy = acme.add_form(acme.form);
    acme.change_form(copy, [](simulator::Form& form) {
        form.questions.push_back({.key = "balkon?", .label = "Balkon?", .type = "CUSTOM"});
        for (auto& question : form.questions)
            if (!question.options.empty()) question.options.push_back({"über_20", "Über 20"});
    });
    acme.lister.list(acme.id, acme.page);

    CHECK(acme.new_questions(copy) == 1);
    CHECK(acme.question(copy, windows).at("field_id") == json::value(field));
    CHECK(acme.question(copy, "balkon?").at("is_new") == json::value(true));
    CHECK(acme.mapping(copy).at("carried_from") == acme.mapping(acme.form).at("form_name"));
    acme.lead(copy, "Ana", {{windows, {"über_20"}}, {"balkon?", {"ja"}}});
    CHECK(acme.stored("Ana").at("custom") == json::value{{"fenster", "über_20"}});
}

TEST_CASE("a form that brings no leads any more asks nothing")
{
    Acme acme;
    acme.change_form(acme.form, [](simulator::Form& form) { form.status = "ARCHIVED"; });
    acme.lister.list(acme.id, acme.page);
    CHECK(acme.new_questions(acme.form) == 0);
    CHECK(acme.question(acme.form, windows).at("is_new") == json::value(true));
}

TEST_CASE("the same undecided question is decided once for all forms of the page")
{
    Acme acme;
    const auto copy = acme.add_form(acme.form);
    acme.lister.list(acme.id, acme.page);
    CHECK(acme.new_questions(copy) == 2);
    acme.map(acme.form, when_to_call, "answer");
    CHECK(acme.new_questions(copy) == 1);
}

TEST_CASE("what comes with a lead but is no question can be mapped, and a copy does the same")
{
    Acme acme;
    acme.lead(acme.form, "Ana", {});
    const auto source = acme.question(acme.form, "utm_source");
    CHECK(source.at("last_answers") == json::value{"facebook"});
    CHECK(source.at("is_new") == json::value(false));
    CHECK(acme.new_questions(acme.form) == 2);

    const auto field = acme.field({{"label", "Campaign source"}, {"type", "text"}});
    CHECK(acme.map(acme.form, "utm_source", "field", field).status == 200);
    acme.lister.list(acme.id, acme.page);
    acme.lead(acme.form, "Bea", {});
    CHECK(acme.stored("Bea").at("custom") == json::value{{"campaign_source", "facebook"}});

    const auto copy = acme.add_form(acme.form);
    acme.lister.list(acme.id, acme.page);
    acme.lead(copy, "Cleo", {});
    CHECK(acme.stored("Cleo").at("custom") == json::value{{"campaign_source", "facebook"}});
}

TEST_CASE("a form that cannot be read is mapped by the keys of its answers")
{
    Acme acme;
    acme.database->write(acme.id, [&](db::Tx& tx) {
        tx.run("UPDATE forms SET questions = '[]', name = NULL WHERE organization_id = $1");
        tx.run("DELETE FROM form_mappings WHERE organization_id = $1");
        const leads::Submission submission{.leadgen_id = "l1",
            .contact = {.name = "Ana"},
            .source = {.channel = "meta", .form_id = acme.form},
            .answers = {{"full_name", "full_name", {"Ana"}}, {windows, windows, {"3"}}},
            .submitted_at = Instant::now(),
            .received_at = Instant::now()};
        leads::take_in(tx, submission);
    });
    CHECK(acme.question(acme.form, "full_name").at("target") == "name");
    CHECK(acme.question(acme.form, windows).at("last_answers") == json::value{"3"});
    const auto field = acme.field({{"label", "Fenster"}, {"type", "number"}});
    CHECK(acme.map(acme.form, windows, "field", field).status == 200);
    CHECK(acme.question(acme.form, windows).at("field_id") == json::value(field));
}

TEST_CASE("a question of another kind is not taken for the same")
{
    Acme acme;
    acme.map(acme.form, windows, "answer");
    const auto copy = acme.add_form(acme.form);
    acme.change_form(copy, [](simulator::Form& form) {
        for (auto& question : form.questions) question.options.clear();
    });
    acme.lister.list(acme.id, acme.page);
    CHECK(acme.question(copy, windows).at("is_new") == json::value(true));
}

TEST_CASE("a mapping that changed meanwhile, or makes no sense, is refused")
{
    Acme acme;
    const auto address = "/api/v1/meta/forms/" + acme.form + "/mapping";
    const json::object ask{{"questions", json::array()}};
    CHECK(acme.owner->put(address, ask, {{"If-Match", "\"99\""}}).status == 412);
    CHECK(acme.owner->put(address, ask).status == 428);
    CHECK(acme.map(acme.form, "", "answer").wrong_fields()
        == std::vector<std::string>{"questions[0].key"});
    CHECK(acme.map(acme.form, windows, "field").wrong_fields()
        == std::vector<std::string>{"questions[0].field_id"});
    CHECK(
        acme.map(acme.form, windows, "field", custom_fields::FieldId::make().text()).status == 422);
    CHECK(acme.owner->get("/api/v1/meta/forms/404/mapping").status == 404);
}

TEST_CASE("a question may be given to the contact, and what is a contact by itself taken from it")
{
    Acme acme;
    acme.map(acme.form, "full_name", "answer");
    acme.map(acme.form, when_to_call, "name");
    acme.lead(acme.form, "Ana", {{when_to_call, {"Bea"}}});
    CHECK(acme.stored("Bea").at("answers").as_array().size() >= 5);
}

TEST_CASE("whichever way a lead comes, the mapping is the same: backfill, reconciler, file")
{
    Acme acme;
    const auto field = acme.field({{"label", "Fenster"}, {"type", "select"},
        {"options", {{{"key", "1_bis_5"}, {"label", "1 bis 5"}}}}});
    acme.map(acme.form, windows, "field", field);
    const auto filled = [&] {
        return acme.database->read(acme.id, [](db::Reader& db) {
            return db.one<std::int64_t>("SELECT COUNT(*) FROM leads WHERE organization_id = $1"
                                        " AND custom ->> 'fenster' IS NOT NULL");
        });
    };
    acme.make_leads(acme.form, 3, std::chrono::hours(20));
    acme.backfiller.fill(acme.id, acme.page);
    CHECK(filled() == 3);
    acme.make_leads(acme.form, 2);
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE form_walks SET walked_at = $2 WHERE organization_id = $1",
            Instant::now() - std::chrono::hours(2));
    });
    acme.reconciler.reconcile(acme.id, acme.page);
    CHECK(filled() == 5);

    const auto file = "id\tcreated_time\tform_id\t" + std::string(windows)
        + "\tfull_name\tphone_number\nl:990000000000001\t2026-01-05T10:00:00+0000\tf:" + acme.form
        + "\tMehr als 5\tZoe Lang\tp:+4915112345678\n";
    const auto taken = acme.owner.send_file(file);
    REQUIRE(taken.status == 200);
    REQUIRE(taken.json().at("stored") == json::value(1));
    CHECK(acme.stored("Zoe Lang").at("custom") == json::value{{"fenster", "mehr_als_5"}});
}

TEST_CASE("another organization's fields and mappings are its own")
{
    Acme acme;
    const auto field = acme.field({{"label", "Fenster"}, {"type", "text"}});
    const auto other = acme.organization();
    acme.hold(other, acme.page);
    acme.lister.list(other, acme.page);
    acme.map(acme.form, windows, "field", field);
    MetaClient theirs(acme, other);
    CHECK(theirs->get("/api/v1/fields").json().at("data").as_array().empty());
    const auto mapping = theirs->get("/api/v1/meta/forms/" + acme.form + "/mapping").json();
    for (const auto& question : mapping.at("questions").as_array())
        CHECK(question.at("field_id").is_null());
}

}  // namespace
}  // namespace leadcrm::meta
