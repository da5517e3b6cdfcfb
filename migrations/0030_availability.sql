-- Since when a member takes no new leads; nothing: on shift. Whoever leaves and comes back is on
-- shift again.
ALTER TABLE memberships ADD COLUMN paused_at BIGINT;
