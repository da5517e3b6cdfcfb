-- Who did what: one entry for each change, for each lead that was opened, and for signing in and out.
-- The program only adds entries and removes them for their age. user_id and key_id: neither, and it
-- was the system. action: the route, `PATCH /api/v1/leads/{id}`; what: the same in words. object: the
-- id it was done to. Nothing of what was written stands here.
CREATE TABLE audit_log (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    user_id UUID,
    key_id UUID,
    action TEXT NOT NULL,
    what TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
    object TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX audit_log_by_user ON audit_log (organization_id, user_id, id);
CREATE INDEX audit_log_by_key ON audit_log (organization_id, key_id, id);
CREATE INDEX audit_log_by_action ON audit_log (organization_id, action, id);
CREATE INDEX audit_log_by_object ON audit_log (organization_id, object, id);

-- How long entries are kept, where it is not the default.
CREATE TABLE audit_settings (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    keep_days BIGINT NOT NULL,
    PRIMARY KEY (organization_id)
);

-- Answers that are given again when a request comes again with its Idempotency-Key, for a day. name:
-- hash of who asks and the key; answer: sealed under the key, which is not stored.
CREATE TABLE given_answers (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name BYTEA NOT NULL,
    request_hash BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, name)
);
CREATE INDEX given_answers_by_time ON given_answers (organization_id, at);
