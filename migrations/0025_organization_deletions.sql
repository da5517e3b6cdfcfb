-- The deletion of an organization, ordered and done. A platform table: it outlives the organization.
-- When it is done only the code, the times and the counts are left.
CREATE TABLE organization_deletions (
    code TEXT PRIMARY KEY,
    organization_id UUID,
    state TEXT NOT NULL CHECK (state IN ('scheduled', 'running', 'done')),
    ordered_by UUID,
    ordered_at BIGINT NOT NULL,
    delete_at BIGINT NOT NULL,
    done_at BIGINT,
    people JSONB NOT NULL,  -- who is in it; those who are nowhere else go with it
    recipients JSONB NOT NULL,  -- of the certificate
    counts JSONB NOT NULL
);
CREATE UNIQUE INDEX organization_deletions_open ON organization_deletions (organization_id)
    WHERE organization_id IS NOT NULL;
