-- An owner lets the operator's people look into the organization for a while.

-- At most one is live: not ended, and its hour not come. reason: what support is to look at.
-- opened_at: when support looked for the first time.
CREATE TABLE support_grants (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    granted_by UUID NOT NULL,
    granted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    ended_at BIGINT,
    opened_at BIGINT,
    PRIMARY KEY (organization_id, id)
);

-- By which grant a platform admin's session is in its organization.
ALTER TABLE sessions ADD COLUMN support_grant_id UUID;
-- What the operator's people did or opened.
ALTER TABLE audit_log ADD COLUMN by_support BOOLEAN NOT NULL DEFAULT FALSE;
