// Who may delete leads and restore them, and that a deleted one is nowhere for anybody meanwhile.
#include "app/testing/company.hpp"
#include "exports/leads_export.hpp"
#include "exports/testing/lead_file_reader.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace leadcrm::app {

using namespace testing;

namespace {

std::int64_t ask_for(HttpClient& browser, const char* what, const Company& company,
    const std::vector<std::string>& words)
{
    boost::json::array ids;
    for (const auto& word : words) ids.emplace_back(company.leads.at(word));
    const auto answer = browser.post(std::string("/api/v1/leads/") + what, {{"ids", ids}});
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("changed").as_int64();
}

Words deleted_for(HttpClient& browser)
{
    Words words;
    const auto page = browser.get("/api/v1/leads/deleted").json();
    for (const auto& lead : page.at("data").as_array())
        words.insert(std::string(lead.at("name").as_string()).substr(4));
    return words;
}

std::int64_t count(HttpClient& browser)
{
    return browser.get("/api/v1/leads/count").json().at("count").as_int64();
}

leads::Submission sent_by(const std::string& word, const std::string& leadgen_id)
{
    return {.leadgen_id = leadgen_id,
        .contact = {"Ana again", Company::address_of(word), Company::phone_of(word)},
        .source = {.channel = "meta", .page_id = "1"},
        .submitted_at = Instant::now(),
        .received_at = Instant::now()};
}

}  // namespace

TEST_CASE("a deleted lead is nowhere, for anybody and by any endpoint, until it is restored")
{
    Company company;
    auto& owner = company.product.owner;
    REQUIRE(ask_for(owner, "delete", company, {"quince", "damson"}) == 2);
    CHECK(ask_for(owner, "delete", company, {"quince"}) == 0);
    CHECK(count(owner) == 2);
    const Words gone{"quince", "damson"};
    for (auto& person : company.people) {
        CAPTURE(person.name);
        auto& browser = *person.browser;
        for (const auto& route : company.product.program.routes().all()) {
            if (!is_json_endpoint(route) || route.path == "/api/v1/leads/deleted") continue;
            const auto right = route.endpoint.right;
            if (right == http::Right::everybody || right == http::Right::own_account) continue;
            CAPTURE(route.method + " " + route.path);
            for (const auto& word : gone) {
                auto made = request(route, has_body(route) ? "{}" : "");
                if (is_of_a_lead(route)) made.target = with_id(route, company.leads.at(word));
                const auto answer = browser.send(std::move(made));
                if (is_of_a_lead(route))
                    CHECK((answer.status == 404 || answer.status == 422 || answer.status == 403));
                check_tells_nothing_of(answer.body, gone);
            }
        }
        for (const auto& word : gone) {
            CHECK(browser.get("/api/v1/leads?q=" + word).json().at("data").as_array().empty());
            CHECK(browser.get("/api/v1/leads/count?q=" + word).json().at("count") == 0);
        }
    }
    const auto& quince = company.leads.at("quince");
    CHECK(owner.get("/api/v1/leads/" + quince).status == 404);
    CHECK(owner.post("/api/v1/leads/assign", {{"ids", boost::json::array{quince}}})
              .json()
              .at("changed")
        == 0);

    CHECK(ask_for(owner, "restore", company, {"quince", "damson", "loquat"}) == 2);
    CHECK(count(owner) == 4);
    const auto back = owner.get("/api/v1/leads/" + quince).json();
    CHECK(back.at("owner").at("name") == "Nia");
    std::vector<std::string> kinds;
    for (const auto& entry : back.at("timeline").as_array())
        kinds.emplace_back(entry.at("kind").as_string());
    CHECK(kinds == std::vector<std::string>{"lead.created", "lead.deleted", "lead.restored"});
    CHECK(owner.get("/api/v1/leads?q=quince").json().at("data").as_array().size() == 1);
}

TEST_CASE("people delete and restore what they see, and nothing else")
{
    Company company;
    auto& nick = *company.find("Nick").browser;
    CHECK(ask_for(nick, "delete", company, {"quince", "loquat", "foreign"}) == 1);
    CHECK(ask_for(company.product.owner, "delete", company, {"loquat", "damson"}) == 2);
    CHECK(deleted_for(nick) == Words{"quince", "damson"});
    CHECK(deleted_for(*company.find("Tom").browser) == Words{"loquat", "damson"});
    CHECK(deleted_for(company.product.owner) == Words{"quince", "loquat", "damson"});
    CHECK(company.find("Nia").browser->get("/api/v1/leads/deleted").status == 403);
    CHECK(ask_for(nick, "restore", company, {"quince", "loquat"}) == 1);
    CHECK(deleted_for(company.product.owner) == Words{"loquat", "damson"});

    // A deleted lead hides its contact from whom it was hidden before.
    const auto seen = company.find("Mia").browser->get("/api/v1/leads/deleted");
    CHECK(seen.body.find("Ana damson") != std::string::npos);
    check_tells_nothing_of(
        seen.body, {Company::address_of("damson"), Company::phone_of("damson").substr(6)});
}

