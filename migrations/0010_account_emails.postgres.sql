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

ALTER TABLE users DROP CONSTRAINT users_email_key;
ALTER TABLE users ADD COLUMN email_confirmed_at BIGINT;

CREATE INDEX users_by_password ON users (email, password_hash);
CREATE UNIQUE INDEX users_by_confirmed_email ON users (email) WHERE email_confirmed_at IS NOT NULL;
