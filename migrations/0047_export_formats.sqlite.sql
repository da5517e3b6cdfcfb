-- Leads as XLSX and as vCards. Which formats there are is said in src/exports/export.hpp. SQLite
-- cannot change a CHECK: the table is made anew. Nothing refers to it.
CREATE TEMP TABLE exports_before AS SELECT * FROM exports;
DROP TABLE exports;
CREATE TABLE exports (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('organization', 'leads')),
    format TEXT NOT NULL CHECK (format IN ('zip', 'csv', 'jsonl', 'xlsx', 'vcf')),
    question JSONB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'expired')),
    ordered_by UUID NOT NULL,
    ordered_at BIGINT NOT NULL,
    ended_at BIGINT,
    expires_at BIGINT,
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    sha256 TEXT,
    PRIMARY KEY (organization_id, id)
);
INSERT INTO exports (organization_id, id, kind, format, question, state, ordered_by, ordered_at,
    ended_at, expires_at, row_count, byte_count, sha256)
SELECT organization_id, id, kind, format, question, state, ordered_by, ordered_at,
    ended_at, expires_at, row_count, byte_count, sha256
FROM exports_before;
DROP TABLE exports_before;
