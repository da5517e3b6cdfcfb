// What a database's error codes mean for the caller. By code, never by text: texts are translated
// and Citus adds shard numbers to them.
#pragma once

#include "platform/failure.hpp"

#include <string>
#include <string_view>

namespace leadcrm::db {

// `detail` is for the log: the database's own words and the statement, without its values.
Failure sqlite_failure(int extended_code, std::string detail);
Failure postgres_failure(std::string_view sqlstate, std::string detail);

// True for what a transaction run again from its beginning may not meet again.
bool is_worth_retrying(std::string_view sqlstate);

}  // namespace leadcrm::db
