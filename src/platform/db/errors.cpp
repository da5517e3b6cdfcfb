#include "platform/db/errors.hpp"

#include <sqlite3.h>

namespace leadcrm::db {
namespace {

Failure already_there(std::string detail)
{
    return Failure::conflict("This is already there.").because(std::move(detail));
}
Failure refers_to_nothing(std::string detail)
{
    return Failure::conflict("Something this refers to is no longer here, or is still in use.")
        .because(std::move(detail));
}
Failure busy(std::string detail)
{
    return Failure::unavailable("We are very busy. Please try again in a moment.", 1)
        .because(std::move(detail));
}
Failure cannot_store(std::string detail)
{
    return Failure::unavailable(
        "The server cannot store anything at the moment. Please try again in a minute.", 60)
        .because(std::move(detail));
}
Failure too_large(std::string detail)
{
    return Failure(Failure::Kind::too_large, "This is too large to be stored.")
        .because(std::move(detail));
}

}  // namespace

Failure sqlite_failure(int extended_code, std::string detail)
{
    switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return already_there(std::move(detail));
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return refers_to_nothing(std::move(detail));
    }
    switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
        return busy(std::move(detail));
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
        return cannot_store(std::move(detail));
    case SQLITE_TOOBIG:
        return too_large(std::move(detail));
    }
    return Failure::internal(std::move(detail));
}

Failure postgres_failure(std::string_view sqlstate, std::string detail)
{
    detail = std::string(sqlstate) + " " + detail;
    if (sqlstate == "23505") return already_there(std::move(detail));  // unique_violation
    if (sqlstate == "23503") return refers_to_nothing(std::move(detail));  // foreign_key_violation
    if (sqlstate == "54000") return too_large(std::move(detail));  // program_limit_exceeded
    if (sqlstate == "57014") return busy(std::move(detail));  // query_canceled
    if (is_worth_retrying(sqlstate)) return busy(std::move(detail));
    const auto group = sqlstate.substr(0, 2);
    if (group == "53") return cannot_store(std::move(detail));  // insufficient resources
    if (group == "58") return cannot_store(std::move(detail));  // system error, such as a full disk
    // No connection, or the server is going down or coming up.
    if (sqlstate.empty() || group == "08" || group == "57") return busy(std::move(detail));
    return Failure::internal(std::move(detail));
}

bool is_worth_retrying(std::string_view sqlstate)
{
    return sqlstate == "40001" || sqlstate == "40P01";  // serialization failure, deadlock
}

}  // namespace leadcrm::db
