-- The operator's people ask the owners of an organization for support access.

-- At most one is open: without an answer, and its time not over. reason: what support would look
-- at. answer: granted, declined (both by an owner) or withdrawn (by one of the operator's people).
CREATE TABLE support_requests (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    asked_by UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('granted', 'declined', 'withdrawn')),
    answered_by UUID,
    answered_at BIGINT,
    PRIMARY KEY (organization_id, id)
);
