-- Who operates the service from a browser: accounts named on the command line.
CREATE TABLE platform_admins (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    since BIGINT NOT NULL
);

-- organization_id NULL: the session is a platform admin's, in no organization. SQLite cannot drop a
-- NOT NULL: the table is made anew. Nothing refers to it.
CREATE TEMP TABLE sessions_before AS SELECT * FROM sessions;
DROP TABLE sessions;
CREATE TABLE sessions (
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    organization_id UUID REFERENCES organizations (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    device_id UUID,
    seen_at BIGINT,
    viewing_as UUID,
    is_bound BOOLEAN NOT NULL DEFAULT FALSE
);
INSERT INTO sessions (token_hash, user_id, organization_id, created_at, expires_at, address,
    user_agent, device_id, seen_at, viewing_as, is_bound)
SELECT token_hash, user_id, organization_id, created_at, expires_at, address,
    user_agent, device_id, seen_at, viewing_as, is_bound
FROM sessions_before;
DROP TABLE sessions_before;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
