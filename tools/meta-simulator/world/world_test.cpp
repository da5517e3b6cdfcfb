#include "meta-simulator/world/people.hpp"
#include "meta-simulator/world/world.hpp"
#include "platform/failure.hpp"
#include "platform/http/message.hpp"
#include "platform/phone/phone.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace leadcrm;
using namespace leadcrm::simulator;

namespace {

constexpr Instant noon{1'765'022'400'000'000};

World world_of(std::uint64_t seed)
{
    World world(seed, "1", "secret");
    world.populate(20, noon);
    return world;
}

std::string text_of(const Lead& lead)
{
    std::string text = lead.id + lead.form_id + lead.platform;
    for (const auto& answer : lead.answers) {
        text += answer.name;
        for (const auto& value : answer.values) text += value;
    }
    return text;
}

}  // namespace

TEST_CASE("the same seed makes the same leads, another seed others")
{
    const auto story = [](std::uint64_t seed) {
        auto world = world_of(seed);
        std::string text;
        for (int i = 0; i < 200; ++i) text += text_of(world.add_lead({}, noon));
        return text;
    };
    CHECK(story(1) == story(1));
    CHECK(story(1) != story(2));
    CHECK(world_of(1).pages.begin()->second.name == world_of(2).pages.begin()->second.name);
}

TEST_CASE("telephone numbers are possible ones of their country")
{
    Dice dice(3);
    for (const auto& home : countries()) {
        CAPTURE(home.code);
        for (int i = 0; i < 40; ++i) {
            const auto person = make_person(dice, home);
            CAPTURE(person.phone);
            const auto e164 = phone::to_e164(person.phone, home.code);
            REQUIRE(e164);
            CHECK(e164->starts_with(home.calling_code));
        }
    }
}

TEST_CASE("what people type is UTF-8 and goes to no real address")
{
    auto world = world_of(4);
    bool beyond_latin = false;
    bool no_choice = false;
    bool several = false;
    for (int i = 0; i < 2000; ++i)
        for (const auto& answer : world.add_lead({}, noon).answers) {
            no_choice = no_choice || answer.values.empty();
            several = several || answer.values.size() > 1;
            for (const auto& value : answer.values) {
                CHECK(http::is_utf8(value));
                beyond_latin = beyond_latin || value.find("محمد") != value.npos;
                const auto at = value.find('@');
                if (at != value.npos && answer.name.find("email") != value.npos)
                    CHECK(value.find("example.", at) != value.npos);
            }
        }
    CHECK(beyond_latin);
    CHECK(no_choice);
    CHECK(several);
}

TEST_CASE("a wish is followed, and what is not there is told")
{
    auto world = world_of(5);
    const auto form_id = world.forms.begin()->first;
    const auto& lead =
        world.add_lead({.form_id = form_id,
                           .values = {{"full_name", {"Ana Ruiz"}}, {"extra", {"a", "b"}}},
                           .created = noon - std::chrono::hours(5),
                           .platform = "ig",
                           .organic = true},
            noon);
    CHECK(lead.form_id == form_id);
    CHECK(lead.answers.front().values == std::vector<std::string>{"Ana Ruiz"});
    CHECK(lead.answers.back().name == "extra");
    CHECK(lead.platform == "ig");
    CHECK(lead.is_organic());
    CHECK(lead.created == noon - std::chrono::hours(5));
    CHECK_THROWS_AS(world.add_lead({.form_id = "1"}, noon), Failure);
    CHECK_THROWS_AS(world.add_lead({.page_id = "1"}, noon), Failure);
}

TEST_CASE("leads come from pages by weight and from forms that are active")
{
    auto world = world_of(6);
    for (auto& [id, page] : world.pages) page.weight = 0;
    auto& only = world.pages.begin()->second;
    only.weight = 1;
    world.forms.at(only.form_ids[0]).status = "ARCHIVED";
    for (int i = 0; i < 100; ++i) {
        const auto& lead = world.add_lead({}, noon);
        CHECK(lead.page_id == only.id);
        CHECK(lead.form_id != only.form_ids[0]);
    }
}

TEST_CASE("only leads of the last 90 days count as living")
{
    auto world = world_of(7);
    const auto& page = world.pages.begin()->second;
    world.add_lead({.page_id = page.id, .created = noon - std::chrono::hours(91 * 24)}, noon);
    const auto id = world.add_lead({.page_id = page.id}, noon).id;
    CHECK(world.living_leads(page, noon) == 1);
    world.remove(id);
    CHECK(world.living_leads(page, noon) == 0);
}
