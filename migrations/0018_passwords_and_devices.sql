-- New passwords by mail, and the devices a person signs in from.

-- The token itself is only in the letter. Several may be out at once: who asks for a letter in
-- somebody's name must not make the link worthless that this person holds already.
CREATE TABLE password_resets (
    token_hash BYTEA PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);

-- A browser that has signed in to an account, known by a cookie that outlives the session:
-- docs/adr/0013-a-known-device-is-not-locked-out.md. The cookie is made anew at each sign-in.
CREATE TABLE devices (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX devices_by_token ON devices (token_hash, user_id);
CREATE INDEX devices_by_user ON devices (user_id);
CREATE INDEX devices_by_use ON devices (used_at);

-- Sessions from before have neither; a device may be forgotten while its session lasts.
ALTER TABLE sessions ADD COLUMN device_id UUID;
ALTER TABLE sessions ADD COLUMN seen_at BIGINT;
