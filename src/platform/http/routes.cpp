#include "platform/http/routes.hpp"

#include "platform/failure.hpp"

#include <stdexcept>

namespace leadcrm::http {

const Caller& Call::caller() const
{
    if (!who) throw Failure::signed_out("Please sign in.");
    return *who;
}

AskSource Route::ask_source() const { return detail::ask_source(method); }

void Routes::raw(std::string method, std::string path, RawHandler handler, Endpoint endpoint,
    std::size_t body_max)
{
    add({std::move(method), std::move(path), std::move(endpoint), std::move(handler), {},
        body_max});
}

void Routes::stream(std::string path, StreamHandler handler, Endpoint endpoint)
{
    add({"GET", std::move(path), std::move(endpoint), std::move(handler)});
}

void Routes::otherwise(RawHandler handler) { fallback_ = std::move(handler); }

// A route that cannot work is a mistake in the program: it must not start.
void Routes::add(Route route)
{
    const auto mistake = [&](const char* what) {
        throw std::logic_error(route.method + " " + route.path + ": " + what);
    };
    const bool is_open = route.endpoint.right == Right::everybody;
    const bool is_safe = route.method == "GET";
    if (route.path.empty() || route.path.front() != '/') mistake("a path begins with /");
    if (std::holds_alternative<Route::Raw>(route.run)) {
        if (!is_open) mistake("a raw route is for everybody");
    } else if (!std::holds_alternative<Route::Work>(route.run)) {
        if (is_open) mistake("without a caller there is no organization to work in");
        if (is_safe && std::holds_alternative<Route::Write>(route.run))
            mistake("GET changes nothing");
    }
    for (const auto& other : routes_)
        if (other.method == route.method && other.path == route.path) mistake("is there already");
    routes_.push_back(std::move(route));
}

namespace detail {

AskSource ask_source(std::string_view method)
{
    return method == "GET" || method == "DELETE" ? AskSource::query : AskSource::body;
}

Response no_content(Headers headers) { return {204, {}, {}, std::move(headers)}; }

Response json_response(int status, std::string text, Headers headers)
{
    return {status, "application/json", std::move(text), std::move(headers)};
}

Response download_response(int status, const Download& download, Headers headers)
{
    headers.emplace_back(
        "Content-Disposition", "attachment; filename=\"" + download.file_name + "\"");
    return {status, download.content_type, download.text, std::move(headers)};
}

}  // namespace detail

}  // namespace leadcrm::http
