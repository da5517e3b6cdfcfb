// What the guard lets through and what it refuses, by text alone and on a real database.
#include "platform/db/guard.hpp"
#include "platform/testing/database.hpp"

#include <doctest/doctest.h>

namespace leadcrm::db {
namespace {

const TableKinds tables = {
    {"leads", {"organization_id", true}},
    {"notes", {"organization_id", true}},
    {"visit_log", {"organization_id", true}},
    {"jobs", {"organization_id", false}},
    {"organizations", {"id", false}},
    {"users", {"", false}},
};

const OrganizationId own{{0xab, 0xcd}};
const std::string own_search = "lead_search_abcd" + std::string(28, '0');
const std::string other_search = "lead_search_abce" + std::string(28, '0');

// "" when it is let through, the guard's reason otherwise.
std::string refusal(std::string_view text, const std::optional<OrganizationId>& tenant)
{
    try {
        PlainStatement statement{std::string(text), tokens_of(text)};
        check_tenancy(statement, tenant, tables);
        return {};
    } catch (const Failure& failure) {
        CHECK(failure.kind == Failure::Kind::internal);
        return failure.detail;
    }
}

void check_allowed(std::initializer_list<std::string> texts, bool with_tenant = true)
{
    for (const auto& text : texts) {
        CAPTURE(text);
        CHECK(refusal(text, with_tenant ? std::optional(own) : std::nullopt) == "");
    }
}

void check_refused(std::initializer_list<std::string> texts, bool with_tenant = true)
{
    for (const auto& text : texts) {
        CAPTURE(text);
        CHECK(refusal(text, with_tenant ? std::optional(own) : std::nullopt) != "");
    }
}

}  // namespace

TEST_CASE("a log grows and loses what is old, and nothing in it changes")
{
    check_allowed({
        "INSERT INTO visit_log (organization_id, id) VALUES ($1, $2)",
        "DELETE FROM visit_log WHERE organization_id = $1 AND id < $2",
    });
    check_refused({
        "UPDATE visit_log SET at = $2 WHERE organization_id = $1",
        "INSERT INTO visit_log (organization_id, id, at) VALUES ($1, $2, $3) "
        "ON CONFLICT (organization_id, id) DO UPDATE SET at = EXCLUDED.at",
    });
}

TEST_CASE("a query whose every table has its own condition is let through")
{
    check_allowed({
        "SELECT id FROM leads WHERE organization_id = $1",
        "SELECT id FROM leads WHERE $1 = organization_id;",
        "select L.id from LEADS as L where L.ORGANIZATION_ID = $1 and L.name = $2",
        "SELECT id FROM leads WHERE id = $2 AND organization_id = $1 AND (a = 1 OR b = 2)",
        "SELECT id FROM leads WHERE a BETWEEN $2 AND $3 AND organization_id = $1",
        "SELECT id FROM leads WHERE organization_id = $1 AND NOT done ORDER BY id DESC LIMIT $2",
        "SELECT l.id FROM leads l JOIN notes n ON n.organization_id = $1 AND n.lead_id = l.id "
        "WHERE l.organization_id = $1",
        "SELECT l.id FROM leads l LEFT JOIN notes n ON n.organization_id = $1 AND n.id = l.id "
        "WHERE l.organization_id = $1",
        "SELECT l.id FROM leads l, notes n WHERE l.organization_id = $1 AND n.organization_id = $1",
        "SELECT id FROM leads INDEXED BY leads_by_name WHERE organization_id = $1",
        "SELECT count(*) FILTER (WHERE won) AS leads FROM leads WHERE organization_id = $1",
        "SELECT CASE WHEN a OR b THEN 1 ELSE 2 END FROM leads WHERE organization_id = $1",
        "SELECT id FROM leads WHERE organization_id = $1 AND owner_id IS NOT DISTINCT FROM $2",
        "SELECT id FROM leads WHERE organization_id = $1 GROUP BY id HAVING count(*) > 1 OR a",
        "SELECT id, row_number() OVER (PARTITION BY a ORDER BY b) FROM leads "
        "WHERE organization_id = $1",
        "SELECT id FROM leads WHERE organization_id = $1 FOR UPDATE SKIP LOCKED",
        "SELECT name FROM users WHERE id = $2",
        "SELECT 1",
        "EXPLAIN QUERY PLAN SELECT id FROM leads WHERE organization_id = $1",
        "SELECT name FROM organizations WHERE id = $1",
        "SELECT id FROM jobs WHERE organization_id = $1",
    });
}

TEST_CASE("subqueries, unions and common table expressions are let through part by part")
{
    check_allowed({
        "SELECT id FROM leads l WHERE l.organization_id = $1 AND EXISTS ("
        "SELECT 1 FROM notes n WHERE n.organization_id = $1 AND n.lead_id = l.id)",
        "SELECT id FROM (SELECT id FROM leads WHERE organization_id = $1) AS found",
        "SELECT (SELECT count(*) FROM notes WHERE organization_id = $1) FROM users",
        "SELECT id FROM leads WHERE organization_id = $1 UNION ALL "
        "SELECT id FROM notes WHERE organization_id = $1 ORDER BY id",
        "WITH young AS (SELECT id FROM leads WHERE organization_id = $1) SELECT id FROM young",
        "WITH young AS MATERIALIZED (SELECT id FROM leads WHERE organization_id = $1) "
        "UPDATE notes SET a = 2 WHERE organization_id = $1 AND id IN (SELECT id FROM young)",
        "SELECT l.id FROM (SELECT value AS number FROM json_each($2)) AS found "
        "CROSS JOIN leads AS l WHERE l.organization_id = $1 AND l.number = found.number",
        "SELECT l.id FROM (SELECT unnest(CAST($2 AS BIGINT[])) AS n) AS found "
        "JOIN leads AS l ON l.organization_id = $1 AND l.number = found.n",
    });
}

TEST_CASE("a query without the condition, or with another one, is refused")
{
    check_refused({
        "SELECT id FROM leads",
        "SELECT id FROM leads WHERE id = $2",
        "SELECT id FROM leads WHERE organization_id = $2",
        "SELECT id FROM leads WHERE organization_id = $11",
        "SELECT id FROM leads WHERE organization_id <> $1",
        "SELECT id FROM leads WHERE organization_id IN ($1, $2)",
        "SELECT id FROM leads WHERE organization_id >= $1",
        "SELECT id FROM leads WHERE id = $1",
        "SELECT id FROM leads WHERE other.organization_id = $1",
        "SELECT id FROM leads AS l WHERE leads.organization_id = $1",
        "SELECT id FROM jobs WHERE id = $2",
        "SELECT name FROM organizations",
        "SELECT name FROM organizations WHERE organization_id = $1",
        "SELECT organization_id = $1 FROM leads",
        "SELECT id FROM leads ORDER BY organization_id = $1",
        "SELECT id FROM leads GROUP BY id HAVING organization_id = $1",
    });
}

TEST_CASE("a condition that some rows get around counts for nothing")
{
    check_refused({
        "SELECT id FROM leads WHERE organization_id = $1 OR TRUE",
        "SELECT id FROM leads WHERE TRUE OR organization_id = $1",
        "SELECT id FROM leads WHERE organization_id = $1 AND a OR b",
        "SELECT id FROM leads WHERE NOT organization_id = $1",
        "SELECT id FROM leads WHERE (organization_id = $1 OR a)",
        "SELECT id FROM leads WHERE NOT (organization_id = $1)",
        "SELECT id FROM leads WHERE organization_id = $1 IS NULL",
        "SELECT id FROM leads WHERE organization_id = $1 = FALSE",
        "SELECT id FROM leads WHERE 0 = organization_id = $1",
        "SELECT id FROM leads WHERE a BETWEEN 0 AND organization_id = $1",
        "SELECT id FROM leads WHERE CASE WHEN a AND organization_id = $1 AND b THEN 1 ELSE 1 END",
        "SELECT id FROM leads WHERE a IN (SELECT 1 WHERE organization_id = $1)",
        "SELECT id FROM leads WHERE organization_id = $1 AND",
        "SELECT id FROM leads WHERE organization_id = $1 AND a = do OR TRUE",
        "SELECT id FROM leads WHERE organization_id = $1 AND for OR TRUE",
    });
}

TEST_CASE("in a join every table needs its own condition, and in the right place")
{
    check_refused({
        "SELECT 1 FROM leads l JOIN notes n ON n.lead_id = l.id WHERE l.organization_id = $1",
        "SELECT 1 FROM leads l JOIN notes n ON n.lead_id = l.id WHERE n.organization_id = $1",
        "SELECT 1 FROM leads l, notes n WHERE organization_id = $1",
        "SELECT 1 FROM leads l, users u WHERE organization_id = $1",
        "SELECT 1 FROM leads l, leads l WHERE l.organization_id = $1",
        "SELECT 1 FROM leads a, leads b WHERE a.organization_id = $1",
        "SELECT 1 FROM leads l LEFT JOIN notes n ON l.organization_id = $1 "
        "WHERE n.organization_id = $1",
        "SELECT 1 FROM leads l LEFT JOIN notes n ON n.organization_id = $1 AND l.organization_id = $1",
        "SELECT 1 FROM notes n RIGHT JOIN leads l ON l.organization_id = $1 "
        "AND n.organization_id = $1",
        "SELECT 1 FROM notes n FULL JOIN leads l ON l.organization_id = $1 AND n.organization_id = $1",
        "SELECT 1 FROM users NATURAL JOIN leads WHERE organization_id = $1",
        "SELECT 1 FROM (leads l JOIN notes n ON TRUE) WHERE l.organization_id = $1",
        "SELECT 1 FROM leads AS l (id, organization_id) WHERE l.organization_id = $1",
    });
}

TEST_CASE("no part of a statement is overlooked")
{
    check_refused({
        "SELECT (SELECT count(*) FROM notes) FROM leads WHERE organization_id = $1",
        "SELECT id FROM leads l WHERE l.organization_id = $1 AND EXISTS (SELECT 1 FROM notes)",
        "SELECT id FROM leads l WHERE l.organization_id = $1 AND EXISTS ("
        "SELECT 1 FROM notes n WHERE l.organization_id = $1)",
        "SELECT id FROM leads WHERE organization_id = $1 UNION SELECT id FROM notes",
        "SELECT id FROM (SELECT id, organization_id FROM leads) AS l WHERE l.organization_id = $1",
        "WITH l AS (SELECT * FROM leads) SELECT id FROM l WHERE organization_id = $1",
        "WITH leads AS (SELECT 1 AS id) SELECT id FROM leads",
        "SELECT id FROM leads WHERE organization_id = $1 ORDER BY (SELECT count(*) FROM notes)",
        "SELECT id FROM leads WHERE organization_id = $1 LIMIT (SELECT count(*) FROM notes)",
        "SELECT 1 WHERE 1 IN notes",
        "SELECT 1 WHERE 1 IN (notes)",
        "SELECT ((SELECT count(*) FROM ((notes))))",
        "TABLE leads",
        "SELECT 1 FROM ONLY leads",
        "SELECT 1 FROM ONLY (leads)",
        "SELECT 1 FROM main.leads WHERE organization_id = $1",
        "SELECT 1 FROM public.leads WHERE organization_id = $1",
        "SELECT 1 FROM nowhere",
        "SELECT name FROM sqlite_schema",
        "SELECT 1 FROM leads TABLESAMPLE SYSTEM (10) WHERE organization_id = $1",
        "SELECT id INTO copies FROM leads WHERE organization_id = $1",
        "VALUES ((SELECT count(*) FROM leads))",
    });
}

TEST_CASE("texts, comments and odd spellings do not fool it")
{
    check_refused({
        "SELECT id FROM leads WHERE a = 'organization_id = $1'",
        "SELECT id FROM leads -- WHERE organization_id = $1",
        "SELECT id FROM leads /* WHERE organization_id = $1 */",
        "SELECT id FROM leads /* /* */ WHERE organization_id = $1 -- */",
        "SELECT id FROM leads WHERE a = E'\\' AND organization_id = $1 AND b = E'\\''",
        "SELECT id FROM leads WHERE a = U&'\\' AND organization_id = $1",
        "SELECT id FROM leads WHERE \"organization_id\" = $1",
        "SELECT id FROM leads WHERE [organization_id] = $1",
        "SELECT id FROM leads WHERE `organization_id` = $1",
        "SELECT id FROM \"leads\"",
        "SELECT id FROM leads WHERE a = $$ AND organization_id = $1 AND b = $$",
        "SELECT id FROM leads WHERE a = $q$ AND organization_id = $1 AND b = $q$",
        "SELECT id FROM leads WHERE organization_id = $1 AND a = 1OR TRUE",
        "SELECT id FROM leads WHERE organization_id = $1OR TRUE",
        "SELECT id FROM leads WHERE organization_id = ?1",
        "SELECT id FROM leads WHERE organization_id = :1",
        "SELECT id FROM leads WHERE organization_id = $1; SELECT id FROM leads",
        "SELECT id FROM leads WHERE organization_id = $01",
    });
    check_allowed({
        "SELECT id FROM leads /* it's */ WHERE -- all\n organization_id = $1 AND a = 'it''s; OR'",
        "SELECT id FROM leads WHERE organization_id = $1 AND a = x'00' AND b ->> 'c' = 'leads'",
    });
}

TEST_CASE("what is inserted carries the tenant")
{
    check_allowed({
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2)",
        "INSERT INTO leads (id, organization_id) VALUES ($2, $1), ($3, $1)",
        "INSERT INTO leads (organization_id, id) SELECT $1, id FROM notes WHERE organization_id = $1",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2) "
        "ON CONFLICT (organization_id, id) DO UPDATE SET a = EXCLUDED.a, b = leads.b + 1 "
        "WHERE leads.a < EXCLUDED.a RETURNING id",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2) "
        "ON CONFLICT (organization_id, id) WHERE a <> '' DO NOTHING",
        "INSERT INTO jobs (organization_id, id) VALUES ($1, $2)",
    });
    check_refused({
        "INSERT INTO leads (id) VALUES ($2)",
        "INSERT INTO leads VALUES ($1, $2)",
        "INSERT INTO leads DEFAULT VALUES",
        "INSERT INTO leads (organization_id, id) VALUES ($2, $1)",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2), ($3, $4)",
        "INSERT INTO leads (organization_id, id) VALUES ('$1', $2)",
        "INSERT INTO leads (organization_id, id) VALUES (coalesce($2, $1), $3)",
        "INSERT INTO leads (organization_id, id) SELECT organization_id, id FROM notes "
        "WHERE organization_id = $1",
        "INSERT INTO leads (organization_id, id) SELECT $1, id FROM notes",
        "INSERT INTO leads (organization_id, id) SELECT $1, id FROM users UNION SELECT $2, 1",
        "INSERT INTO leads (id, organization_id) SELECT n.*, $1 FROM users n",
        "INSERT INTO leads (organization_id, id) VALUES ($1, (SELECT id FROM notes))",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2) "
        "ON CONFLICT (id) DO UPDATE SET organization_id = EXCLUDED.organization_id",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2) "
        "ON CONFLICT (organization_id, id) DO UPDATE SET a = (SELECT 1 FROM notes)",
        "INSERT INTO leads (organization_id, id) VALUES ($1, $2) RETURNING (SELECT 1 FROM notes)",
        "INSERT OR REPLACE INTO leads (organization_id, id) VALUES ($1, $2)",
        "REPLACE INTO leads (organization_id, id) VALUES ($1, $2)",
        "INSERT INTO users (id) VALUES ($2)",
    });
}

