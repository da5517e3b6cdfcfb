#include "meta/signature.hpp"
#include "meta/webhook.hpp"
#include "platform/testing/http_client.hpp"
#include "platform/testing/tableless_database.hpp"

#include <doctest/doctest.h>

namespace leadcrm::meta {
namespace {

const std::string body =
    R"({"object":"page","entry":[{"id":"1","time":1765000002,"changes":[{"field":"leadgen","value":{"leadgen_id":"2","page_id":"1"}}]}]})";

Settings app_settings()
{
    return {.app_id = "555", .app_secrets = {"s3cr3t"}, .verify_token = "verify-me"};
}

// The webhook over a database in which nothing can be stored.
struct Hook {
    explicit Hook(const Settings& app = app_settings())
    {
        add_webhook_routes(routes, app, {database, refusals, [this] { ++stored; }});
    }
    int shake(const std::string& query) { return browser().get("/webhooks/meta" + query).status; }
    int post(std::string text, const std::string& signature)
    {
        http::Headers headers{{"Content-Type", "application/json"}};
        if (!signature.empty()) headers.emplace_back("X-Hub-Signature-256", signature);
        return browser()
            .send({.method = "POST",
                .target = "/webhooks/meta",
                .headers = headers,
                .body = std::move(text)})
            .status;
    }
    testing::HttpClient browser() { return {routes, {.database = &database}}; }

    testing::TablelessDatabase database;
    Refusals refusals;
    http::Routes routes;
    int stored = 0;
};

TEST_CASE("the handshake answers with the bare challenge")
{
    Hook hook;
    const auto answer = hook.browser().get(
        "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-me");
    CHECK(answer.status == 200);
    CHECK(answer.body == "1158201444");
    CHECK(answer.content_type.starts_with("text/plain"));
    CHECK(hook.database.reads + hook.database.writes == 0);
}

TEST_CASE("a handshake without our verify token is refused")
{
    Hook hook;
    CHECK(hook.shake("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-you") == 403);
    CHECK(hook.shake("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=") == 403);
    CHECK(hook.shake("?hub.mode=subscribe&hub.challenge=1") == 403);
    CHECK(hook.shake("?hub.mode=subscribe&hub.verify_token=verify-me") == 403);
    CHECK(hook.shake("?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-me") == 403);
    CHECK(hook.shake("") == 403);
}

TEST_CASE("while no verify token is configured, an empty one is wrong too")
{
    Hook hook(Settings{.app_secrets = {"s3cr3t"}});
    CHECK(hook.shake("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=") == 403);
    CHECK(hook.shake("?hub.mode=subscribe&hub.challenge=1") == 403);
}

TEST_CASE("what Meta did not sign is refused and never reaches the database")
{
    Hook hook;
    CHECK(hook.post(body, "") == 401);
    CHECK(hook.post(body, "sha256=") == 401);
    CHECK(hook.post(body, signature_of(body, "another secret")) == 401);
    CHECK(hook.post(body + " ", signature_of(body, "s3cr3t")) == 401);
    CHECK(hook.post("nonsense", "") == 401);
    CHECK(hook.database.writes == 0);
}

TEST_CASE("a signed body that is no webhook is refused")
{
    Hook hook;
    for (const std::string text : {"", "nonsense", "[]", "{}", R"({"object":"page"})"})
        CHECK(hook.post(text, signature_of(text, "s3cr3t")) == 400);
    CHECK(hook.database.writes == 0);
}

TEST_CASE("a delivery that cannot be stored is not swallowed: Meta is asked to send it again")
{
    Hook hook;
    CHECK(hook.post(body, signature_of(body, "s3cr3t")) == 503);
    CHECK(hook.database.writes == 1);
    CHECK(hook.stored == 0);
}

}  // namespace
}  // namespace leadcrm::meta
