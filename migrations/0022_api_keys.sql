-- Keys by which programs ask. A platform table, as sessions are: a key is looked up before the tenant
-- is known. The key itself is shown once and kept only as a hash; `hint` is its beginning, by which
-- people recognize it. scopes: names of rights. addresses: networks, none: from everywhere. A revoked
-- key stays, so that what it did can still be named.
CREATE TABLE api_keys (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    scopes JSONB NOT NULL,
    addresses JSONB NOT NULL,
    made_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_keys_by_organization ON api_keys (organization_id, id);
