// Reading answers again after their mapping changed: looked at, done, taken back.
#include "leads/lead_intake.hpp"
#include "leads/lead_rules.hpp"
#include "meta/answer_mapper.hpp"
#include "meta/mapping_run.hpp"
#include "meta/testing/meta_workspace.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using custom_fields::FieldType;

// One form with a question "rooms", and leads that answered it before anybody mapped it.
struct Acme : testing::MetaWorkspace {
    Acme() : id(organization_with_page("1")), by(UserId::make())
    {
        form.form_id = "f1";
        form.page_id = "1";
        form.name = "Spring";
        form.questions = {{"full_name", "Full name", "FULL_NAME", {}},
            {"email", "Email", "EMAIL", {}}, {"rooms", "Rooms", "CUSTOM", {}}};
        database->write(id, [&](db::Tx& tx) {
            store::upsert(tx, form);
            keep_mapping(tx, form);
            rooms = custom_fields::add_field(tx, {.label = {"Rooms"}, .type = FieldType::number});
        });
    }
    template <class Work>
    auto write(Work work)
    {
        return database->write(id, work);
    }
    void arrives(const std::string& name, const std::string& answer)
    {
        write([&](db::Tx& tx) {
            Fetch fetch{.leadgen_id = "l-" + name,
                .page_id = "1",
                .form_id = "f1",
                .submitted_at = Instant::now(),
                .received_at = Instant::now(),
                .state = FetchState::done,
                .ended_at = Instant::now()};
            store::insert(tx, fetch);
            leads::Submission submission{.leadgen_id = fetch.leadgen_id,
                .source = {.channel = "meta", .page_id = "1", .form_id = "f1"},
                .answers = {{"full_name", "Full name", {name}},
                    {"email", "Email", {name + "@example.com"}}, {"rooms", "Rooms", {answer}}},
                .submitted_at = *fetch.submitted_at,
                .received_at = fetch.received_at};
            AnswerMapper(tx).apply(submission);
            leads::take_in(tx, submission);
        });
    }
    void map(const std::string& key, Target target,
        std::optional<custom_fields::FieldId> field = std::nullopt)
    {
        write([&](db::Tx& tx) {
            auto mapping = *store::find_mapping(tx, "f1");
            for (auto& question : mapping.questions)
                if (question.key == key) question = {key, question.type, false, target, field};
            decide(tx, form, mapping);
        });
    }
    void archive(bool is_archived)
    {
        write([&](db::Tx& tx) {
            rooms = custom_fields::change_field(
                tx, {.id = rooms.id, .if_match = {rooms.version}, .is_archived = is_archived});
        });
    }
    RunSelection all() const { return {.form_id = "f1"}; }
    RunPreview preview()
    {
        return database->read(id, [&](db::Reader& db) { return preview_run(db, all()); });
    }
    MappingRun run(const RunSelection& selection)
    {
        const auto ordered = write([&](db::Tx& tx) { return order_run(tx, selection, by); });
        return finish(ordered.id);
    }
    MappingRun finish(const RunId& run)
    {
        while (write([&](db::Tx& tx) { return go_on(tx, run, by); })) { }
        return database->read(id, [&](db::Reader& db) { return *store::find_run(db, run); });
    }
    MappingRun undo(const RunId& run)
    {
        write([&](db::Tx& tx) { return order_undoing(tx, run, by); });
        return finish(run);
    }
    std::string custom(const std::string& name)
    {
        return database->read(id, [&](db::Reader& db) {
            return json::print(
                json::parse(db.one<json::Raw>("SELECT custom FROM leads WHERE organization_id = $1"
                                              " AND email = $2",
                                  name + "@example.com")
                                .text));
        });
    }
    void set_by_hand(const std::string& name, const json::value& value)
    {
        write([&](db::Tx& tx) {
            const auto [lead, version] = tx.one<std::tuple<LeadId, std::int64_t>>(
                "SELECT id, version FROM leads"
                " WHERE organization_id = $1 AND name = $2",
                name);
            const http::Caller caller{
                .user_id = by, .organization_id = id, .sight = http::Sight::all};
            leads::change(tx, caller,
                {.id = lead,
                    .if_match = {version},
                    .custom = std::map<std::string, json::value>{{"rooms", value}}});
        });
    }
    std::int64_t events(const std::string& kind)
    {
        return database->read(id, [&](db::Reader& db) {
            return db.one<std::int64_t>(
                "SELECT COUNT(*) FROM events WHERE organization_id = $1 AND kind = $2", kind);
        });
    }

    OrganizationId id;
    UserId by;
    Form form;
    custom_fields::CustomField rooms;
};

TEST_CASE("what is mapped later is read from the answers that were kept")
{
    Acme acme;
    acme.arrives("ana", "3");
    acme.arrives("bea", "two or three");
    acme.map("rooms", Target::field, acme.rooms.id);
    CHECK(acme.custom("ana") == "{}");

    const auto preview = acme.preview();
    CHECK(preview.total == 2);
    CHECK(preview.changed == 2);
    REQUIRE(preview.sample.size() == 2);
    CHECK(preview.sample[0].fields[0].misfit_after == "two or three");
    CHECK(preview.sample[1].fields[0].field == "custom.rooms");
    CHECK(preview.sample[1].fields[0].after == json::value(3));
    CHECK(acme.custom("ana") == "{}");

    const auto run = acme.run(acme.all());
    CHECK(run.state == RunState::done);
    CHECK(run.seen == 2);
    CHECK(run.changed == 2);
    CHECK(acme.custom("ana") == R"({"rooms":3})");
    CHECK(acme.events("lead.read_again") == 2);
    CHECK(acme.preview().changed == 0);
    CHECK(acme.run(acme.all()).changed == 0);
}

