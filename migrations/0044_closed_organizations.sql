-- Since when an organization is being deleted for good. Nobody gets in any more.
ALTER TABLE organizations ADD COLUMN closed_at BIGINT;
