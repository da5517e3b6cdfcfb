// Databases on the server that `./dev test integration` starts (TEST_POSTGRES_URL, with a role that
// bypasses nothing, and TEST_POSTGRES_ADMIN_URL). Making one takes a tenth of a second, emptying it
// a hundredth, so those of finished tests are emptied and used again.
#pragma once

#include <string>

namespace leadcrm::testing {

bool has_postgres_server();

// The address of a migrated, empty database.
std::string take_postgres_database();
// Nothing may be connected to it any more.
void give_back_postgres_database(const std::string& url);

// Runs SQL as a superuser, for tests of what only somebody else could do.
void run_as_postgres_admin(const std::string& url, const std::string& sql);

}  // namespace leadcrm::testing
