-- A second factor at signing in, and a change of one's address.

-- An authenticator app's secret (RFC 6238), sealed with the vault's key. Not confirmed: its code has
-- not been typed yet, so it is asked of nobody. A code is worth something for one step of 30 seconds
-- and once: no step up to last_step is taken any more.
CREATE TABLE second_factors (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    secret_sealed BYTEA NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Shown once, used once.
CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES users (id),
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

ALTER TABLE organizations ADD COLUMN needs_second_factor BOOLEAN NOT NULL DEFAULT FALSE;

-- An address that is to become the account's when the link of a letter to it is used. Passwords are
-- hashed with a salt of the address, so the hash for the new one is made when it is asked for.
CREATE TABLE email_changes (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    token_hash BYTEA NOT NULL UNIQUE,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
