// What an agent gets to hear of a lead that nobody has, when an owner shows them no contacts of
// such leads: by every endpoint, search, filter, file and stream.
#include "app/testing/company.hpp"
#include "exports/leads_export.hpp"
#include "exports/testing/lead_file_reader.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace leadcrm::app {

using namespace testing;

namespace {

// The ways in which the contact of the lead stands somewhere.
Words contact_of(const std::string& word)
{
    const auto number = Company::phone_of(word).substr(6);
    return {
        Company::address_of(word), word + ".x", Company::phone_of(word), number, number.substr(2)};
}

std::string read_file(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string exported(Company& company, const UserId& by, exports::ExportFormat format)
{
    const auto file = company.product.folder.path / "leads.part";
    fs::create_directories(company.product.folder.path);
    const exports::Export made{.id = exports::ExportId::make(),
        .kind = exports::ExportKind::leads,
        .format = format,
        .ordered_by = by,
        .ordered_at = Instant::now()};
    company.product.database->read(company.acme,
        [&](db::Reader& db) { exports::write_leads(db, made, file, [](std::int64_t) {}); });
    return exports::read_lead_file(format, read_file(file)).text;
}

std::int64_t found(HttpClient& browser, const std::string& question)
{
    const auto count = browser.get("/api/v1/leads/count?" + question);
    REQUIRE(count.status == 200);
    const auto list = browser.get("/api/v1/leads?" + question).json().at("data").as_array();
    CHECK(std::int64_t(list.size()) == count.json().at("count").as_int64());
    return std::int64_t(list.size());
}

std::string encoded(const std::string& text)
{
    std::string made;
    for (const char c : text) {
        constexpr char digits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        made += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return made;
}

}  // namespace

TEST_CASE("no endpoint tells the contact of a lead that nobody has to who may not see it")
{
    Company company;
    auto& mia = *company.find("Mia").browser;
    const auto& id = company.leads.at("damson");
    const auto contact = contact_of("damson");
    int asked = 0;
    for (const auto& route : company.product.program.routes().all()) {
        // Nothing is taken here, and she stays signed in.
        const auto right = route.endpoint.right;
        if (!is_json_endpoint(route) || route.path.ends_with("/take")
            || right == http::Right::everybody || right == http::Right::own_account)
            continue;
        CAPTURE(route.method + " " + route.path);
        auto made = request(route, has_body(route) ? "{}" : "");
        if (is_of_a_lead(route)) made.target = with_id(route, id);
        const auto answer = mia.send(std::move(made));
        check_tells_nothing_of(answer.body, contact);
        asked += answer.body.find("Ana damson") != std::string::npos ? 1 : 0;
    }
    CHECK(asked >= 3);  // the list, the record and the change of it do tell of the lead

    const auto record = mia.get("/api/v1/leads/" + id).json();
    CHECK(record.at("contact_hidden") == true);
    CHECK(record.at("email") == "•••@•••");
    CHECK(record.at("phone").as_string() == "+49 ••• ••" + Company::phone_of("damson").substr(12));
    CHECK(record.at("phone_raw").is_null());
    CHECK(record.at("answers").at(0).at("values").at(0) == "because damson");
    CHECK(record.at("submissions").at(0).at("answers").at(1).at("values").at(0) == "•••");
    for (auto* colleague : {&company.find("Nia"), &company.find("Idle")}) {
        const auto shown = colleague->browser->get("/api/v1/leads/" + id).json();
        CHECK(shown.at("contact_hidden") == false);
        CHECK(shown.at("phone").as_string() == Company::phone_of("damson"));
    }
}

TEST_CASE("a lead is not found by a contact that is hidden, and its place in a list tells none")
{
    Company company;
    auto& mia = *company.find("Mia").browser;
    auto& nia = *company.find("Nia").browser;
    const auto phone = Company::phone_of("damson");
    for (const auto& what :
        {Company::address_of("damson"), std::string("damson.x"), std::string("example.com"), phone,
            "0" + phone.substr(3), phone.substr(7), phone.substr(12), phone.substr(3, 4)}) {
        CAPTURE(what);
        CHECK(found(mia, "q=" + encoded(what)) == 0);
        CHECK(found(nia, "q=" + encoded(what)) >= 1);
        for (const auto* filter : {R"({"text":")", R"({"name":{"contains":")"}) {
            auto text = filter + what
                + (std::string(filter).find("name") == std::string::npos ? "\"}" : "\"}}");
            CHECK(found(mia, "filter=" + encoded(text)) == 0);
        }
    }
    CHECK(found(mia, "q=damson") == 1);
    CHECK(found(mia, "q=an%20dams") == 1);
    CHECK(found(mia, "filter=" + encoded(R"({"name":{"starts_with":"ana d"}})")) == 1);
    CHECK(found(mia, "filter=" + encoded(R"({"or":[{"text":"example.com"},{"is_test":true}]})"))
        == 0);

    // Somebody gave their address, and somebody their number for a name.
    company.add_lead(company.acme, "aaa@medlar.example", std::nullopt);
    company.add_lead(company.acme, "0151-2223334", std::nullopt);
    for (const auto* sort : {"name", "-name"}) {
        std::string cursor;
        std::size_t seen = 0;
        do {
            const auto answer = mia.get(std::string("/api/v1/leads?limit=1&sort=") + sort + cursor);
            check_tells_nothing_of(answer.body, {"medlar", "2223334"});
            const auto page = answer.json();
            seen += page.at("data").as_array().size();
            const auto& next = page.at("next_cursor");
            cursor = next.is_null() ? "" : "&cursor=" + std::string(next.as_string());
            // Names stand in a cursor as they are: 'medlar' in base64, at each of its offsets.
            for (const auto* hidden : {"bWVkbGFy", "1lZGxhc", "tZWRsYX"})
                CHECK(cursor.find(hidden) == std::string::npos);
        } while (!cursor.empty());
        CHECK(seen == 3);
    }
    CHECK(found(mia, "q=medlar") == 0);
    CHECK(found(nia, "q=medlar") == 1);
}

TEST_CASE("nobody writes over a contact they do not see, nor learns by trying what it is")
{
    Company company;
    auto& mia = *company.find("Mia").browser;
    const auto target = "/api/v1/leads/" + company.leads.at("damson");
    const http::Headers at_first{{"If-Match", "\"1\""}};
    for (const boost::json::value& change :
        {boost::json::value{{"phone", Company::phone_of("damson")}},
            boost::json::value{{"email", "new@example.com"}}, boost::json::value{{"name", "Ana"}},
            boost::json::value{{"custom", boost::json::object()}}})
        CHECK(mia.patch(target, change, at_first).status == 403);
    const auto stages = mia.get("/api/v1/stages").json().at("data").as_array();
    const auto moved = mia.patch(target, {{"stage_id", stages.at(1).at("id")}}, at_first);
    CHECK(moved.status == 200);
    check_tells_nothing_of(moved.body, contact_of("damson"));
    REQUIRE(mia.post(target + "/take").status == 200);
    CHECK(mia.patch(target, {{"name", "Ana"}}, {{"If-Match", "\"3\""}}).status == 200);
}

TEST_CASE("an export holds no contact that its orderer does not see")
{
    Company company;
    const auto mia = company.find("Mia").id;
    for (const auto format : exports::lead_formats()) {
        const auto hidden = exported(company, mia, format);
        CHECK(hidden.find("because damson") != std::string::npos);
        check_tells_nothing_of(hidden, contact_of("damson"));
        const auto whole = exported(company, company.find("Nia").id, format);
        CHECK(whole.find(Company::address_of("damson")) != std::string::npos);
    }
    REQUIRE(company.find("Mia")
                .browser->post("/api/v1/leads/" + company.leads.at("damson") + "/take")
                .status
        == 200);
    for (const auto format : exports::lead_formats())
        CHECK(exported(company, mia, format).find(Company::address_of("damson"))
            != std::string::npos);
}

TEST_CASE(
    "on an open screen the contact comes with taking the lead, and goes when it is given back")
{
    Company company;
    auto& mia = company.find("Mia");
    auto& owner = company.product.owner;
    const auto target = "/api/v1/leads/" + company.leads.at("damson");
    const auto contact = contact_of("damson");
    const auto stream = mia.browser->stream("/api/v1/stream");
    REQUIRE(stream->hears("event: hello"));
    const auto others = company.find("Nia").browser->stream("/api/v1/stream");
    REQUIRE(others->hears("event: hello"));

    const auto stages = owner.get("/api/v1/stages").json().at("data").as_array();
    REQUIRE(
        owner.patch(target, {{"stage_id", stages.at(1).at("id")}}, {{"If-Match", "\"1\""}}).status
        == 200);
    CHECK(stream->hears("\"contact_hidden\":true"));
    check_tells_nothing_of(stream->all(), contact);
    CHECK(others->hears(Company::phone_of("damson")));

    const auto taken = mia.browser->post(target + "/take");
    CHECK(taken.json().at("phone").as_string() == Company::phone_of("damson"));
    CHECK(stream->hears(Company::phone_of("damson")));
    CHECK(mia.browser->get(target).json().at("contact_hidden") == false);

    const auto before = stream->texts(1).size();
    REQUIRE(owner.post("/api/v1/leads/assign", {{"ids", boost::json::array{target.substr(14)}}})
                .json()
                .at("changed")
        == 1);
    CHECK(stream->hears("\"version\":4"));
    std::string since;
    const auto texts = stream->texts(1);
    for (auto i = before; i < texts.size(); ++i) since += texts[i];
    check_tells_nothing_of(since, contact);
    CHECK(mia.browser->get(target).json().at("contact_hidden") == true);

    // And for everybody as soon as an owner says so.
    REQUIRE(owner
                .put("/api/v1/members/" + mia.id.text() + "/permissions",
                    {{"sees", "own_and_unassigned"}, {"may_export", true},
                        {"sees_unassigned_contacts", true}, {"may_delete", false}})
                .status
        == 204);
    CHECK(stream->hears("event: reset"));
    CHECK(mia.browser->get(target).json().at("phone").as_string() == Company::phone_of("damson"));
}

}  // namespace leadcrm::app