TEST_CASE("what is changed or removed is pinned to the tenant, and stays there")
{
    check_allowed({
        "UPDATE leads SET a = $2, b = CASE WHEN a OR b THEN 1 END WHERE organization_id = $1",
        "UPDATE leads AS l SET a = n.a FROM notes AS n "
        "WHERE l.organization_id = $1 AND n.organization_id = $1 AND n.lead_id = l.id",
        "UPDATE organizations SET name = $2 WHERE id = $1",
        "DELETE FROM leads WHERE organization_id = $1 RETURNING id",
    });
    check_refused({
        "UPDATE leads SET a = $2",
        "UPDATE leads SET a = $2 WHERE id = $3",
        "UPDATE leads SET organization_id = $2 WHERE organization_id = $1",
        "UPDATE leads SET a = 1, organization_id = $2 WHERE organization_id = $1",
        "UPDATE leads SET (a, organization_id) = (1, $2) WHERE organization_id = $1",
        "UPDATE leads SET a = (SELECT a FROM notes) WHERE organization_id = $1",
        "UPDATE leads SET a = n.a FROM notes n WHERE leads.organization_id = $1",
        "UPDATE leads SET a = n.a FROM notes n WHERE n.organization_id = $1",
        "UPDATE leads SET a = organization_id = $1",
        "UPDATE OR IGNORE leads SET a = 1 WHERE organization_id = $1",
        "UPDATE users SET name = $2 WHERE id = $3",
        "UPDATE organizations SET id = $2 WHERE id = $1",
        "DELETE FROM leads",
        "DELETE FROM leads WHERE id = $2",
        "DELETE FROM leads USING notes WHERE leads.organization_id = $1",
        "DELETE FROM users WHERE id = $2",
        "WITH gone AS (DELETE FROM leads RETURNING id) SELECT id FROM gone",
        "DROP TABLE leads",
        "CREATE TABLE leads (id BLOB)",
        "PRAGMA writable_schema = ON",
        "ATTACH 'x' AS y",
        "COMMIT",
    });
}

