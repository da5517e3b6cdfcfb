#include "platform/db/row_security.hpp"

namespace leadcrm::db {

void make_organization_functions(Session& session)
{
    session.run_script(R"sql(
        CREATE OR REPLACE FUNCTION app_set_org(organization uuid) RETURNS void
            LANGUAGE plpgsql AS $$
        BEGIN
            EXECUTE format('SET LOCAL leadcrm.organization_id = %L', organization);
        END $$;

        CREATE OR REPLACE FUNCTION app_org() RETURNS uuid
            LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT nullif(current_setting('leadcrm.organization_id', true), '')::uuid
        $$;
    )sql");
}

// A tenant table is one whose primary key begins with organization_id.
void secure_rows(Session& session)
{
    session.run_script(R"sql(
        DO $$
        DECLARE
            tenant record;
        BEGIN
            FOR tenant IN
                SELECT c.oid::regclass AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced,
                    EXISTS (SELECT 1 FROM pg_policy AS p
                        WHERE p.polrelid = c.oid AND p.polname = 'own_organization') AS has_policy
                FROM pg_class AS c
                JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
                JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                WHERE c.relkind IN ('r', 'p') AND a.attname = 'organization_id'
                    AND c.relnamespace = current_schema()::regnamespace
            LOOP
                IF NOT tenant.is_forced THEN
                    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant.name);
                    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tenant.name);
                END IF;
                IF NOT tenant.has_policy THEN
                    EXECUTE format('CREATE POLICY own_organization ON %s
                        USING (organization_id = ANY (ARRAY[app_org()]))
                        WITH CHECK (organization_id = ANY (ARRAY[app_org()]))', tenant.name);
                END IF;
            END LOOP;
        END $$;
    )sql");
}

const char* const open_tables_sql = R"sql(
    SELECT CAST(c.relname AS TEXT)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = current_schema()
    JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum
        = CAST(split_part(CAST(i.indkey AS TEXT), ' ', 1) AS INTEGER)
    WHERE c.relkind IN ('r', 'p') AND a.attname = 'organization_id'
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy AS p
                WHERE p.polrelid = c.oid AND p.polname = 'own_organization'))
    ORDER BY c.relname
)sql";

}  // namespace leadcrm::db