TEST_CASE("an agent who is allowed to deletes, and the owner can take that back at once")
{
    Company company;
    auto& nia = company.find("Nia");
    const auto may = [&](bool may_delete) {
        return company.product.owner
            .put("/api/v1/members/" + nia.id.text() + "/permissions",
                {{"sees", "own"}, {"may_export", true}, {"sees_unassigned_contacts", true},
                    {"may_delete", may_delete}})
            .status;
    };
    const boost::json::value body{
        {"ids", boost::json::array{company.leads.at("quince"), company.leads.at("damson")}}};
    CHECK(nia.browser->post("/api/v1/leads/delete", body).status == 403);
    CHECK(may(true) == 204);
    CHECK(nia.browser->post("/api/v1/leads/delete", body).json().at("changed") == 1);
    CHECK(may(false) == 204);
    CHECK(nia.browser->post("/api/v1/leads/restore", body).status == 403);
}

TEST_CASE("the deleted leads are listed page by page, with who did it and when they end")
{
    Company company;
    auto& owner = company.product.owner;
    for (const auto* word : {"quince", "medlar", "loquat"})
        ask_for(owner, "delete", company, {word});
    std::vector<std::string> names;
    std::string cursor;
    do {
        const auto page = owner.get("/api/v1/leads/deleted?limit=1" + cursor).json();
        for (const auto& lead : page.at("data").as_array()) {
            names.emplace_back(lead.at("name").as_string());
            CHECK(lead.at("deleted_by").at("name") == "Ana");
            CHECK(lead.at("erased_at").as_string() > lead.at("deleted_at").as_string());
        }
        const auto& next = page.at("next_cursor");
        cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
    } while (!cursor.empty());
    CHECK(names == std::vector<std::string>{"Ana loquat", "Ana medlar", "Ana quince"});
    for (const auto* wrong : {"x", "1", "1-", "-1", "1-2x"})
        CHECK(owner.get(std::string("/api/v1/leads/deleted?cursor=") + wrong).status == 422);

    boost::json::array many;
    for (int i = 0; i < 201; ++i) many.emplace_back(leads::LeadId::make().text());
    for (const auto* what : {"delete", "restore"}) {
        const auto target = std::string("/api/v1/leads/") + what;
        CHECK(owner.post(target, {{"ids", many}}).status == 422);
        CHECK(owner.post(target, {{"ids", boost::json::array()}}).status == 422);
    }
}

TEST_CASE("open screens lose a deleted lead, each of those that showed it, and get it back")
{
    Company company;
    std::map<std::string, std::shared_ptr<RecordedStream>> streams;
    for (auto& person : company.people) {
        streams[person.name] = person.browser->stream("/api/v1/stream");
        REQUIRE(streams[person.name]->hears("event: hello"));
    }
    const auto& id = company.leads.at("quince");
    const auto gone = "event: lead.gone\ndata: {\"id\":\"" + id + "\"}";
    REQUIRE(ask_for(*company.find("Tess").browser, "delete", company, {"quince"}) == 1);
    for (const auto* name : {"Tess", "Nia", "Nick"}) CHECK(streams.at(name)->hears(gone));
    REQUIRE(ask_for(*company.find("Nick").browser, "restore", company, {"quince"}) == 1);
    for (const auto* name : {"Tess", "Nia", "Nick"})
        CHECK(streams.at(name)->hears("\"kind\":\"lead.restored\",\"lead\":{\"id\":\"" + id));
    for (const auto* name : {"Tom", "Sol", "Idle", "Mia"})
        for (const auto& text : streams.at(name)->texts(1))
            CHECK(text.find(id) == std::string::npos);
}

TEST_CASE(
    "whose lead was deleted comes in as somebody new, and what was sent before comes back no way")
{
    Company company;
    auto& owner = company.product.owner;
    REQUIRE(ask_for(owner, "delete", company, {"damson"}) == 1);
    const auto take_in = [&](const std::string& leadgen_id) {
        return company.product.database->write(company.acme,
            [&](db::Tx& tx) { return leads::take_in(tx, sent_by("damson", leadgen_id)); });
    };
    CHECK(take_in("7damson") == leads::Intake::already_known);
    CHECK(count(owner) == 3);
    CHECK(take_in("8damson") == leads::Intake::added);
    CHECK(take_in("9damson") == leads::Intake::came_back);
    CHECK(count(owner) == 4);
    CHECK(ask_for(owner, "restore", company, {"damson"}) == 1);
    CHECK(count(owner) == 5);
    CHECK(take_in("7damson") == leads::Intake::already_known);
}

TEST_CASE("a list of leads that is taken out leaves deleted ones out, and everything holds them")
{
    Company company;
    REQUIRE(ask_for(company.product.owner, "delete", company, {"damson"}) == 1);
    const auto file = company.product.folder.path / "leads.part";
    fs::create_directories(company.product.folder.path);
    for (const auto format : exports::lead_formats()) {
        const exports::Export made{.id = exports::ExportId::make(),
            .kind = exports::ExportKind::leads,
            .format = format,
            .ordered_by = company.owner,
            .ordered_at = Instant::now()};
        const auto rows = company.product.database->read(company.acme, [&](db::Reader& db) {
            return exports::write_leads(db, made, file, [](std::int64_t) {}).rows;
        });
        CHECK(rows == 3);
        std::ifstream in(file, std::ios::binary);
        const auto text =
            exports::read_lead_file(format, {std::istreambuf_iterator<char>(in), {}}).text;
        check_tells_nothing_of(text, {"damson"});
        CHECK(text.find("quince") != std::string::npos);
    }

    auto owner_file =
        company.product.owner.get("/api/v1/leads/" + company.leads.at("damson") + "/access-file");
    CHECK(owner_file.status == 200);
}

}  // namespace leadcrm::app
