// Why something could not be carried out, in words its reader can act on. platform/http turns it
// into an answer, platform/jobs into a retry or a dead letter.
#pragma once

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace leadcrm {

// What is wrong with one field of a request: `code` is for programs, `message` for people.
struct FieldError {
    std::string field;
    std::string code;
    std::string message;
};

// `message` and `fields` are shown to the user as they are. `detail` is only logged: it may hold
// SQL, addresses or ids. Any other exception that reaches the HTTP layer is answered as `internal`
// with a request id, so nothing leaks by accident.
class Failure : public std::runtime_error {
public:
    enum class Kind {
        malformed,  // the request cannot be read at all
        invalid,  // it can be read, but fields are wrong
        signed_out,
        forbidden,
        not_found,  // also for what belongs to somebody else
        conflict,
        stale,  // somebody changed it since it was read
        precondition_required,
        too_large,
        unsupported_type,
        too_many,
        unavailable,
        internal
    };

    Failure(Kind kind, std::string message);

    static Failure malformed(std::string message);
    static Failure invalid(std::vector<FieldError> fields);
    static Failure invalid(std::string field, std::string code, std::string message);
    static Failure signed_out(std::string message);
    static Failure forbidden(std::string message);
    static Failure not_found(std::string message);
    static Failure conflict(std::string message);
    static Failure stale(std::string message);
    static Failure too_many(std::string message, int retry_after_s);
    static Failure unavailable(std::string message, int retry_after_s);
    static Failure internal(std::string detail);

    // Adds a reason for the log: `throw Failure::not_found("…").because("graph 100/33");`
    Failure&& because(std::string reason) &&;

    Kind kind;
    std::string message;
    std::vector<FieldError> fields;
    std::string detail;
    std::optional<int> retry_after_s;
};

// What a field type throws from `check`; the reader of the request adds the field's name.
struct BadField : std::runtime_error {
    BadField(std::string code, const std::string& message);
    std::string code;
};

}  // namespace leadcrm
