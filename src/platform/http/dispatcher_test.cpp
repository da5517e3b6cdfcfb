#include "platform/http/dispatcher.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/tableless_database.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace leadcrm;
using http::Caller;
using http::Right;
using Names = std::vector<std::string>;

namespace {

using PaintId = Id<"paint">;

struct FindPaints {
    std::optional<Text<1, 20>> q;
    std::optional<Whole<1, 200>> limit;
    std::vector<std::string> shade;
    std::optional<bool> glossy;
    std::optional<Instant> since;
};
BOOST_DESCRIBE_STRUCT(FindPaints, (), (q, limit, shade, glossy, since))

struct Found {
    std::string q;
    std::int64_t limit = 0;
    std::vector<std::string> shade;
    std::optional<bool> glossy;
};
BOOST_DESCRIBE_STRUCT(Found, (), (q, limit, shade, glossy))

struct MixPaint {
    PaintId id;
    http::IfMatch if_match;
    Text<1, 20> name;
    std::optional<Whole<0, 100>> gloss;
};
BOOST_DESCRIBE_STRUCT(MixPaint, (), (id, if_match, name, gloss))

struct Paint {
    PaintId id;
    std::string name;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Paint, (), (id, name, version))

struct NewPaint {
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(NewPaint, (), (name))

Found find(db::Reader&, const Caller&, const FindPaints& ask)
{
    return {ask.q ? ask.q->value : "", ask.limit ? ask.limit->value : 50, ask.shade, ask.glossy};
}

http::Answer<Paint> mix(db::Tx&, const Caller&, const MixPaint& ask)
{
    if (ask.if_match.version != 7) throw Failure::stale("Somebody else has mixed it.");
    return {{ask.id, ask.name.value, 8}, 200, {{"ETag", "\"8\""}}};
}

// A painter may do everything, an apprentice looks on, and the key opens for both.
std::optional<Caller> known(db::PlatformReader&, const http::Credentials& credentials)
{
    const auto rights = http::Rights().with(Right::signed_in).with(Right::read_leads);
    if (credentials.session_token == "painter" || credentials.api_key == "lcrm_key")
        return Caller{UserId{}, OrganizationId{}, "owner", rights.with(Right::write_leads)};
    if (credentials.session_token == "apprentice")
        return Caller{UserId{}, OrganizationId{}, "agent", rights};
    return std::nullopt;
}

struct Workshop {
    testing::TablelessDatabase database;
    http::Routes routes = [] {
        http::Routes made;
        made.read("GET", "/api/v1/paints", find, {"Find paints", Right::read_leads});
        made.write("PATCH", "/api/v1/paints/{id}", mix, {"Mix a paint", Right::write_leads});
        made.write("POST", "/api/v1/paints",
            [](db::PlatformTx&, const Caller&, const NewPaint& ask) {
                return Paint{PaintId{}, ask.name.value};
            },
            {"Make a paint", Right::write_leads, "", 201});
        made.write("DELETE", "/api/v1/paints/{id}",
            [](db::Tx&, const Caller&, const Paint&) -> http::Nothing {
                throw std::runtime_error("the secret recipe");
            },
            {"Pour a paint away", Right::write_leads});
        made.work("POST", "/api/v1/login",
            [](const http::Call& call, const NewPaint&) -> http::Answer<http::Nothing> {
                return {{}, 204,
                    {{"Set-Cookie", "leadcrm_session=painter; Path=/"},
                        {"X-Was", call.who ? call.who->role : "nobody"}}};
            },
            {"Sign in", Right::everybody, "", 204});
        made.work("GET", "/api/v1/me",
            [](const http::Call& call, const http::Nothing&) {
                return Paint{PaintId{}, call.caller().role};
            },
            {"Who is it?"});
        made.stream("/api/v1/stream",
            [](const Caller& caller, const std::string& last,
                const std::shared_ptr<http::EventSink>& sink) {
                sink->send(std::make_shared<const std::string>(
                    "data: " + caller.role + " after " + last + "\n\n"));
            },
            {"Watch it dry"});
        return made;
    }();
    testing::HttpClient browser{routes, {.database = &database, .authenticate = known}};

    explicit Workshop(const std::string& who = "painter")
    {
        if (!who.empty()) browser.cookies["leadcrm_session"] = who;
    }
};

const std::string paint = "/api/v1/paints/" + PaintId{}.text();

}  // namespace

TEST_CASE("a query fills its struct: text becomes numbers, booleans and lists")
{
    Workshop shop;
    const auto answer =
        shop.browser.get("/api/v1/paints?q=deep%20blue&limit=7&shade=a,b&shade=c&glossy=true");
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "application/json");
    const auto found = answer.json();
    CHECK(found.at("q") == "deep blue");
    CHECK(found.at("limit") == 7);
    CHECK(found.at("shade").as_array().size() == 3);
    CHECK(found.at("glossy") == true);
    CHECK(shop.browser.get("/api/v1/paints").json().at("limit") == 50);
}

