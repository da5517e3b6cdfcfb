#include "platform/failure.hpp"

#include <utility>

namespace leadcrm {

Failure::Failure(Kind kind, std::string message)
    : std::runtime_error(message), kind(kind), message(std::move(message))
{
}

Failure Failure::malformed(std::string message) { return {Kind::malformed, std::move(message)}; }
Failure Failure::signed_out(std::string message) { return {Kind::signed_out, std::move(message)}; }
Failure Failure::forbidden(std::string message) { return {Kind::forbidden, std::move(message)}; }
Failure Failure::not_found(std::string message) { return {Kind::not_found, std::move(message)}; }
Failure Failure::conflict(std::string message) { return {Kind::conflict, std::move(message)}; }
Failure Failure::stale(std::string message) { return {Kind::stale, std::move(message)}; }

Failure Failure::invalid(std::vector<FieldError> fields)
{
    Failure failure(Kind::invalid, "Some fields need another look.");
    failure.fields = std::move(fields);
    return failure;
}

Failure Failure::invalid(std::string field, std::string code, std::string message)
{
    return invalid({{std::move(field), std::move(code), std::move(message)}});
}

Failure Failure::too_many(std::string message, int retry_after_s)
{
    Failure failure(Kind::too_many, std::move(message));
    failure.retry_after_s = retry_after_s;
    return failure;
}

Failure Failure::unavailable(std::string message, int retry_after_s)
{
    Failure failure(Kind::unavailable, std::move(message));
    failure.retry_after_s = retry_after_s;
    return failure;
}

Failure Failure::internal(std::string detail)
{
    Failure failure(Kind::internal, "Something went wrong on our side. Please try again.");
    failure.detail = std::move(detail);
    return failure;
}

Failure&& Failure::because(std::string reason) &&
{
    detail = std::move(reason);
    return std::move(*this);
}

BadField::BadField(std::string code, const std::string& message)
    : std::runtime_error(message), code(std::move(code))
{
}

}  // namespace leadcrm
