-- Letters that went out, for the operator. Where there is no mail server the text is kept too,
-- because somebody has to hand it over; otherwise it is not, because it may hold a link that gives
-- access.
CREATE TABLE mails (
    id UUID PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX mails_by_time ON mails (created_at);

-- The link with which an account shows that its address is its own: the newest one counts. Only the
-- hash of its token is kept.
CREATE TABLE email_confirmations (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    token_hash BYTEA NOT NULL UNIQUE,
    email TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