TEST_CASE("everything wrong with a query is told at once, by name")
{
    Workshop shop;
    const auto answer = shop.browser.get(
        "/api/v1/paints?limit=many&glossy=perhaps&colour=red&q=a&q=b&since=yesterday");
    CHECK(answer.status == 422);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.wrong_fields() == Names{"colour", "q", "limit", "glossy", "since"});
    CHECK(answer.json().at("request_id") == "test");
    CHECK(shop.browser.get("/api/v1/paints?limit=0").status == 422);
    CHECK(shop.browser.get("/api/v1/paints?limit=201").status == 422);
    CHECK(shop.browser.get("/api/v1/paints?q=%ff").status == 400);
}

TEST_CASE("path, If-Match and body fill one struct")
{
    Workshop shop;
    const auto answer =
        shop.browser.patch(paint, {{"name", "sea"}, {"gloss", 3}}, {{"If-Match", "\"7\""}});
    CHECK(answer.status == 200);
    CHECK(answer.header("ETag") == "\"8\"");
    CHECK(answer.json().at("name") == "sea");
    CHECK(shop.database.writes == 1);
}

TEST_CASE("a change that names no version, or an old one, is refused")
{
    Workshop shop;
    const http::Headers old{{"If-Match", "\"6\""}};
    const http::Headers odd{{"If-Match", "*"}};
    CHECK(shop.browser.patch(paint, {{"name", "sea"}}).status == 428);
    CHECK(shop.browser.patch(paint, {{"name", "sea"}}, old).status == 412);
    CHECK(shop.browser.patch(paint, {{"name", "sea"}}, odd).status == 412);
}

TEST_CASE("a body that is wrong is answered by what is wrong with it")
{
    Workshop shop;
    const http::Headers match{{"If-Match", "\"7\""}};
    const auto send = [&](std::string body, const std::string& type = "application/json") {
        return shop.browser.send({.method = "PATCH",
            .target = paint,
            .headers = {{"If-Match", "\"7\""}, {"Content-Type", type}},
            .body = std::move(body)});
    };
    CHECK(send("{").status == 400);
    CHECK(send("[1]").status == 400);
    CHECK(send("{\"name\": \"\xff\"}").status == 400);
    CHECK(send("name=sea", "application/x-www-form-urlencoded").status == 415);
    CHECK(send("{\"name\":\"sea\"}", "application/json; charset=utf-8").status == 200);
    CHECK(send("").wrong_fields() == Names{"name"});
    const auto much = shop.browser.patch(
        paint, {{"name", ""}, {"gloss", "high"}, {"smell", 1}, {"if_match", 1}}, match);
    CHECK(much.status == 422);
    const auto all =
        shop.browser.patch(paint, {{"name", ""}, {"gloss", "high"}, {"smell", 1}}, match);
    CHECK(all.wrong_fields() == Names{"name", "gloss", "smell"});
    CHECK(shop.browser.patch(paint + "?dry=1", {{"name", "sea"}}, match).wrong_fields()
        == Names{"dry"});
    CHECK(shop.browser.patch("/api/v1/paints/paint_1", {{"name", "sea"}}, match).status == 404);
    CHECK(shop.database.writes == 1);
}

TEST_CASE("who may not call a route learns nothing about its input")
{
    Workshop stranger("");
    CHECK(stranger.browser.get("/api/v1/paints?limit=many").status == 401);
    CHECK(stranger.browser.get("/api/v1/paints").header("WWW-Authenticate") == "Bearer");
    CHECK(stranger.database.reads == 0);

    Workshop expired("long-ago");
    CHECK(expired.browser.get("/api/v1/paints").status == 401);

    Workshop apprentice("apprentice");
    CHECK(apprentice.browser.get("/api/v1/paints").status == 200);
    CHECK(apprentice.browser.post("/api/v1/paints", {{"name", "sea"}}).status == 403);
    CHECK(apprentice.browser.post("/api/v1/paints", {{"nome", 3}}).status == 403);
    CHECK(apprentice.browser.get("/api/v1/me").json().at("name") == "agent");
}

