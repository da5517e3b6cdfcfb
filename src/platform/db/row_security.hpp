// Row-level security, the second lock between organizations on PostgreSQL: whatever a statement
// says, it sees and changes only rows of the organization that app_set_org() named in this
// transaction.
//
// The tenant is set with SET LOCAL inside a function, because set_config() and SET from a client do
// not reach the workers of a Citus cluster. The policy compares with ANY (ARRAY[…]), because a
// plain comparison with a function's result is not sent to one worker there.
#pragma once

#include "platform/db/session.hpp"

namespace leadcrm::db {

// The functions: before the migrations, which may use them.
void make_organization_functions(Session& session);

// Switches it on, forced, for every tenant table in the schema: after the migrations.
void secure_rows(Session& session);

// Names the tenant tables that are not under it: for whoever asks whether all are.
extern const char* const open_tables_sql;

}  // namespace leadcrm::db
