-- An e-mail address belongs to nobody until it is confirmed, so several accounts may carry the same
-- one; among the confirmed it is unique. Why: docs/adr/0010-an-address-belongs-to-nobody-until-confirmed.md.
--
-- All accounts of an address are hashed with the same salt, so that one computation finds the one a
-- password belongs to. A salt is the beginning of an Argon2id text, which ends in 44 characters of
-- hash.
CREATE TABLE password_salts (
    email TEXT PRIMARY KEY,
    salt TEXT NOT NULL
);
INSERT INTO password_salts (email, salt)
SELECT email, substr(password_hash, 1, length(password_hash) - 44) FROM users
WHERE length(password_hash) > 44;

-- SQLite cannot drop a UNIQUE that a table was made with: the table is made anew. What refers to it
-- is looked at when the transaction ends, and then everybody is back.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE users_before AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    email_confirmed_at BIGINT,
    name TEXT NOT NULL,
    phone TEXT,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO users (id, email, name, phone, password_hash, created_at)
SELECT id, email, name, phone, password_hash, created_at FROM users_before;
DROP TABLE users_before;

CREATE INDEX users_by_password ON users (email, password_hash);
CREATE UNIQUE INDEX users_by_confirmed_email ON users (email) WHERE email_confirmed_at IS NOT NULL;
