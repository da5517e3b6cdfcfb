-- Leads that somebody deleted: out of sight, and erased for good after a while unless they are
-- restored before. An index of their own, for there are few of them.
ALTER TABLE leads ADD COLUMN deleted_at BIGINT;
ALTER TABLE leads ADD COLUMN deleted_by UUID;
CREATE INDEX leads_deleted ON leads (organization_id, deleted_at, number)
    WHERE deleted_at IS NOT NULL;

-- Whether an agent may delete leads. Team leads and owners always do.
ALTER TABLE memberships ADD COLUMN may_delete BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE former_members ADD COLUMN may_delete BOOLEAN NOT NULL DEFAULT FALSE;
