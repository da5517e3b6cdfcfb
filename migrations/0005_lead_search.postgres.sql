-- Text search on PostgreSQL: one row per lead in ASCII (leads/folded_text, ascii_key), found by
-- trigrams. SQLite has one FTS5 table per organization instead, made with it.
--
-- Under row-level security a condition of a query reaches an index only if its operator is
-- leakproof, and LIKE is not. Conditions of the policy itself do reach it. So the pattern travels in
-- the policy: app_set_search() sets it for the transaction, and whoever sets none sees all of the
-- organization's rows.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE TABLE lead_search (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    number BIGINT NOT NULL,
    search_key TEXT NOT NULL,
    PRIMARY KEY (organization_id, number)
);

-- Without fastupdate: its list of pending entries is read by every search.
CREATE INDEX lead_search_trigrams ON lead_search
    USING gin (organization_id, search_key gin_trgm_ops) WITH (fastupdate = off);

CREATE FUNCTION app_set_search(pattern TEXT) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL leadcrm.search = %L', pattern);
    RETURN TRUE;
END $$;

CREATE FUNCTION app_search() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(current_setting('leadcrm.search', true), ''), '%')
$$;

CREATE POLICY own_organization ON lead_search
    USING (organization_id = ANY (ARRAY[app_org()]) AND search_key LIKE app_search())
    WITH CHECK (organization_id = ANY (ARRAY[app_org()]));