TEST_CASE("what a person set stays, and the preview says so")
{
    Acme acme;
    acme.arrives("ana", "3");
    acme.arrives("bea", "4");
    acme.set_by_hand("ana", json::value(7));
    acme.map("rooms", Target::field, acme.rooms.id);
    CHECK(acme.preview().kept == 1);
    CHECK(acme.preview().changed == 1);

    const auto run = acme.run(acme.all());
    CHECK(run.kept == 1);
    CHECK(acme.custom("ana") == R"({"rooms":7})");
    CHECK(acme.custom("bea") == R"({"rooms":4})");
}

TEST_CASE("a run is taken back, except where somebody went on from it")
{
    Acme acme;
    acme.arrives("ana", "3");
    acme.arrives("bea", "4");
    acme.map("rooms", Target::field, acme.rooms.id);
    const auto run = acme.run(acme.all());
    acme.set_by_hand("bea", json::value(5));

    const auto undone = acme.undo(run.id);
    CHECK(undone.state == RunState::undone);
    CHECK(undone.undone == 1);
    CHECK(acme.custom("ana") == "{}");
    CHECK(acme.custom("bea") == R"({"rooms":5})");
    CHECK(acme.events("lead.reading_undone") == 1);
    CHECK_THROWS_AS(acme.undo(run.id), Failure);
}

TEST_CASE("a wrong mapping that is mended empties the wrong field and fills the right one")
{
    Acme acme;
    acme.map("rooms", Target::field, acme.rooms.id);
    acme.arrives("ana", "3");
    const auto beds = acme.write([](db::Tx& tx) {
        return custom_fields::add_field(tx, {.label = {"Beds"}, .type = FieldType::number});
    });
    acme.map("rooms", Target::field, beds.id);
    acme.run(acme.all());
    CHECK(acme.custom("ana") == R"({"beds":3})");
}

TEST_CASE("what came from elsewhere than the answers is not judged by them")
{
    Acme acme;
    acme.arrives("ana", "3");
    acme.write([](db::Tx& tx) {
        tx.run("UPDATE leads SET custom = $2, name = 'Somebody Else', email = 'else@example.com'"
               " WHERE organization_id = $1",
            json::Raw{R"({"rooms":12})"});
    });
    CHECK(acme.preview().changed == 0);
    acme.map("rooms", Target::field, acme.rooms.id);
    CHECK(acme.preview().changed == 0);
}

TEST_CASE("an archived field is not filled, keeps its values, and comes back with them")
{
    Acme acme;
    acme.map("rooms", Target::field, acme.rooms.id);
    acme.arrives("ana", "3");
    acme.archive(true);
    acme.arrives("bea", "4");
    CHECK(acme.custom("bea") == "{}");
    CHECK(acme.preview().changed == 0);
    CHECK(acme.custom("ana") == R"({"rooms":3})");

    acme.archive(false);
    acme.run(acme.all());
    CHECK(acme.custom("bea") == R"({"rooms":4})");
}

TEST_CASE("a contact that was mapped wrongly is put right, and what was right stays")
{
    Acme acme;
    acme.arrives("ana", "Ana Ruiz");
    acme.map("full_name", Target::answer);
    acme.map("rooms", Target::name);
    acme.run(acme.all());
    acme.database->read(acme.id, [](db::Reader& db) {
        CHECK(
            db.one<std::string>("SELECT name FROM leads WHERE organization_id = $1") == "Ana Ruiz");
        CHECK(db.one<std::string>("SELECT email FROM leads WHERE organization_id = $1")
            == "ana@example.com");
    });
}

TEST_CASE("only what was chosen is read again: by time, or lead by lead")
{
    Acme acme;
    acme.arrives("ana", "3");
    const auto between = Instant::now();
    acme.arrives("bea", "4");
    acme.map("rooms", Target::field, acme.rooms.id);
    CHECK(acme.run({.form_id = "f1", .before_at = between}).changed == 1);
    CHECK(acme.custom("ana") == R"({"rooms":3})");
    CHECK(acme.custom("bea") == "{}");

    const auto bea = acme.database->read(acme.id, [](db::Reader& db) {
        return db.one<LeadId>("SELECT id FROM leads WHERE organization_id = $1 AND name = 'bea'");
    });
    CHECK(acme.run({.lead_ids = {bea}}).changed == 1);
    CHECK(acme.custom("bea") == R"({"rooms":4})");
}

TEST_CASE("many leads are read again in batches, each once, and one run at a time")
{
    Acme acme;
    for (int i = 0; i < 230; ++i) acme.arrives("p" + std::to_string(i), std::to_string(i));
    acme.map("rooms", Target::field, acme.rooms.id);
    const auto ordered = acme.write([&](db::Tx& tx) { return order_run(tx, acme.all(), acme.by); });
    CHECK(ordered.total == 230);
    CHECK(acme.write([&](db::Tx& tx) { return go_on(tx, ordered.id, acme.by); }));
    CHECK_THROWS_AS(
        acme.write([&](db::Tx& tx) { return order_run(tx, acme.all(), acme.by); }), Failure);
    const auto run = acme.finish(ordered.id);
    CHECK(run.seen == 230);
    CHECK(run.changed == 230);
    CHECK(acme.events("lead.read_again") == 230);
    CHECK(acme.undo(run.id).undone == 230);
    CHECK(acme.custom("p7") == "{}");
}

}  // namespace
}  // namespace leadcrm::meta
