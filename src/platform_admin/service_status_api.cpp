#include "platform_admin/service_status_api.hpp"

#include "platform/http/filled_page.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/static_files.hpp"
#include "platform/http/wire.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace leadcrm::platform_admin {
namespace {

constexpr auto kept_header = "public, max-age=15";

const char* name_of(ServicePart part)
{
    switch (part) {
    case ServicePart::leads:
        return "Taking in leads";
    case ServicePart::app:
        return "The app";
    case ServicePart::mail:
        return "Mail";
    case ServicePart::meta:
        break;
    }
    return "Meta's API";
}

const char* name_of(ServiceState state)
{
    switch (state) {
    case ServiceState::working:
        return "Working";
    case ServiceState::slow:
        return "Slow";
    case ServiceState::not_working:
        break;
    }
    return "Not working";
}

const char* summary_of(const ServiceStatus& status)
{
    auto worst = ServiceState::working;
    for (const auto& part : status.parts) worst = std::max(worst, part.state);
    switch (worst) {
    case ServiceState::working:
        return "Everything works.";
    case ServiceState::slow:
        return "Something is slow.";
    case ServiceState::not_working:
        break;
    }
    return "Something does not work. Nothing that Meta sends is lost meanwhile: it is sent again.";
}

// "2026-11-26 19:06 UTC"
std::string moment(Instant at)
{
    const auto text = rfc3339(at);
    return text.substr(0, 10) + ' ' + text.substr(11, 5) + " UTC";
}

}  // namespace

std::string status_html(const ServiceStatus& status)
{
    auto html = fmt::format("<p class=\"lead\">{}</p>\n<dl class=\"state\">\n", summary_of(status));
    for (const auto& [part, state] : status.parts)
        html += fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n",
            boost::describe::enum_to_string(state, ""), name_of(part), name_of(state));
    return html
        + fmt::format("</dl>\n<p>Looked at <time datetime=\"{}\">{}</time>.</p>\n",
            rfc3339(Instant::from_unix_seconds(status.looked_at.unix_seconds())),
            moment(status.looked_at));
}

http::Response StatusDesk::page(const http::Request& request)
{
    auto page = http::filled_page(
        files_, "/status/index.html", {{"@@STATUS@@", status_html(watch_.now())}});
    if (!page) return http::static_file(request, files_.all());
    page->headers.emplace_back("Cache-Control", kept_header);
    return std::move(*page);
}

void StatusDesk::add_routes(http::Routes& api)
{
    using http::Right;
    api.work("GET", "/api/v1/status",
        [this](const http::Call&, const http::Nothing&) {
            return http::Answer<ServiceStatus>{watch_.now(), 200, {{"Cache-Control", kept_header}}};
        },
        {"Whether the service works", Right::everybody,
            "By what is really waiting and failing; looked at every 15 seconds at most. `mail` is "
            "left out where the server sends none; without its database only what is known is "
            "told."});
    api.raw("GET", "/status",
        [this](const http::Request& request, const http::Respond& respond) {
            const bool is_taken = pool_.take_on([this, request, respond] {
                try {
                    respond(page(request));
                } catch (...) {
                    respond(http::problem(std::current_exception(), request));
                }
            });
            if (!is_taken)
                throw Failure::unavailable("The server is busy. Please try again in a moment.", 2);
        },
        {"The same as a page", Right::everybody});
}

}  // namespace leadcrm::platform_admin
