#include "app/testing/workspace.hpp"
#include "leads/lead_list.hpp"
#include "leads/sample_leads.hpp"

#include <doctest/doctest.h>

#include <set>

namespace leadcrm::leads {
namespace {

using testing::Names;
using testing::submission_of;
using testing::Workspace;

Submission at_minute(const std::string& name, int minute)
{
    auto submission = submission_of(name, "", "", name);
    submission.submitted_at =
        Instant::from_unix_seconds(1'780'000'000) + std::chrono::minutes(minute);
    return submission;
}

std::string next_of(Workspace& crm, const std::string& list)
{
    const auto next = crm.get(list).json().at("next_cursor");
    return next.is_null() ? "" : std::string(next.as_string());
}

// All pages of a list, and what happens between two of them.
Names walk(Workspace& crm, const std::string& list, const std::function<void(int)>& between = {})
{
    Names all;
    std::string cursor;
    for (int page = 0; page < 100; ++page) {
        const auto target = list + (cursor.empty() ? "" : "&cursor=" + cursor);
        for (auto& name : crm.names(target)) all.push_back(std::move(name));
        cursor = next_of(crm, target);
        if (cursor.empty()) break;
        if (between) between(page);
    }
    return all;
}

}  // namespace

TEST_CASE("pages follow each other without gaps or doubles, equal times included")
{
    Workspace crm;
    Names expected;
    for (int i = 0; i < 23; ++i) {
        const auto name = "Lead " + std::to_string(10 + i);
        crm.arrives(at_minute(name, i / 4));
        expected.insert(expected.begin(), name);
    }
    CHECK(walk(crm, "/leads?limit=5") == expected);
    CHECK(walk(crm, "/leads?limit=1&sort=-name") == expected);
    std::reverse(expected.begin(), expected.end());
    CHECK(walk(crm, "/leads?limit=7&sort=name") == expected);
    CHECK(walk(crm, "/leads?limit=23&sort=submitted_at") == expected);
    CHECK(next_of(crm, "/leads?limit=23").empty());
}

TEST_CASE("leads that arrive while somebody pages neither shift nor repeat the rest")
{
    Workspace crm;
    for (int i = 0; i < 10; ++i) crm.arrives(at_minute("Old " + std::to_string(i), i));
    const auto seen = walk(crm, "/leads?limit=3", [&](int page) {
        for (int i = 0; i < 4; ++i)
            crm.arrives(at_minute("New " + std::to_string(page) + std::to_string(i), 100 + page));
    });
    CHECK(seen.size() == 10);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 10);
    CHECK(seen.front() == "Old 9");
    CHECK(seen.back() == "Old 0");
}

TEST_CASE("names are sorted without regard to case and accents")
{
    Workspace crm;
    for (const auto* name : {"zoe", "Émile", "adam", "Ádám B", "ÉMILE z", "Żaneta"})
        crm.arrives(submission_of(name, "", "", name));
    CHECK(crm.names("/leads?sort=name")
        == Names{"adam", "Ádám B", "Émile", "ÉMILE z", "Żaneta", "zoe"});
}

TEST_CASE("filters by source, form, owner, time and several values at once")
{
    Workspace crm;
    const auto agent = crm.add_member("Agent", http::Sight::all);
    auto facebook = at_minute("Fay", 1);
    facebook.source.platform = "fb";
    facebook.source.form_id = "7";
    crm.arrives(facebook);
    crm.arrives(at_minute("Ida", 2));
    auto organic = at_minute("Org", 3);
    organic.source.platform = std::nullopt;
    organic.source.form_id = std::nullopt;
    crm.arrives(organic);
    crm.set_owner("Ida", agent.user_id);

    CHECK(crm.names("/leads?source=fb") == Names{"Fay"});
    CHECK(crm.names("/leads?source=fb,ig") == Names{"Ida", "Fay"});
    CHECK(crm.names("/leads?form=7") == Names{"Fay"});
    CHECK(crm.names("/leads?form=7,202020202020202&sort=name") == Names{"Fay", "Ida"});
    CHECK(crm.names("/leads?owner=" + agent.user_id.text()) == Names{"Ida"});
    CHECK(crm.names("/leads?owner=unassigned") == Names{"Org", "Fay"});
    CHECK(
        crm.names("/leads?owner=unassigned," + agent.user_id.text()) == Names{"Org", "Ida", "Fay"});
    const auto second = rfc3339(at_minute("", 2).submitted_at);
    CHECK(crm.names("/leads?submitted_after=" + second) == Names{"Org", "Ida"});
    CHECK(crm.names("/leads?submitted_before=" + second) == Names{"Fay"});
    CHECK(crm.names("/leads?sort=-updated_at&submitted_before=" + second) == Names{"Fay"});
    CHECK(crm.names(R"(/leads?filter={"page":"101010101010101"}&sort=submitted_at)")
        == Names{"Fay", "Ida", "Org"});
    CHECK(crm.names("/leads?source=ig&owner=me").empty());
}

TEST_CASE("search finds parts of names, e-mail addresses and phone numbers in every script")
{
    Workspace crm;
    crm.arrives(submission_of("José Núñez", "pepe@web.example", "0170 1234567", "1"));
    crm.arrives(submission_of("Иван Смирнов", "ivan@web.example", "+7 912 345-67-89", "2"));
    crm.arrives(submission_of("王小明", "wang@web.example", "+86 138 1234 5678", "3"));
    crm.arrives(submission_of("فاطمة حداد", "f@web.example", "", "4"));
    crm.arrives(submission_of("Łukasz O'Brien \"Lu\"", "50%_off@web.example", "", "5"));

    const auto find = [&](const std::string& q) { return crm.names("/leads?q=" + q); };
    CHECK(find("nunez") == Names{"José Núñez"});
    CHECK(find("NÚÑ") == Names{"José Núñez"});
    CHECK(find("jose%20nun") == Names{"José Núñez"});
    CHECK(find("nun%20jos") == Names{"José Núñez"});
    CHECK(find("pepe@web") == Names{"José Núñez"});
    CHECK(find("0170%20123") == Names{"José Núñez"});
    CHECK(find("%2B49%20(170)%201234567") == Names{"José Núñez"});
    CHECK(find("4567") == Names{"王小明", "Иван Смирнов", "José Núñez"});
    CHECK(find("jo") == Names{"José Núñez"});
    CHECK(find("os").empty());
    CHECK(find("67") == Names{"José Núñez"});
    CHECK(find("смирн") == Names{"Иван Смирнов"});
    CHECK(find("ИВАН") == Names{"Иван Смирнов"});
    CHECK(find("с") == Names{"Иван Смирнов"});
    CHECK(find("小明") == Names{"王小明"});
    CHECK(find("王小明") == Names{"王小明"});
    CHECK(find("حداد") == Names{"فاطمة حداد"});
    CHECK(find("lukasz") == Names{"Łukasz O'Brien \"Lu\""});
    CHECK(find("%22lu%22") == Names{"Łukasz O'Brien \"Lu\""});
    CHECK(find("o'b") == Names{"Łukasz O'Brien \"Lu\""});
    CHECK(find("%25_off") == Names{"Łukasz O'Brien \"Lu\""});
    CHECK(find("web.example").size() == 5);
    CHECK(find("nobody").empty());
    CHECK(find("josee").empty());
    CHECK(find("web.example&sort=-name").front() == "王小明");
}

TEST_CASE("SQLite takes the way that was chosen, by the index that was chosen")
{
    Workspace crm;
    crm.add_member("Agent", http::Sight::all);
    make_samples(*crm.database, crm.caller.organization_id, 50, 1);
    crm.database->read(crm.caller.organization_id, [&](db::Reader& db) {
        if (db.dialect() != db::Dialect::sqlite) return;
        const auto stage = pipeline::first_stage(db).id;
        const auto explain = [&](const std::string& text, const auto&... values) {
            std::string plan;
            using Step = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::string>;
            for (const auto& step : db.rows<Step>("EXPLAIN QUERY PLAN " + text, values...))
                plan += std::get<3>(step) + "\n";
            return plan;
        };
        for (const auto* field : {"submitted_at", "received_at", "updated_at"}) {
            const auto plan =
                explain(std::string("SELECT l.id FROM leads AS l INDEXED BY leads_of_stage_by_")
                        + field + " WHERE l.organization_id = $1 AND (stage_id IN ($2)) AND (l."
                        + field + ", l.number) < ($3, $4) ORDER BY l." + field
                        + " DESC, l.number DESC LIMIT 51",
                    stage, std::int64_t(1), std::int64_t(2));
            CHECK_MESSAGE(
                plan.find("organization_id=? AND stage_id=? AND (") != std::string::npos, plan);
            CHECK_MESSAGE(plan.find("TEMP B-TREE") == std::string::npos, plan);
        }
        // Neither leads nor deleted ones are fetched to be counted.
        const auto count = explain("SELECT COUNT(*) FROM (SELECT 1 FROM leads AS l"
                                   " WHERE l.organization_id = $1 AND l.number NOT IN"
                                   " (SELECT number FROM leads WHERE organization_id = $1"
                                   " AND deleted_at IS NOT NULL)"
                                   " AND (stage_id IN ($2)) LIMIT 10001) AS counted",
            stage);
        CHECK_MESSAGE(
            count.find("l USING COVERING INDEX leads_of_stage") != std::string::npos, count);
        CHECK_MESSAGE(count.find("USING COVERING INDEX leads_deleted") != std::string::npos, count);
    });
}

}  // namespace leadcrm::leads
