-- Passkeys (WebAuthn): keys that a person's device or password manager holds, to sign in with.

-- public_key: as libfido2 lays it out for the algorithm. sign_count: what the authenticator said
-- last; many say 0 always. is_backup_eligible: it may be on more than one device.
CREATE TABLE passkeys (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    credential_id BYTEA NOT NULL UNIQUE,
    algorithm TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    sign_count BIGINT NOT NULL,
    is_backup_eligible BOOLEAN NOT NULL,
    is_backed_up BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- What an authenticator is asked to sign, once, for one browser. With a person: to add a passkey.
CREATE TABLE passkey_challenges (
    challenge_hash BYTEA PRIMARY KEY,
    browser_hash BYTEA NOT NULL,
    user_id UUID REFERENCES users (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_by_user ON passkey_challenges (user_id);
CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (expires_at);

-- By which the session was opened. It stays when the passkey is removed.
ALTER TABLE sessions ADD COLUMN passkey_id UUID;
CREATE INDEX sessions_by_passkey ON sessions (passkey_id);
