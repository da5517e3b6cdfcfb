-- Who connected Facebook, and which pages Facebook showed them. The pages an organization has
-- connected are in 0004.

-- A login that has begun: what its `state` stands for. Only the hash is kept. It is used once;
-- `outcome` is where the browser was sent, so that a callback that comes twice ends the same way.
CREATE TABLE login_states (
    state_hash BYTEA PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    user_id UUID NOT NULL REFERENCES users (id),
    session_hash BYTEA NOT NULL,
    return_path TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    outcome TEXT
);
CREATE INDEX login_states_by_expiry ON login_states (expires_at);
CREATE INDEX login_states_by_organization ON login_states (organization_id);

-- A person's login at Facebook. `kind`: classic, or business for Login for Business.
CREATE TABLE connections (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    person_id TEXT NOT NULL,
    person_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('classic', 'business')),
    token_sealed BYTEA NOT NULL,
    user_id UUID NOT NULL,
    connected_at BIGINT NOT NULL,
    expires_at BIGINT,
    data_access_expires_at BIGINT,
    granted JSONB NOT NULL,
    declined JSONB NOT NULL,
    problem_code TEXT,
    problem_message TEXT,
    problem_since BIGINT,
    PRIMARY KEY (organization_id, person_id)
);

-- Pages as the last login showed them; the token is missing when Facebook gave none.
CREATE TABLE shown_pages (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    page_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    token_sealed BYTEA,
    tasks JSONB NOT NULL,
    scopes JSONB NOT NULL,
    shown_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, page_id)
);

-- Which organizations use what a person granted: Meta's callbacks name the person only.
CREATE TABLE person_routes (
    person_id TEXT NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (person_id, organization_id)
);
CREATE INDEX person_routes_by_organization ON person_routes (organization_id);

-- What a person who asked Meta for the deletion of their data can look up. Who it was is not kept.
CREATE TABLE data_deletions (
    code TEXT PRIMARY KEY,
    asked_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    login_count BIGINT NOT NULL,
    page_count BIGINT NOT NULL
);

ALTER TABLE pages ADD COLUMN person_id TEXT;  -- whose token it is; nobody: it was imported
ALTER TABLE pages ADD COLUMN connected_by UUID;
ALTER TABLE pages ADD COLUMN token_expires_at BIGINT;
ALTER TABLE pages ADD COLUMN disconnected_at BIGINT;