TEST_CASE("a platform session sees every platform table and no tenant table")
{
    check_allowed(
        {
            "SELECT id FROM users",
            "SELECT id, kind FROM jobs WHERE run_at < $1",
            "INSERT INTO organizations (id) VALUES ($1)",
            "UPDATE jobs SET a = 1 WHERE id IN (SELECT id FROM jobs LIMIT 1)",
            "DELETE FROM users WHERE TRUE",
        },
        false);
    check_refused(
        {
            "SELECT id FROM leads",
            "SELECT id FROM leads WHERE organization_id = $1",
            "SELECT id FROM users WHERE id IN (SELECT owner_id FROM leads)",
            "SELECT 1 IN leads",
            "INSERT INTO leads (organization_id) VALUES ($1)",
            "DELETE FROM leads WHERE organization_id = $1",
            "SELECT rowid FROM " + own_search,
        },
        false);
}

TEST_CASE("an organization's search table is its own")
{
    check_allowed({
        "SELECT rowid FROM " + own_search + " WHERE " + own_search + " MATCH $2",
        "INSERT INTO " + own_search + " (" + own_search
            + ", rowid, text) VALUES ('delete', $2, $3)",
        "CREATE VIRTUAL TABLE " + own_search + " USING fts5(text, tokenize = 'trigram')",
        "CREATE VIRTUAL TABLE IF NOT EXISTS " + own_search + " USING fts5(text)",
        "DROP TABLE " + own_search,
        "DROP TABLE IF EXISTS " + own_search,
    });
    check_refused({
        "SELECT rowid FROM " + other_search + " WHERE " + other_search + " MATCH $2",
        "SELECT rowid FROM " + own_search + " WHERE rowid IN " + other_search,
        "SELECT rowid FROM " + other_search + "_content",
        "CREATE VIRTUAL TABLE " + other_search + " USING fts5(text)",
        "CREATE VIRTUAL TABLE x USING fts5(text, content = '" + own_search + "')",
        "DROP TABLE " + other_search,
        "DROP TABLE leads -- " + own_search,
        "CREATE VIRTUAL TABLE leads USING fts5(" + own_search + ")",
    });
}

TEST_CASE("a refusal names the statement and the table, for the log only")
{
    try {
        const std::string_view text = "SELECT id FROM leads WHERE id = $2";
        check_tenancy({std::string(text), tokens_of(text)}, own, tables);
        FAIL("it was let through");
    } catch (const Failure& failure) {
        CHECK(failure.detail.find("leads.organization_id = $1") != std::string::npos);
        CHECK(failure.detail.find("SELECT id FROM leads WHERE id = $2") != std::string::npos);
        CHECK(failure.message.find("leads") == std::string::npos);
    }
}

}  // namespace leadcrm::db
