#include "meta/delivery_link_store.hpp"
#include "meta/testing/meta_workspace.hpp"
#include "platform/testing/comes_true.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>

namespace leadcrm::meta {
namespace {

using testing::MetaWorkspace;
using namespace std::chrono_literals;

TEST_CASE("a delivery becomes a fetch for every organization that holds the page")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto globex = crm.organization_with_page("1");
    const auto initech = crm.organization_with_page("2");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.sorter.sort_all();

    CHECK(crm.state_of(acme, "11") == "waiting");
    CHECK(crm.state_of(globex, "11") == "waiting");
    CHECK(crm.state_of(initech, "11") == "none");
    CHECK(crm.fetch_of(acme, "11")->form_id == "77");
    CHECK(crm.last_delivery() == "sorted");
}

TEST_CASE("one delivery about pages of different organizations reaches each of them")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto globex = crm.organization_with_page("2");
    crm.deliver(R"({"object":"page","entry":[
        {"id":"1","changes":[{"field":"leadgen","value":{"leadgen_id":"11","page_id":"1"}}]},
        {"id":"2","changes":[{"field":"leadgen","value":{"leadgen_id":"21","page_id":"2"}},
                             {"field":"leadgen","value":{"leadgen_id":"22","page_id":"2"}}]}]})");
    crm.sorter.sort_all();

    CHECK(crm.state_of(acme, "11") == "waiting");
    CHECK(crm.state_of(acme, "21") == "none");
    CHECK(crm.state_of(globex, "21") == "waiting");
    CHECK(crm.state_of(globex, "22") == "waiting");
}

TEST_CASE("a delivery that comes twice is stored once, and a lead told twice is fetched once")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    const auto body = crm.delivery("1", {"11"});
    crm.deliver(body);
    crm.deliver(body);
    crm.sorter.sort_all();
    crm.deliver(body);
    crm.deliver(crm.delivery("1", {"11", "12"}));
    crm.sorter.sort_all();

    const auto counts = crm.database->read_platform([](db::PlatformReader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM webhook_deliveries");
    });
    CHECK(counts == 2);
    CHECK(crm.state_of(acme, "11") == "waiting");
    CHECK(crm.state_of(acme, "12") == "waiting");
}

TEST_CASE("sorting a delivery again changes nothing")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    crm.graph.nodes["11"] = crm.lead("Ana");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.sort_and_fetch();
    const auto before = crm.fetch_of(acme, "11");
    REQUIRE(before->state == FetchState::done);

    crm.database->write_platform(
        [](db::PlatformTx& tx) { tx.run("UPDATE webhook_deliveries SET state = 'new'"); });
    crm.sort_and_fetch();
    CHECK(crm.fetch_of(acme, "11") == before);
    CHECK(crm.submissions_of(acme) == 1);
}

TEST_CASE("a delivery left new by a process that died is sorted by the next one")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    crm.deliver(crm.delivery("1", {"11"}));
    {
        Refusals refusals;
        Sorter next(*crm.database, refusals);
        next.start();
        CHECK(testing::comes_true([&] { return crm.state_of(acme, "11") == "waiting"; }));
    }
}

TEST_CASE("old links go, also those of an organization that holds no page any more")
{
    MetaWorkspace crm;
    const auto acme = crm.organization();
    const auto link_at = [&](Instant at) {
        crm.database->write(acme, [&](db::Tx& tx) {
            store::link(tx, {{first_delivery_id_at(at), "1"}});
        });
    };
    const auto links = [&] {
        return crm.database->read(
            acme, [](db::Reader& db) { return store::list_linked(db, {}).size(); });
    };
    link_at(Instant::now() - 31 * 24h);
    link_at(Instant::now());
    REQUIRE(links() == 2);
    Refusals refusals;
    Sorter sorter(*crm.database, refusals);
    sorter.start();
    CHECK(testing::comes_true([&] { return links() == 1; }));
}

TEST_CASE("refused deliveries outlive their process, are added up and forgotten with the time")
{
    MetaWorkspace crm;
    const auto refused = [&](const std::string& app) {
        return crm.database->read_platform([&](db::PlatformReader& db) {
            return store::refused_since(db, app, Instant::now() - 24h);
        });
    };
    for (int process = 0; process < 2; ++process) {
        Refusals refusals;
        refusals.note("555");
        refusals.note("555");
        refusals.write(*crm.database);
        refusals.write(*crm.database);
    }
    REQUIRE(refused("555"));
    CHECK(refused("555")->count == 4);
    CHECK(Instant::now() - refused("555")->last_at < 1min);
    CHECK_FALSE(refused("777"));
    crm.database->write_platform(
        [](db::PlatformTx& tx) { store::remove_old_refusals(tx, Instant::now() + 1h); });
    CHECK_FALSE(refused("555"));
}

