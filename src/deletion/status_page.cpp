#include "deletion/status_page.hpp"

#include "deletion/counted_rows.hpp"
#include "deletion/deletion_order.hpp"
#include "meta/person_removal.hpp"
#include "platform/http/filled_page.hpp"
#include "platform/log/log.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/trim.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace leadcrm::deletion {
namespace {

struct Page {
    int status = 200;
    std::string title;
    std::string body;  // HTML
};

std::string day_of(Instant at) { return letters::Words().day(at); }
std::string moment_of(Instant at) { return letters::Words().time(at); }

std::string plain_html(const Page& page)
{
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
           "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
           "name=\"robots\" content=\"noindex\">\n<title>"
        + page.title + "</title>\n</head>\n<body>\n<main>\n<h1>" + page.title + "</h1>\n"
        + page.body + "</main>\n</body>\n</html>\n";
}

http::Response answer_with(const Page& page, const http::FilledAssets& files)
{
    auto answer = http::filled_page(files, "/data-deletion/request/index.html",
        {{"@@REQUEST_TITLE@@", page.title}, {"@@REQUEST@@", page.body}});
    if (!answer)
        answer = http::Response{.content_type = "text/html; charset=utf-8",
            .body = plain_html(page),
            .headers = {{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}}};
    answer->status = page.status;
    answer->headers.emplace_back("Cache-Control", "no-store");
    return std::move(*answer);
}

Page unknown_code()
{
    return {404, "No such request",
        "<p>There is no deletion request with this code. Please check the address: the code stands "
        "at its end, as it was shown to you. A request that was taken back has no page any more."
        "</p>\n"};
}

Page person_page(const meta::DataDeletion& done)
{
    const auto what = done.login_count + done.page_count == 0
        ? std::string("<p>We held no data of yours when the request came, so there was nothing to "
                      "delete.</p>\n")
        : fmt::format("<p>We deleted your name, your Facebook user id, the list of your pages and "
                      "your access tokens: {} login{} and the tokens of {} page{}.</p>\n",
            done.login_count, done.login_count == 1 ? "" : "s", done.page_count,
            done.page_count == 1 ? "" : "s");
    return {200, "Your data has been deleted",
        fmt::format("<p>Request <strong>{}</strong>, received on {}, is done since {}.</p>\n{}"
                    "<p>What is kept: leads that people sent through a page's forms. They belong "
                    "to the organization that runs the page, which answers for them; please ask "
                    "that organization about them.</p>\n",
            done.code, day_of(done.asked_at), day_of(done.done_at), what)};
}

std::string rows_of(const DeletionOrder& order)
{
    std::string rows;
    for (const auto& [table, count] : order.counts)
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", table, count);
    return rows;
}

Page organization_page(const DeletionOrder& order)
{
    if (order.state == DeletionState::running
        || (!order.done_at && order.delete_at < Instant::now()))
        return {200, "The organization is being deleted",
            fmt::format("<p>Request <strong>{0}</strong>, received on {1}, is being carried out. "
                        "<a href=\"/data-deletion/{0}\">Look again</a> in a minute. Keep the code: "
                        "this page will say what was deleted.</p>\n",
                order.code, day_of(order.ordered_at))};
    if (order.state != DeletionState::done)
        return {200, "The deletion is ordered",
            fmt::format("<p>Request <strong>{}</strong>, received on {}: the organization and all "
                        "its data are deleted from {} on. Until then its owners can take the "
                        "request back.</p>\n",
                order.code, day_of(order.ordered_at), moment_of(order.delete_at))};
    return {200, "The organization has been deleted",
        fmt::format(
            "<p>Request <strong>{}</strong>, received on {}, is done since {}.</p>\n"
            "<p>Deleted: {}. Names are not kept, so this page has none.</p>\n"
            "<div class=\"scroll\"><table>\n<caption>Rows that were deleted, by table</caption>\n"
            "<tbody>\n{}</tbody>\n</table></div>\n",
            order.code, day_of(order.ordered_at),
            moment_of(order.done_at.value_or(order.delete_at)),
            counted_rows(letters::Words(), order.counts), rows_of(order))};
}

// Codes are 24 digits and letters; anything else is not asked for.
bool is_code(const std::string& text)
{
    return text.size() == 24 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

struct Found {
    std::optional<meta::DataDeletion> of_person;
    std::optional<DeletionOrder> of_organization;
};

Page page_of(const Found& found)
{
    if (found.of_person) return person_page(*found.of_person);
    if (found.of_organization) return organization_page(*found.of_organization);
    return unknown_code();
}

void show_status(const std::string& code, db::Database& database, const http::FilledAssets& files,
    const http::Respond& respond)
{
    if (!is_code(code)) return respond(answer_with(unknown_code(), files));
    const auto found = std::make_shared<Found>();
    database.start_read(
        [=](db::PlatformReader& db) {
            found->of_person = meta::store::find_deletion(db, code);
            found->of_organization = find_order(db, code);
        },
        [=, &files](std::exception_ptr error) {
            try {
                if (error) std::rethrow_exception(error);
            } catch (const std::exception& why) {
                log::error("a deletion request could not be looked up", {{"why", why.what()}});
                return respond(answer_with({503, "Please try again",
                                               "<p>We cannot look it up just now. Please try again "
                                               "in a few minutes.</p>\n"},
                    files));
            }
            respond(answer_with(page_of(*found), files));
        });
}

}  // namespace

void add_status_routes(
    http::Routes& routes, db::Database& database, const http::FilledAssets& files)
{
    // The form on the site's page of the same name works without script, so its code comes by
    // query.
    routes.raw("GET", "/data-deletion/look-up",
        [&files](const http::Request& request, const http::Respond& respond) {
            const auto code =
                boost::to_lower_copy(boost::trim_copy(request.query_value("code").value_or("")));
            if (!is_code(code)) return respond(answer_with(unknown_code(), files));
            respond(
                {.status = 303, .body = {}, .headers = {{"Location", "/data-deletion/" + code}}});
        },
        {"To the status of the deletion request whose code was typed in", http::Right::everybody});
    routes.raw("GET", "/data-deletion/{code}",
        [&database, &files](const http::Request& request, const http::Respond& respond) {
            show_status(request.path_values.at("code"), database, files, respond);
        },
        {"What became of a deletion request, for the person who made it", http::Right::everybody});
}

}  // namespace leadcrm::deletion
