-- After how many hours everybody signs in to the organization anew. NULL: as long as sessions last.
ALTER TABLE organizations ADD COLUMN session_hours BIGINT;