TEST_CASE("a sorter that is woken does not wait for its next look")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    Refusals refusals;
    Sorter sorter(*crm.database, refusals);
    sorter.start();
    // By itself it looks every two seconds. A busy machine may be slow once, not three times.
    auto fastest = std::chrono::microseconds::max();
    for (const std::string leadgen_id : {"11", "12", "13"}) {
        crm.deliver(crm.delivery("1", {leadgen_id}));
        const auto began = Instant::now();
        sorter.wake();
        REQUIRE(testing::comes_true([&] { return crm.state_of(acme, leadgen_id) != "none"; }));
        fastest = std::min(fastest, Instant::now() - began);
    }
    CHECK(fastest < 1s);
}

TEST_CASE("a lead of a page nobody holds is kept, and fetched when somebody connects the page")
{
    MetaWorkspace crm;
    const auto acme = crm.organization();
    crm.graph.nodes["11"] = crm.lead("Ana");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.sorter.sort_all();
    CHECK(crm.last_delivery() == "sorted: no organization holds page 1");

    crm.connect(acme, "1");
    crm.sort_and_fetch();
    CHECK(crm.state_of(acme, "11") == "done");
    CHECK(crm.last_delivery() == "sorted");
    CHECK(crm.submissions_of(acme) == 1);
}

TEST_CASE("what is not about leads is noted with the delivery")
{
    MetaWorkspace crm;
    crm.deliver(R"({"object":"page","entry":[{"id":"0","changes":[{"field":"leadgen","value":
        {"leadgen_id":"444444444444","page_id":"444444444444"}}]}]})");
    crm.sorter.sort_all();
    CHECK(crm.last_delivery().find("the webhook works") != std::string::npos);
}

TEST_CASE("more leads than fit into a batch are all sorted")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    std::vector<std::string> many;
    for (int i = 1000; i < 1900; ++i) many.push_back(std::to_string(i));
    crm.deliver(crm.delivery("1", many));
    for (int i = 100; i < 180; ++i) crm.deliver(crm.delivery("1", {std::to_string(i)}));
    crm.sorter.sort_all();
    const auto waiting = crm.database->read(acme, [](db::Reader& db) {
        return db.one<std::int64_t>("SELECT COUNT(*) FROM lead_fetches WHERE organization_id = $1");
    });
    CHECK(waiting == 980);
}

// A database in which some of the writes fail, counted from 1.
class FailingDatabase : public db::Database {
public:
    FailingDatabase(db::Database& real, std::set<int> failing)
        : real_(real), failing_(std::move(failing))
    {
    }
    db::Dialect dialect() const override { return real_.dialect(); }
    void start_read(ReadWork work, Done done) override { real_.start_read(work, done); }
    void start_write(WriteWork work, Done done) override
    {
        if (!failing_.contains(++writes_)) return real_.start_write(work, done);
        real_.start_write(
            [work](db::PlatformTx& tx) {
                work(tx);
                throw Failure::internal("a constraint");
            },
            done);
    }
    void on_signal(std::string channel, std::function<void(std::string_view)> handler) override
    {
        real_.on_signal(std::move(channel), std::move(handler));
    }

private:
    db::Database& real_;
    const std::set<int> failing_;
    int writes_ = 0;
};

TEST_CASE("a delivery that cannot be sorted holds up none of the others and is not lost")
{
    MetaWorkspace crm;
    const auto acme = crm.organization_with_page("1");
    crm.deliver(crm.delivery("1", {"11"}));
    crm.deliver(crm.delivery("1", {"12"}));
    // The batch as a whole, then the first delivery by itself.
    FailingDatabase failing(*crm.database, {1, 2});
    Refusals refusals;
    Sorter(failing, refusals).sort_all();

    const auto sorted = [&](const char* leadgen_id) {
        return crm.state_of(acme, leadgen_id) != "none";
    };
    CHECK(sorted("11") + sorted("12") == 1);
    crm.database->write_platform([](db::PlatformTx& tx) { CHECK(store::retry_failed(tx) == 1); });
    crm.sorter.sort_all();
    CHECK(sorted("11") + sorted("12") == 2);
}

TEST_CASE("old deliveries are removed, with what was noted about their pages")
{
    MetaWorkspace crm;
    crm.deliver(
        R"({"object":"page","entry":[{"id":"1","time":1500000000,"changes":[{"field":"leadgen","value":
        {"leadgen_id":"11","page_id":"1"}}]}]})");
    crm.deliver(crm.delivery("2", {"12"}));
    crm.sorter.sort_all();

    const auto removed = crm.database->write_platform([](db::PlatformTx& tx) {
        const auto yesterday = first_delivery_id_at(Instant::now() - 24h);
        store::remove_old_unrouted(tx, yesterday);
        return store::remove_old(tx, yesterday, 10);
    });
    CHECK(removed == 1);
    const auto unrouted = crm.database->read_platform([](db::PlatformReader& db) {
        return db.rows<std::string>("SELECT page_id FROM unrouted_deliveries");
    });
    CHECK(unrouted == std::vector<std::string>{"2"});
}

}  // namespace
}  // namespace leadcrm::meta
