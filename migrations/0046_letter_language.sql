-- The language of the browser that somebody was last seen with: letters to those who have chosen none
-- are written in it.
ALTER TABLE users ADD COLUMN browser_language TEXT;
-- In which language, and on whose clock, each of the certificate's recipients reads: their accounts
-- are gone when it is written.
ALTER TABLE organization_deletions ADD COLUMN readers JSONB NOT NULL DEFAULT '{}';
