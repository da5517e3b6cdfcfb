#include "meta/leads_file.hpp"
#include "meta/testing/meta_client.hpp"
#include "meta/testing/simulated_meta.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

using testing::MetaClient;
using testing::SimulatedMeta;

constexpr auto header =
    "id\tcreated_time\tad_id\tad_name\tadset_id\tadset_name\tcampaign_id\tcampaign_name\tform_id\t"
    "form_name\tis_organic\tplatform\tWhich rooms?\tfull name\temail\tphone_number\n";

std::string row(const std::string& id, const std::string& name, const std::string& form = "77")
{
    return "l:" + id + "\t2026-11-20T08:15:00+01:00\tag:3\tVideo A\tas:4\tBerlin\tc:5\tSpring\tf:"
        + form + "\tImplants\tfalse\tig\tkitchen\t" + name + "\tana@example.com\tp:+34600000000\n";
}

std::string utf16(const std::u16string& text, bool is_big_endian, bool has_mark = true)
{
    std::string bytes;
    const auto put = [&](char16_t unit) {
        const char high = char(unit >> 8), low = char(unit & 0xFF);
        bytes += is_big_endian ? high : low;
        bytes += is_big_endian ? low : high;
    };
    if (has_mark) put(0xFEFF);
    for (const auto unit : text) put(unit);
    return bytes;
}

TEST_CASE("a download is read as Graph would have told its leads")
{
    const auto file = read_leads_file(header + row("900000000000001", "Ana Ruiz"));
    REQUIRE(file.rows.size() == 1);
    CHECK(file.rejected.empty());
    const auto& lead = file.rows[0];
    CHECK(lead.line == 2);
    CHECK(lead.leadgen_id == "900000000000001");
    CHECK(lead.form_id == "77");
    CHECK(lead.lead.at("ad_id") == boost::json::string("3"));
    CHECK(lead.lead.at("campaign_name") == boost::json::string("Spring"));
    CHECK(lead.lead.at("is_organic") == false);
    const auto& answers = lead.lead.at("field_data").as_array();
    REQUIRE(answers.size() == 4);
    CHECK(answers[0].at("name").as_string() == "Which rooms?");
    CHECK(answers[3].at("values").at(0).as_string() == "+34600000000");
}

TEST_CASE("a download of the fewest columns is read too")
{
    const auto file = read_leads_file("id,created_time,is_organic\n"
                                      "l:900000000000001,2026-11-20T08:15:00+01:00,true\n");
    REQUIRE(file.rows.size() == 1);
    CHECK(file.rows[0].leadgen_id == "900000000000001");
    CHECK(file.rows[0].lead.at("is_organic") == true);
}

TEST_CASE("UTF-16 of both ends, marks, and UTF-8 are the same text")
{
    const std::u16string text = u"id,created_time\nAña \U0001F600";
    const std::string expected = "id,created_time\nA\xC3\xB1"
                                 "a \xF0\x9F\x98\x80";
    CHECK(as_utf8(utf16(text, false)) == expected);
    CHECK(as_utf8(utf16(text, true)) == expected);
    CHECK(as_utf8(utf16(text, false, false)) == expected);
    CHECK(as_utf8(utf16(text, true, false)) == expected);
    CHECK(as_utf8("\xEF\xBB\xBF" + expected) == expected);
    CHECK(as_utf8(expected) == expected);
    CHECK_FALSE(as_utf8("id,\xFF"));
    CHECK_FALSE(as_utf8(std::string("\xFF\xFE"
                                    "a",
        3)));
    CHECK_FALSE(as_utf8(std::string("\xFF\xFE\x00\xD8", 4)));
}

TEST_CASE("commas, semicolons, quotes, line breaks in cells and every line end")
{
    const auto names = [](const LeadsFile& file) {
        std::vector<std::string> names;
        for (const auto& each : file.rows)
            names.emplace_back(each.lead.at("field_data").at(0).at("values").at(0).as_string());
        return names;
    };
    const std::vector<std::string> expected{"Ruiz, \"Ana\"\nLeón", "Bo"};
    for (const std::string end : {"\n", "\r\n", "\r"})
        for (const std::string by : {",", ";", "\t"}) {
            const auto file = read_leads_file("id" + by + "created_time" + by + "name" + end + "1"
                + by + "2026-11-20T08:15:00+0000" + by + "\"Ruiz, \"\"Ana\"\"\nLeón\"" + end + end
                + "2" + by + "2026-11-20T08:15:00+0000" + by + "Bo");
            CHECK(names(file) == expected);
            CHECK(file.rows[0].line == 2);
            CHECK(file.rows[1].line == 5);
        }
}

