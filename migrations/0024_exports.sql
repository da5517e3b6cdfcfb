-- Files with what an organization has, made for somebody who asked. The file itself is in the data
-- folder, under the id. `question`: the filter of a list of leads.
CREATE TABLE exports (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('organization', 'leads')),
    format TEXT NOT NULL CHECK (format IN ('zip', 'csv', 'jsonl')),
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
