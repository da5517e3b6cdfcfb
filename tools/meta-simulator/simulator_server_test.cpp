// The simulator over real sockets, with a small CRM at the other end.
#include "meta-simulator/simulator_server.hpp"
#include "meta-simulator/webhooks/notification.hpp"

#include <boost/json/parse.hpp>

#include <doctest/doctest.h>

#include <condition_variable>
#include <map>
#include <set>

using namespace leadcrm;
using namespace leadcrm::simulator;

namespace {

// Keeps what it is sent; refuses the first deliveries.
class Crm {
public:
    explicit Crm(int refusals = 0)
        : refusals_(refusals)
        , dispatcher_(with_routes(), {})
        , server_(dispatcher_, {.listen = "127.0.0.1:0", .threads = 1})
    {
        server_.start();
    }

    std::string url() const
    {
        return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hook";
    }

    // Waits until so many POSTs have come, then tells all there are.
    std::vector<http::Request> posts(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::seconds(10), [&] { return posts_.size() >= count; });
        return posts_;
    }

private:
    const http::Routes& with_routes()
    {
        routes_.raw(
            "POST", "/hook",
            [this](http::Request request, const http::Respond& respond) {
                const std::lock_guard lock(mutex_);
                posts_.push_back(std::move(request));
                respond({.status = static_cast<int>(posts_.size()) <= refusals_ ? 500 : 200});
                came_.notify_all();
            },
            {"Takes webhooks", http::Right::everybody}, std::size_t(1024) * 1024);
        routes_.raw("GET", "/hook",
            [](const http::Request& request, const http::Respond& respond) {
                const bool right = request.query_value("hub.verify_token") == "secret-word";
                respond({.status = right ? 200 : 403,
                    .body = request.query_value("hub.challenge").value_or("")});
            },
            {"Shakes hands", http::Right::everybody});
        return routes_;
    }

    int refusals_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<http::Request> posts_;
    http::Routes routes_;
    http::Dispatcher dispatcher_;
    http::Server server_;
};

struct Bench {
    explicit Bench(Options options)
        : simulator(std::move(options))
        , server(simulator, "127.0.0.1:0")
        , address("http://127.0.0.1:" + std::to_string(server.port()))
    {
    }

    net::Answer call(
        const std::string& method, const std::string& path, const std::string& body = {})
    {
        net::Request request{.method = method, .url = address + path, .body = body};
        request.headers = {{"Content-Type", "application/json"},
            {"Authorization", "Bearer EAASIMPAGE101010101010101"}};
        return client.fetch(std::move(request));
    }

    Simulator simulator;
    SimulatorServer server;
    std::string address;
    net::Client client;
};

}  // namespace

TEST_CASE("over sockets: leads are read in pages, and errors keep their status")
{
    Bench bench({});
    bench.call("POST", "/_control/leads", R"({"form_id":"202020202020202","count":30})");
    const auto leads = bench.call("GET", "/v26.0/202020202020202/leads?limit=20");
    CHECK(leads.status == 200);
    CHECK(leads.header("facebook-api-version") == "v26.0");
    const auto next = boost::json::parse(leads.body).at_pointer("/paging/next").as_string();
    CHECK(next.starts_with(bench.address + "/v26.0/202020202020202/leads?"));
    CHECK(bench.call("GET", "/v26.0/444444444444").status == 400);
    CHECK(bench.call("POST", "/_control/leads", "{").status == 400);
    CHECK(bench.call("POST", "/_control/leads", R"({"count":0})").status == 422);
}

TEST_CASE("over sockets: a refused webhook comes again with the same bytes and a good signature")
{
    Crm crm(2);
    Bench bench({.app_secret = "s", .webhook_url = crm.url(), .retry_speed = 1000});
    bench.call("POST", "/_control/leads", R"({"values":{"full_name":"Zoë"}})");
    const auto posts = crm.posts(3);
    REQUIRE(posts.size() == 3);
    CHECK(posts[0].body == posts[2].body);
    CHECK(posts[2].header("X-Hub-Signature-256") == sha256_signature("s", posts[2].body));
    // Our answer to the third is on its way back.
    std::vector<Delivery> delivered;
    for (int i = 0; i < 300 && delivered.empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        delivered = bench.simulator.with_state(
            [](State& state) { return state.outbox.newest(1, DeliveryState::delivered); });
    }
    REQUIRE(delivered.size() == 1);
    CHECK(delivered.front().attempts == 3);
}

