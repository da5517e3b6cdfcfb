-- When the person last opened this organization: signing in leads there.
ALTER TABLE memberships ADD COLUMN entered_at BIGINT;
