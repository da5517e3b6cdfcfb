#include "app/testing/workspace.hpp"
#include "events/change.hpp"
#include "events/stream.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <atomic>

namespace leadcrm::events {
namespace {

using testing::submission_of;
using testing::Workspace;

struct Message {
    std::string id;
    std::string event;
    boost::json::value data;
};

std::vector<Message> parse(const std::vector<std::string>& texts)
{
    std::string all;
    for (const auto& text : texts) all += text;
    std::vector<Message> messages(1);
    for (std::size_t at = 0; at < all.size();) {
        const auto end = all.find('\n', at);
        const auto line = all.substr(at, end - at);
        at = end + 1;
        if (line.empty())
            messages.emplace_back();
        else if (line.starts_with("id: "))
            messages.back().id = line.substr(4);
        else if (line.starts_with("event: "))
            messages.back().event = line.substr(7);
        else if (line.starts_with("data: "))
            messages.back().data = boost::json::parse(line.substr(6));
        else
            FAIL("no line of an event stream: " << line);
    }
    messages.pop_back();
    return messages;
}

// Waits until that many messages have come.
std::vector<Message> messages_in(const testing::RecordedStream& stream, std::size_t count)
{
    for (std::size_t texts = 1; texts <= count; ++texts)
        if (auto messages = parse(stream.texts(texts)); messages.size() >= count) return messages;
    return parse(stream.texts(count, std::chrono::milliseconds(0)));
}

void arrive(Workspace& crm, int first, int count)
{
    for (int i = first; i < first + count; ++i)
        crm.arrives(submission_of("Lead " + std::to_string(i), "", "", std::to_string(i)));
}

std::vector<std::string> ids_of(const std::vector<Message>& messages)
{
    std::vector<std::string> ids;
    for (const auto& message : messages) ids.push_back(message.id);
    return ids;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a stream says hello, then tells each lead as the API shows it")
{
    Workspace crm;
    const auto stream = crm.stream();
    messages_in(*stream, 1);
    arrive(crm, 1, 1);
    const auto messages = messages_in(*stream, 2);
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].event == "hello");
    CHECK(messages[0].data.at("seq").as_int64() == 0);
    CHECK(messages[1].event == "lead.created");
    CHECK(messages[1].id == "1");
    CHECK(messages[1].data.at("kind").as_string() == "lead.created");
    crm.settle();
    CHECK(messages[1].data.at("lead") == crm.lead("Lead 1"));
}

TEST_CASE("changes are told as updates with their kind")
{
    Workspace crm;
    arrive(crm, 1, 1);
    const auto lead = crm.lead("Lead 1");
    const auto stream = crm.stream();
    messages_in(*stream, 1);
    crm.patch("/leads/" + std::string(lead.at("id").as_string()), {{"name", "Ana"}}, 1);
    const auto messages = messages_in(*stream, 2);
    REQUIRE(messages.size() == 2);
    CHECK(messages[1].event == "lead.updated");
    CHECK(messages[1].data.at("kind").as_string() == "lead.contact_changed");
    CHECK(messages[1].data.at("lead").at("name").as_string() == "Ana");
    CHECK(messages[1].data.at("lead").at("version").as_int64() == 2);
}

TEST_CASE("a stream goes on after the event it has heard last, without gaps")
{
    Workspace crm;
    arrive(crm, 1, 10);
    const auto stream = crm.stream("7");
    CHECK(ids_of(messages_in(*stream, 4)) == Ids{"7", "8", "9", "10"});
    arrive(crm, 11, 1);
    CHECK(ids_of(messages_in(*stream, 5)).back() == "11");

    const auto up_to_date = crm.stream("11");
    CHECK(ids_of(messages_in(*up_to_date, 1)) == Ids{"11"});
    CHECK(parse(up_to_date->texts(1))[0].event == "hello");
}

TEST_CASE("what else has changed is told to those who may know of it, after the commit")
{
    Workspace crm;
    crm.caller.rights = crm.caller.rights.with(http::Right::read_leads);
    const auto agent = crm.stream();
    auto owner_asks = crm.caller;
    owner_asks.rights = owner_asks.rights.with(http::Right::read_sources);
    std::swap(crm.caller, owner_asks);
    const auto owner = crm.stream();
    const auto elsewhere_asks = crm.add_organization("Elsewhere");
    const auto here = std::exchange(crm.caller, elsewhere_asks);
    crm.caller.rights = here.rights;
    const auto elsewhere = crm.stream();
    messages_in(*agent, 1);
    messages_in(*owner, 1);
    messages_in(*elsewhere, 1);

    CHECK_THROWS(crm.database->write(here.organization_id, [](db::Tx& tx) {
        tell_change(tx, Topic::ledger);
        throw Failure::internal("it is rolled back");
    }));
    crm.database->write(here.organization_id, [](db::Tx& tx) {
        tell_change(tx, Topic::doctor);
        tell_change(tx, Topic::pages);
    });
    const auto told = messages_in(*owner, 3);
    REQUIRE(told.size() == 3);
    CHECK(told[1].event == "changed");
    CHECK(told[1].id == "");
    CHECK(told[1].data.at("topic").as_string() == "doctor");
    CHECK(told[2].data.at("topic").as_string() == "pages");
    const auto told_agent = messages_in(*agent, 2);
    REQUIRE(told_agent.size() == 2);
    CHECK(told_agent[1].data.at("topic").as_string() == "pages");
    CHECK(parse(elsewhere->texts(2, std::chrono::milliseconds(50))).size() == 1);
}

TEST_CASE("whoever is too far back, or nowhere, is told to read anew")
{
    Workspace crm;
    crm.database->write(crm.caller.organization_id, [&](db::Tx& tx) {
        std::vector<LoggedEvent> past(
            resume_max + 5, {0, "lead.created", LeadId::make(), {}, {}, {"{}"}});
        record(tx, past);
    });
    for (const auto* place : {"4", "1006", "-1", "7x", "99999999999999999999"}) {
        const auto stream = crm.stream(place);
        const auto messages = messages_in(*stream, 2);
        REQUIRE(messages.size() == 2);
        CHECK(messages[0].event == "hello");
        CHECK(messages[0].data.at("seq").as_int64() == resume_max + 5);
        CHECK_MESSAGE(messages[1].event == "reset", place);
    }
    const auto stream = crm.stream("5");  // just near enough; the leads themselves are gone
    messages_in(*stream, 1);
    arrive(crm, 1, 1);
    const auto messages = messages_in(*stream, 2);
    CHECK(messages[1].event == "lead.created");
}

TEST_CASE("each hears of the leads within sight only")
{
    Workspace crm;
    const auto owner = crm.caller;
    const auto agent = crm.add_member("Agent", http::Sight::own);
    const auto other = crm.add_member("Other", http::Sight::own_and_unassigned);
    const auto stranger = crm.add_organization("Globex");
    arrive(crm, 1, 1);
    crm.set_owner("Lead 1", agent.user_id);

    const auto open_as = [&](const http::Caller& caller) {
        crm.caller = caller;
        auto stream = crm.stream();
        messages_in(*stream, 1);
        return stream;
    };
    const auto owners = open_as(owner);
    const auto agents = open_as(agent);
    const auto others = open_as(other);
    const auto strangers = open_as(stranger);
    crm.caller = owner;
    arrive(crm, 2, 1);
    messages_in(*owners, 2);
    const auto lead = crm.lead("Lead 1");
    crm.patch("/leads/" + std::string(lead.at("id").as_string()), {{"name", "Ana"}}, 1);

    CHECK(ids_of(messages_in(*owners, 3)) == Ids{"1", "2", "3"});
    CHECK(ids_of(messages_in(*agents, 2)) == Ids{"1", "3"});
    CHECK(ids_of(messages_in(*others, 2)) == Ids{"1", "2"});
    CHECK(strangers->texts(1).size() == 1);
}

TEST_CASE("streams that join while leads arrive miss none and hear none twice")
{
    Workspace crm;
    std::atomic<bool> over = false;
    std::thread source([&] {
        for (int i = 0; i < 300; ++i)
            crm.arrives(submission_of("Lead", "", "", "joining " + std::to_string(i)));
        over = true;
    });
    std::vector<std::shared_ptr<testing::RecordedStream>> streams;
    while (!over) {
        streams.push_back(crm.stream());
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    source.join();
    for (const auto& stream : streams) {
        const auto first = parse(stream->texts(1)).at(0).data.at("seq").as_int64();
        const auto messages = messages_in(*stream, std::size_t(301 - first));
        REQUIRE(messages.size() == std::size_t(301 - first));
        for (std::size_t i = 0; i < messages.size(); ++i)
            CHECK(messages[i].id == std::to_string(first + std::int64_t(i)));
    }
}

TEST_CASE("a closed stream is forgotten")
{
    Workspace crm;
    auto stream = crm.stream();
    messages_in(*stream, 1);
    stream->close();
    arrive(crm, 1, 1);
    const auto another = crm.stream("0");
    CHECK(messages_in(*another, 2).size() == 2);
    CHECK(stream->texts(1).size() == 1);
}

TEST_CASE("a lead that was told to somebody is visible")
{
    Workspace crm;
    const auto stream = crm.stream();
    messages_in(*stream, 1);
    arrive(crm, 1, 1);
    const auto told = messages_in(*stream, 2).at(1).data.at("lead").at("visible_at").as_string();
    crm.settle();
    CHECK(crm.database
              ->read(crm.caller.organization_id,
                  [](db::Reader& db) {
                      return db.one<std::optional<Instant>>(
                          "SELECT visible_at FROM leads WHERE organization_id = $1");
                  })
              .has_value());
    CHECK(!told.empty());
}

}  // namespace leadcrm::events
