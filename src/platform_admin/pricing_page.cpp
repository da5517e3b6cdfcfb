#include "platform_admin/pricing_page.hpp"

#include "platform/html.hpp"
#include "platform/http/filled_page.hpp"
#include "platform/http/static_files.hpp"

#include <fmt/format.h>

#include <memory>

namespace leadcrm::platform_admin {
namespace {

std::string limit_of(const std::optional<std::int64_t>& most, const char* what)
{
    return most ? fmt::format("up to {} {}", *most, what) : "without limit";
}

}  // namespace

std::string plans_html(const std::vector<Plan>& plans)
{
    if (plans.empty()) return {};
    std::string rows;
    for (const auto& plan : plans)
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
            escaped_for_html(plan.name), limit_of(plan.seats, "people"),
            limit_of(plan.monthly_leads, "leads"));
    return "<section class=\"prose plan-list\"><h2 id=\"plans\">Plans here</h2>\n"
           "<p>An organization begins on none of them, without limits, until it is put on one. "
           "More leads than a plan is meant for come in all the same.</p>\n"
           "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Plan</th>"
           "<th scope=\"col\">Who signs in</th><th scope=\"col\">A month</th></tr></thead>\n<tbody>\n"
        + rows + "</tbody></table></div></section>";
}

void add_pricing_page(http::Routes& routes, db::Database& database, const http::FilledAssets& files)
{
    routes.raw("GET", "/pricing",
        [&](const http::Request& request, const http::Respond& respond) {
            const auto plans = std::make_shared<std::vector<Plan>>();
            database.start_read([=](db::PlatformReader& db) { *plans = list_plans(db); },
                [=, &files](std::exception_ptr error) {
                    // Without its database the page says the rest.
                    if (error) plans->clear();
                    auto page = http::filled_page(
                        files, "/pricing/index.html", {{"@@PLANS@@", plans_html(*plans)}});
                    if (!page) return respond(http::static_file(request, files.all()));
                    page->headers.emplace_back("Cache-Control", "public, max-age=60");
                    respond(std::move(*page));
                });
        },
        {"What a place on this server costs", http::Right::everybody});
}

}  // namespace leadcrm::platform_admin
