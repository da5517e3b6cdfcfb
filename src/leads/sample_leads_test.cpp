#include "app/testing/workspace.hpp"
#include "leads/folded_text.hpp"
#include "leads/lead.hpp"
#include "leads/sample_leads.hpp"
#include "platform/phone/phone.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace leadcrm::leads {
namespace {

std::vector<LeadRow> all_leads(testing::Workspace& crm)
{
    return crm.database->read(crm.caller.organization_id, [](db::Reader& db) {
        return db.rows<LeadRow>(
            "SELECT {columns} FROM leads WHERE organization_id = $1 ORDER BY number");
    });
}

std::string story_of(const std::vector<LeadRow>& leads)
{
    std::string story;
    for (const auto& lead : leads)
        story += lead.name + lead.email.value_or("") + lead.phone.value_or("") + lead.answers.text
            + std::to_string(lead.version) + "\n";
    return story;
}

}  // namespace

TEST_CASE("samples are the same for the same seed and differ for another")
{
    testing::Workspace one;
    testing::Workspace two;
    testing::Workspace three;
    make_samples(*one.database, one.caller.organization_id, 60, 5);
    make_samples(*two.database, two.caller.organization_id, 60, 5);
    make_samples(*three.database, three.caller.organization_id, 60, 6);
    CHECK(story_of(all_leads(one)) == story_of(all_leads(two)));
    CHECK(story_of(all_leads(one)) != story_of(all_leads(three)));
}

TEST_CASE("samples look like a year of a real team")
{
    testing::Workspace crm;
    const auto agent = crm.add_member("Agent", http::Sight::own);
    std::int64_t told = 0;
    make_samples(*crm.database, crm.caller.organization_id, 1500, 1,
        [&](std::int64_t made) { told = made; });
    CHECK(told == 1500);
    const auto leads = all_leads(crm);
    REQUIRE(leads.size() == 1500);

    std::set<pipeline::StageId> stages;
    std::set<std::optional<UserId>> owners;
    std::set<std::string> forms;
    std::int64_t came_back = 0;
    for (const auto& lead : leads) {
        stages.insert(lead.stage_id);
        owners.insert(lead.owner_id);
        forms.insert(*lead.form_id);
        came_back += lead.submission_count > 1;
        CHECK(lead.submitted_at <= lead.received_at);
        CHECK(lead.received_at <= lead.updated_at);
        CHECK(lead.updated_at <= Instant::now());
        if (lead.phone) CHECK(phone::to_e164(*lead.phone, "") == lead.phone);
        CHECK(lead.name_key == name_key_of(lead.name));
    }
    CHECK(stages.size() == 6);
    CHECK(owners.count(std::nullopt) == 1);
    CHECK(owners.count(agent.user_id) == 1);
    CHECK(forms.size() > 10);
    CHECK(came_back > 20);
    CHECK(crm.announced("lead.created") == 1500);
    CHECK(crm.announced("lead.came_back") == came_back);
    CHECK(crm.get("/leads/count?q=gmail").json().at("count").as_int64() > 50);
}

TEST_CASE("samples can be added again, and real leads after them")
{
    testing::Workspace crm;
    make_samples(*crm.database, crm.caller.organization_id, 30, 5);
    make_samples(*crm.database, crm.caller.organization_id, 30, 5);
    crm.arrives(testing::submission_of("Ana", "", "", "1"));
    CHECK(crm.lead("Ana").at("number").as_int64() == 61);
    CHECK(crm.get("/leads/count").json().at("count").as_int64() == 61);
}

}  // namespace leadcrm::leads
