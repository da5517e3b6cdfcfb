// The tenancy guard: refuses, when it is prepared, a statement that could reach another
// organization's rows. What it holds a session to is said in session.hpp.
//
// Problem. The worst thing a program for many companies can do is to show one of them another's
// customers, and it takes one forgotten condition in one of hundreds of statements.
//
// Idea. The text of a statement is looked at once, before it is prepared. Every mention of a table
// whose rows belong to organizations needs a condition of its own, `alias.organization_id = $1`,
// that no row gets around; what is inserted carries `$1` in that column; and `$1` is bound by the
// driver. SQLite also tells which tables it is going to touch, and one that the text does not
// mention, behind a view for example, is refused too. On PostgreSQL row-level security is the
// second lock.
//
// Trade-off. The guard knows the SQL we write, not all of SQL: what it does not understand is
// refused although it may be harmless. It takes 14 µs for a join, once per connection; afterwards
// the whole way of a statement, from its text to SQLite's answer, is 0.4 µs.
#pragma once

#include "platform/db/sql.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace leadcrm::db {

// What the guard has to know about a table; read from the schema, never from a list.
struct TableKind {
    // "organization_id", "id" for the table of organizations itself; empty: rows of nobody.
    std::string key;
    bool is_tenant = false;  // the primary key begins with organization_id; so too every view
};
using TableKinds = std::map<std::string, TableKind, std::less<>>;

// Tells what one column of a table says about it, for the drivers as they read the schema.
void note_column(
    TableKinds& kinds, std::string_view table, std::string_view column, bool begins_primary_key);

struct Permit {
    // The only organization that may run it, if its text names that organization's search table.
    std::optional<OrganizationId> only_for;
    std::set<std::string> tables;  // the text mentions
};

// Throws Failure::internal, which names the statement and what is wrong with it.
Permit check_tenancy(const PlainStatement& statement, const std::optional<OrganizationId>& tenant,
    const TableKinds& kinds);

// Refuses a table that the database is about to touch and the text does not mention.
void check_touched(const PlainStatement& statement, const std::set<std::string>& touched,
    const std::optional<OrganizationId>& tenant, const TableKinds& kinds, const Permit& permit);

// SQLite's search tables, lead_search_<32 hex digits of the organization's id>: there is one for
// each organization, so they need no condition, but belong to one session alone.
std::optional<OrganizationId> owner_of_search_table(std::string_view table);

}  // namespace leadcrm::db