TEST_CASE("over sockets: a slow answer of the CRM is a failed delivery, silence too")
{
    Bench bench({.webhook_url = "http://127.0.0.1:1/nobody", .retry_speed = 100'000});
    bench.call("POST", "/_control/leads", "{}");
    for (int i = 0; i < 300; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (bench.simulator.with_state([](State& s) { return s.outbox.counts().given_up; }) == 1)
            break;
    }
    bench.simulator.with_state([](State& state) {
        CHECK(state.outbox.counts().given_up == 1);
        CHECK(state.outbox.newest(1, {}).front().last_status == 0);
        CHECK_FALSE(state.outbox.newest(1, {}).front().trouble.empty());
    });
}

TEST_CASE("over sockets: a burst arrives whole, whatever is doubled and reordered")
{
    Crm crm;
    Bench bench({.webhook_url = crm.url()});
    bench.call("PUT", "/_control/webhook",
        R"({"twice":0.2,"reorder":0.3,"reorder_ms":200,"changes_per_post":10,"pages_per_post":3})");
    const auto made =
        boost::json::parse(bench.call("POST", "/_control/leads", R"({"count":500})").body);
    std::set<std::string> expected;
    for (const auto& id : made.at("ids").as_array()) expected.insert(std::string(id.as_string()));

    std::map<std::string, int> seen;
    for (int i = 0; i < 300 && seen.size() < 500; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        seen.clear();
        for (const auto& post : crm.posts(1)) {
            const auto body = boost::json::parse(post.body);
            for (const auto& entry : body.at("entry").as_array())
                for (const auto& change : entry.at("changes").as_array())
                    ++seen[std::string(change.at("value").at("leadgen_id").as_string())];
        }
    }
    CHECK(seen.size() == 500);
    int doubled = 0;
    for (const auto& [id, count] : seen) {
        CHECK(expected.contains(id));
        doubled += count - 1;
    }
    CHECK(doubled > 50);
}

TEST_CASE("over sockets: the handshake succeeds with the right word only")
{
    Crm crm;
    Bench bench({.verify_token = "secret-word", .webhook_url = crm.url()});
    CHECK(bench.call("POST", "/_control/webhook/verify").body.find(R"("verified":true)")
        != std::string::npos);
    bench.call("PUT", "/_control/webhook", R"({"verify_token":"another"})");
    CHECK(bench.call("POST", "/_control/webhook/verify").body.find("status 403")
        != std::string::npos);
}

TEST_CASE(
    "over sockets: another app has its own address, which is verified first, and its own secret")
{
    Crm ours;
    Crm theirs;
    Bench bench({.app_secret = "s", .webhook_url = ours.url()});
    bench.call("POST", "/_control/apps", R"({"app_id":"777","app_secret":"t"})");
    const auto subscribe = [&](const std::string& word) {
        net::Request request{.method = "POST", .url = bench.address + "/777/subscriptions"};
        request.body =
            "object=page&fields=leadgen&callback_url=" + theirs.url() + "&verify_token=" + word;
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
            {"Authorization", "Bearer 777|t"}};
        return bench.client.fetch(std::move(request));
    };
    const auto refused = subscribe("another-word");
    CHECK(refused.status == 400);
    CHECK(refused.body.find("2200") != std::string::npos);
    CHECK(subscribe("secret-word").status == 200);

    bench.simulator.with_state([](State& state) {
        for (auto& [id, page] : state.world.pages)
            state.world.page_fields_of(page, "777") = {"leadgen"};
        return 0;
    });
    bench.call("POST", "/_control/leads", "{}");
    const auto told = theirs.posts(1);
    REQUIRE(told.size() == 1);
    CHECK(told[0].header("X-Hub-Signature-256") == sha256_signature("t", told[0].body));
    const auto ours_too = ours.posts(1);
    REQUIRE(ours_too.size() == 1);
    CHECK(ours_too[0].header("X-Hub-Signature-256") == sha256_signature("s", ours_too[0].body));
}

TEST_CASE("over sockets: latency delays an answer and nobody else's")
{
    Bench bench({});
    bench.call("POST", "/_control/faults", R"({"kind":"latency","latency_ms":1500,"count":1})");
    const auto began = std::chrono::steady_clock::now();
    CHECK(bench.call("GET", "/v26.0/101010101010101").status == 200);
    const auto first = std::chrono::steady_clock::now();
    CHECK(first - began >= std::chrono::milliseconds(1500));
    CHECK(bench.call("GET", "/v26.0/101010101010101").status == 200);
    CHECK(std::chrono::steady_clock::now() - first < std::chrono::milliseconds(1500));
}

TEST_CASE("over sockets: a connection is reset, cut off or slow when that is asked for")
{
    Bench bench({});
    const auto path = "/v26.0/101010101010101?fields=id,name,tasks";
    // Not just once: curl itself tries again when a connection it kept is reset.
    const auto strike = [&](const std::string& kind) {
        bench.call("POST", "/_control/faults",
            R"({"latency_ms":300,"endpoint":"page","kind":")" + kind + "\"}");
        auto answer = bench.call("GET", path);
        bench.call("DELETE", "/_control/faults");
        return answer;
    };
    for (const std::string kind : {"reset", "cut_body"}) {
        CAPTURE(kind);
        const auto broken = strike(kind);
        CHECK(broken.status == 0);
        CHECK_FALSE(broken.trouble.empty());
        CHECK(bench.call("GET", path).status == 200);
    }
    const auto began = std::chrono::steady_clock::now();
    const auto slow = strike("slow_body");
    CHECK(std::chrono::steady_clock::now() - began >= std::chrono::milliseconds(300));
    CHECK(slow.body == bench.call("GET", path).body);
}
