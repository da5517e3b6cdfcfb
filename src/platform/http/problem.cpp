#include "platform/http/problem.hpp"

#include "platform/http/feature_off.hpp"
#include "platform/log/log.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace leadcrm::http {

std::string_view reason_phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Content";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status";
    }
}

int status_of(Failure::Kind kind)
{
    using Kind = Failure::Kind;
    switch (kind) {
    case Kind::malformed:
        return 400;
    case Kind::signed_out:
        return 401;
    case Kind::forbidden:
        return 403;
    case Kind::not_found:
        return 404;
    case Kind::conflict:
        return 409;
    case Kind::stale:
        return 412;
    case Kind::too_large:
        return 413;
    case Kind::unsupported_type:
        return 415;
    case Kind::invalid:
        return 422;
    case Kind::precondition_required:
        return 428;
    case Kind::too_many:
        return 429;
    case Kind::internal:
        return 500;
    case Kind::unavailable:
        return 503;
    }
    return 500;
}

namespace {

boost::json::object body_of(int status, std::string_view message, std::string_view request_id,
    const std::vector<FieldError>& errors)
{
    boost::json::array fields;
    for (const auto& error : errors)
        fields.push_back(
            {{"field", error.field}, {"code", error.code}, {"message", error.message}});
    boost::json::object body{{"type", "about:blank"}, {"title", reason_phrase(status)},
        {"status", status}, {"detail", message}, {"request_id", request_id}};
    if (!fields.empty()) body["errors"] = std::move(fields);
    return body;
}

Response response_of(int status, const boost::json::object& body)
{
    return {status, "application/problem+json", boost::json::serialize(body)};
}

}  // namespace

Response problem(int status, std::string_view message, std::string_view request_id,
    const std::vector<FieldError>& errors)
{
    return response_of(status, body_of(status, message, request_id, errors));
}

Response problem(const std::exception_ptr& thrown, const Request& request)
{
    const auto log_as = [&](log::Level level, const std::string& reason) {
        log::write(level, "request failed",
            {{"request_id", request.request_id}, {"method", request.method}, {"path", request.path},
                {"reason", reason}});
    };
    try {
        std::rethrow_exception(thrown);
    } catch (const FeatureOff& off) {
        const auto status = status_of(off.kind);
        auto body = body_of(status, off.message, request.request_id, {});
        body["code"] = "feature_off";
        body["feature"] = off.feature;
        return response_of(status, body);
    } catch (const Failure& failure) {
        const bool is_ours = failure.kind == Failure::Kind::internal;
        if (is_ours || !failure.detail.empty())
            log_as(is_ours ? log::Level::error : log::Level::info, failure.detail);
        auto answer =
            problem(status_of(failure.kind), failure.message, request.request_id, failure.fields);
        if (failure.retry_after_s)
            answer.headers.emplace_back("Retry-After", std::to_string(*failure.retry_after_s));
        return answer;
    } catch (const std::exception& error) {
        log_as(log::Level::error, error.what());
    } catch (...) {
        log_as(log::Level::error, "something that is no exception was thrown");
    }
    return problem(500, "Something went wrong on our side. Please try again.", request.request_id);
}

}  // namespace leadcrm::http
