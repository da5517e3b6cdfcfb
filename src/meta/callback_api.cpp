#include "meta/callback_api.hpp"

#include "meta/failure_reason.hpp"
#include "meta/person_removal.hpp"
#include "meta/signed_request_reading.hpp"
#include "platform/log/log.hpp"

#include <boost/algorithm/string/trim.hpp>

#include <fmt/format.h>

#include <algorithm>
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

std::string date_of(Instant at) { return rfc3339(at).substr(0, 10); }

// No script and no style sheet: it must be readable anywhere, by anybody.
http::Response html_page(int status, const std::string& title, const std::string& body)
{
    return {.status = status,
        .content_type = "text/html; charset=utf-8",
        .body = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
                "name=\"robots\" content=\"noindex\">\n<title>"
            + title + "</title>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" + body
            + "</main>\n</body>\n</html>\n",
        .headers = {{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
            {"Cache-Control", "no-store"}}};
}

http::Response unknown_code()
{
    return html_page(404, "No such request",
        "<p>There is no deletion request with this code. Please check the address: the code stands "
        "at its end, as Facebook showed it to you.</p>\n");
}

http::Response status_page(const DataDeletion& done)
{
    const auto what = done.login_count + done.page_count == 0
        ? std::string("<p>We held no data of yours when the request came, so there was nothing to "
                      "delete.</p>\n")
        : fmt::format("<p>We deleted your name, your Facebook user id, the list of your pages and "
                      "your access tokens: {} login{} and the tokens of {} page{}.</p>\n",
            done.login_count, done.login_count == 1 ? "" : "s", done.page_count,
            done.page_count == 1 ? "" : "s");
    return html_page(200, "Your data has been deleted",
        fmt::format("<p>Request <strong>{}</strong>, received on {}, is done since {}.</p>\n{}"
                    "<p>What is kept: leads that people sent through a page's forms. They belong "
                    "to the organization that runs the page, which answers for them; please ask "
                    "that organization about them.</p>\n",
            done.code, date_of(done.asked_at), date_of(done.done_at), what));
}

// Codes are 24 digits and letters; anything else is not asked for.
bool is_code(const std::string& text)
{
    return text.size() == 24 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

void show_status(const std::string& code, db::Database& database, const http::Respond& respond)
{
    if (!is_code(code)) return respond(unknown_code());
    const auto found = std::make_shared<std::optional<DataDeletion>>();
    database.start_read([=](db::PlatformReader& db) { *found = store::find_deletion(db, code); },
        [=](std::exception_ptr error) {
            try {
                if (error) std::rethrow_exception(error);
            } catch (const std::exception& why) {
                log::error("a deletion request could not be looked up", {{"why", reason_of(why)}});
                return respond(html_page(503, "Please try again",
                    "<p>We cannot look it up just now. Please try again in a few minutes.</p>\n"));
            }
            respond(*found ? status_page(**found) : unknown_code());
        });
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
    // The form on the site's page of the same name works without script, so its code comes by
    // query.
    routes.raw("GET", "/data-deletion/look-up",
        [](const http::Request& request, const http::Respond& respond) {
            const auto code = boost::trim_copy(request.query_value("code").value_or(""));
            if (!is_code(code)) return respond(unknown_code());
            respond(
                {.status = 303, .body = {}, .headers = {{"Location", "/data-deletion/" + code}}});
        },
        {"To the status of the deletion request whose code was typed in", http::Right::everybody});
    routes.raw("GET", "/data-deletion/{code}",
        [&database](const http::Request& request, const http::Respond& respond) {
            show_status(request.path_values.at("code"), database, respond);
        },
        {"What became of a deletion request, for the person who made it", http::Right::everybody});
}

}  // namespace leadcrm::meta
