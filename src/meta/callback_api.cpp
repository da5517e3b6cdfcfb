#include "meta/callback_api.hpp"

#include "meta/failure_reason.hpp"
#include "meta/person_removal.hpp"
#include "meta/signed_request_reading.hpp"
#include "platform/log/log.hpp"

#include <functional>
#include <memory>

namespace leadcrm::meta {
namespace {

constexpr std::size_t body_max = 16 * 1024;

struct DeletionAnswer {
    std::string url;
    std::string confirmation_code;
};
BOOST_DESCRIBE_STRUCT(DeletionAnswer, (), (url, confirmation_code))

std::optional<SignedRequest> genuine_request(const http::Request& request, const App& app)
{
    for (const auto& [name, value] : http::parse_form(request.body))
        if (name == "signed_request") return read_signed_request(value, app.settings().app_secrets);
    return std::nullopt;
}

http::Response refusal()
{
    log::warn("a callback of Meta was not genuine");
    return {.status = 401, .body = "The signed_request is missing or not genuine.\n"};
}

// `answer` is sent after the commit.
void remove_then_answer(db::Database& database, const std::shared_ptr<const App>& app,
    const SignedRequest& request, std::optional<std::string> code, http::Response answer,
    const http::Respond& respond)
{
    const auto removed = std::make_shared<Removed>();
    const auto now = Instant::now();
    const auto failed = [respond](const std::exception& error) {
        log::error("a person could not be removed", {{"why", reason_of(error)}});
        respond({.status = 503, .body = "Not done. Please send it again.\n"});
    };
    try {
        database.start_write(
            [=](db::PlatformTx& tx) {
                *removed = remove_person(tx, *app, request.person_id, now);
                if (code) store::insert(tx, {*code, now, now, removed->logins, removed->pages});
            },
            [=, answer = std::move(answer)](std::exception_ptr error) {
                try {
                    if (error) std::rethrow_exception(error);
                } catch (const std::exception& why) {
                    return failed(why);
                }
                log::info("a person took back what they granted at Facebook",
                    {{"logins", std::to_string(removed->logins)},
                        {"pages", std::to_string(removed->pages)}});
                respond(answer);
            });
    } catch (const Failure& full) {
        failed(full);
    }
}

using AppOf = std::function<std::shared_ptr<const App>(const http::Request&)>;

http::Response nobodys() { return {.status = 404, .body = "There is no such app here.\n"}; }

void add_deauthorize(
    http::Routes& routes, const std::string& path, const AppOf& app_of, db::Database& database)
{
    routes.raw(
        "POST", path,
        [app_of, &database](const http::Request& request, const http::Respond& respond) {
            const auto app = app_of(request);
            if (!app) return respond(nobodys());
            const auto genuine = genuine_request(request, *app);
            if (!genuine) return respond(refusal());
            remove_then_answer(database, app, *genuine, std::nullopt, {.body = "done"}, respond);
        },
        {"Meta's callback when a person removes the app", http::Right::everybody}, body_max);
}

void add_data_deletion(
    http::Routes& routes, const std::string& path, const AppOf& app_of, db::Database& database)
{
    routes.raw(
        "POST", path,
        [app_of, &database](const http::Request& request, const http::Respond& respond) {
            const auto app = app_of(request);
            if (!app) return respond(nobodys());
            const auto genuine = genuine_request(request, *app);
            if (!genuine) return respond(refusal());
            const auto& settings = app->settings();
            const auto code = confirmation_code(settings.app_secrets.front(), genuine->payload);
            const DeletionAnswer answer{settings.public_url + "/data-deletion/" + code, code};
            remove_then_answer(database, app, *genuine, code,
                {.content_type = "application/json", .body = json::text_of(answer)}, respond);
        },
        {"Meta's callback when a person asks for the deletion of their data",
            http::Right::everybody},
        body_max);
}

}  // namespace

void add_callback_routes(http::Routes& routes, const Apps& apps, db::Database& database)
{
    const AppOf platform = [&apps](const http::Request&) { return apps.platform(); };
    const AppOf own = [&apps](const http::Request& request) {
        return apps.find_own(request.path_values.at("app_id"));
    };
    add_deauthorize(routes, "/meta/deauthorize", platform, database);
    add_deauthorize(routes, "/meta/deauthorize/{app_id}", own, database);
    add_data_deletion(routes, "/meta/data-deletion", platform, database);
    add_data_deletion(routes, "/meta/data-deletion/{app_id}", own, database);
}

}  // namespace leadcrm::meta