TEST_CASE("rows that cannot be taken are told by line, the others are taken")
{
    const auto file = read_leads_file("id,created_time,email\n"
                                      "l:1,2026-11-20T08:15:00+0000,a@x.y\n"
                                      "abc,2026-11-20T08:15:00+0000,b@x.y\n"
                                      "l:3,yesterday,c@x.y\n"
                                      "l:4,2026-11-20T08:15:00+0000,d@x.y,and,more\n"
                                      ",,\n"
                                      "l:6,2026-11-20T08:15:00+0000\n");
    CHECK(file.rows.size() == 2);
    REQUIRE(file.rejected.size() == 3);
    CHECK(file.rejected[0].line == 3);
    CHECK(file.rejected[1].line == 4);
    CHECK(file.rejected[2].line == 5);
    CHECK(file.rejected[0].reason.find("no lead id") != std::string::npos);
    CHECK_THROWS_AS(read_leads_file(""), Failure);
    CHECK_THROWS_AS(read_leads_file("name,email\nAna,a@x.y\n"), Failure);
}

struct Acme : SimulatedMeta {
    Acme() : page(page_id(0)), form(form_id(0)), id(organization_with(page)), client(*this, id)
    {
        lister.list(id, page);
    }
    boost::json::value upload(const std::string& bytes)
    {
        const auto answer = client.send_file(bytes);
        REQUIRE(answer.status == 200);
        return answer.json();
    }

    std::string page;
    std::string form;
    OrganizationId id;
    MetaClient client;
};

TEST_CASE("a file brings what is missing, and nothing twice")
{
    Acme acme;
    const auto ids = acme.make_leads(acme.form, 2);
    acme.reconciler.reconcile(acme.id, acme.page);
    acme.database->write(acme.id, [](db::Tx& tx) {
        tx.run("UPDATE backfills SET state = 'done' WHERE organization_id = $1");
    });
    acme.reconciler.reconcile(acme.id, acme.page);
    CHECK(acme.submissions_of(acme.id) == 2);

    const auto bytes = header + row(ids[0], "Ana", acme.form) + row("777", "Bo", acme.form)
        + row("777", "Bo", acme.form) + row("778", "Cid", "123") + row("x", "Dee", acme.form);
    auto taken = acme.upload(bytes);
    CHECK(taken.at("rows") == 5);
    CHECK(taken.at("stored") == 2);  // there is one page only, so an unknown form is of it
    CHECK(taken.at("known") == 2);
    CHECK(taken.at("rejected").at(0).at("line") == 6);
    taken = acme.upload(bytes);
    CHECK(taken.at("stored") == 0);
    CHECK(acme.submissions_of(acme.id) == 4);
    CHECK(acme.fetch_of(acme.id, "777")->brought_by == BroughtBy::file);

    // Whatever comes later by webhook is known.
    acme.deliver(acme.delivery(acme.page, {"777"}));
    acme.sort_and_fetch();
    CHECK(acme.submissions_of(acme.id) == 4);
}

TEST_CASE("a file in a form is taken too, other bodies are refused")
{
    Acme acme;
    const auto part =
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
        "Content-Type: text/csv\r\n\r\n"
        + (header + row("9", "Ana", acme.form)) + "\r\n--xyz--\r\n";
    const auto answer = acme.client.send_file(part, "multipart/form-data; boundary=xyz");
    CHECK(answer.status == 200);
    CHECK(answer.json().at("stored") == 1);
    CHECK(acme.client.send_file(part, "multipart/form-data").status == 400);
    CHECK(acme.client.send_file("{}", "application/json").status == 415);
    CHECK(acme.client.send_file("a,b\n1,2\n").status == 422);
}

TEST_CASE("a row whose form is of none of several pages is rejected")
{
    Acme acme;
    acme.hold(acme.id, acme.page_id(1));
    const auto taken = acme.upload(header + row("9", "Ana", "123"));
    CHECK(taken.at("stored") == 0);
    CHECK(taken.at("rejected").at(0).at("line") == 2);
}

}  // namespace
}  // namespace leadcrm::meta
