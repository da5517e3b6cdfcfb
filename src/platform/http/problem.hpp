// Errors as application/problem+json (RFC 9457). The one place where a Failure becomes a status.
#pragma once

#include "platform/failure.hpp"
#include "platform/http/message.hpp"

#include <exception>
#include <string>
#include <string_view>

namespace leadcrm::http {

std::string_view reason_phrase(int status);
int status_of(Failure::Kind kind);

// `message` and `errors` are for the user, as they are.
Response problem(int status, std::string_view message, std::string_view request_id,
    const std::vector<FieldError>& errors = {});

// What a handler threw. A Failure says itself what to answer; anything else is answered with 500
// and no detail. What the user is not told goes to the log, under the request id.
Response problem(const std::exception_ptr& thrown, const Request& request);

}  // namespace leadcrm::http
