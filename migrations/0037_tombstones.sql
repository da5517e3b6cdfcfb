-- A hash of the id of an organization that is gone: it recognizes the organization when it comes
-- back with a backup, and names nobody.
ALTER TABLE organization_deletions ADD COLUMN organization_hash TEXT;
