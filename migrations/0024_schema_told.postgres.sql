-- The tables of this schema, for a session that may read no catalog: what an export holds and what a
-- deletion reaches is asked of the database itself. SQLite has pragmas for it.

CREATE FUNCTION app_columns() RETURNS TABLE (table_name TEXT, column_name TEXT, key_place BIGINT)
LANGUAGE sql STABLE AS $$
    SELECT c.relname::text, a.attname::text, coalesce(k.place, 0)
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
    LEFT JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
        ON k.number = a.attnum
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
        AND NOT c.relispartition
    ORDER BY 1, a.attnum
$$;

CREATE FUNCTION app_references() RETURNS TABLE (table_name TEXT, refers_to TEXT)
LANGUAGE sql STABLE AS $$
    SELECT c.relname::text, o.relname::text
    FROM pg_constraint AS r
    JOIN pg_class AS c ON c.oid = r.conrelid
    JOIN pg_class AS o ON o.oid = r.confrelid
    WHERE r.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
$$;