TEST_CASE("a request that changes something must come from a page of this site")
{
    Workshop shop;
    const auto post = [&](http::Headers headers) {
        return shop.browser.post("/api/v1/paints", {{"name", "sea"}}, std::move(headers)).status;
    };
    CHECK(post({}) == 201);  // the test browser sends the right Origin
    CHECK(post({{"Origin", "https://evil.example"}}) == 403);
    CHECK(post({{"Origin", "null"}}) == 403);
    CHECK(post({{"Origin", ""}}) == 403);
    CHECK(post({{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}}) == 403);
    CHECK(post({{"Origin", ""}, {"Sec-Fetch-Site", "none"}}) == 403);
    CHECK(post({{"Origin", "http://127.0.0.1:5173"}, {"Sec-Fetch-Site", "same-origin"}}) == 201);
    CHECK(shop.browser.get("/api/v1/paints", {{"Origin", "https://evil.example"}}).status == 200);
}

TEST_CASE("a key needs no origin, a sign-in page of somebody else gets nowhere")
{
    Workshop shop("");
    const http::Headers key{{"Authorization", "Bearer lcrm_key"}, {"Origin", ""}};
    const http::Headers wrong_key{{"Authorization", "bearer lcrm_other"}, {"Origin", ""}};
    CHECK(shop.browser.post("/api/v1/paints", {{"name", "sea"}}, key).status == 201);
    CHECK(shop.browser.post("/api/v1/paints", {{"name", "sea"}}, wrong_key).status == 401);

    const http::Headers foreign{{"Origin", "https://evil.example"}};
    CHECK(shop.browser.post("/api/v1/login", {{"name", "p"}}, foreign).status == 403);
    const auto answer = shop.browser.post("/api/v1/login", {{"name", "p"}});
    CHECK(answer.status == 204);
    CHECK(answer.header("X-Was") == "nobody");
    CHECK(shop.browser.post("/api/v1/login", {{"name", "p"}}).header("X-Was") == "owner");
}

TEST_CASE("an unexpected exception is answered without its words")
{
    Workshop shop;
    const auto answer = shop.browser.del(paint);
    CHECK(answer.status == 422);  // Paint has more members than its id
    const auto gone = shop.browser.del(paint + "?name=a&version=1");
    CHECK(gone.status == 500);
    CHECK(gone.body.find("recipe") == std::string::npos);
    CHECK(gone.json().at("request_id") == "test");
}

TEST_CASE("no route, another method, and what is allowed")
{
    Workshop shop;
    CHECK(shop.browser.get("/api/v1/nothing").status == 404);
    const auto answer = shop.browser.put(paint, {});
    CHECK(answer.status == 405);
    CHECK(answer.content_type == "application/problem+json");
    CHECK(answer.header("Allow") == "PATCH, DELETE, OPTIONS");
    const auto options = shop.browser.send({.method = "OPTIONS", .target = "/api/v1/paints"});
    CHECK(options.status == 204);
    CHECK(options.header("Allow") == "GET, HEAD, POST, OPTIONS");
}

TEST_CASE("a stream goes on where its reader left off")
{
    Workshop shop;
    const auto stream = shop.browser.stream("/api/v1/stream", "42");
    CHECK(stream->texts(1) == Names{"data: owner after 42\n\n"});
    Workshop stranger("");
    CHECK_THROWS(stranger.browser.stream("/api/v1/stream"));
}

TEST_CASE("when too much work waits, one more is refused with a time to come back")
{
    testing::TablelessDatabase database;
    std::promise<void> go_on;
    auto gate = go_on.get_future().share();
    std::promise<void> begun;
    std::atomic<int> runs = 0;
    http::Routes routes;
    routes.work("POST", "/slow",
        [&](const http::Call&, const http::Nothing&) {
            if (runs++ == 0) begun.set_value();
            gate.wait();
            return http::Nothing{};
        },
        {"Slow", Right::everybody});
    http::Dispatcher dispatcher(routes, {.work_threads = 1, .work_waiting_max = 1});

    std::vector<std::future<http::Response>> answers;
    const auto send = [&] {
        auto answered = std::make_shared<std::promise<http::Response>>();
        answers.push_back(answered->get_future());
        dispatcher.answer({.method = "POST", .path = "/slow"}, dispatcher.find("POST", "/slow"),
            [answered](http::Response response) { answered->set_value(std::move(response)); }, {});
    };
    send();
    begun.get_future().wait();
    send();
    send();
    const auto refused = answers.back().get();
    CHECK(refused.status == 503);
    CHECK(refused.headers == http::Headers{{"Retry-After", "2"}});
    go_on.set_value();
    CHECK(answers[0].get().status == 204);
    CHECK(answers[1].get().status == 204);
}

TEST_CASE("the origin of an address is what a browser would send")
{
    CHECK(http::origin_of("https://crm.example.com/") == "https://crm.example.com");
    CHECK(http::origin_of("https://CRM.example.com:443/app?x") == "https://crm.example.com");
    CHECK(http::origin_of("http://127.0.0.1:8080") == "http://127.0.0.1:8080");
    CHECK(http::origin_of("nonsense").empty());
}
