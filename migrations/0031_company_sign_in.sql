-- Signing in with a company's account (OpenID Connect), set up by each organization for itself.

-- domains: those its word may be taken for, separated by blanks.
CREATE TABLE sign_in_issuers (
    organization_id UUID PRIMARY KEY REFERENCES organizations (id),
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret_sealed BYTEA NOT NULL,
    domains TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Who a member is to the issuer. Known by (issuer, subject) from the first sign-in on: an address may
-- be given to somebody else.
CREATE TABLE sign_in_subjects (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, issuer, subject)
);

-- Which organization the sign-in page means by a domain. A platform table: it is asked before anybody
-- knows the tenant.
CREATE TABLE sign_in_domains (
    domain TEXT PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id)
);
CREATE INDEX sign_in_domains_by_organization ON sign_in_domains (organization_id);

-- Sign-ins that are on their way to the issuer and back, each bound to one browser; used once.
CREATE TABLE company_sign_ins (
    state_hash BYTEA PRIMARY KEY,
    browser_hash BYTEA NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX company_sign_ins_by_expiry ON company_sign_ins (expires_at);

-- Members but the owners come in no other way.
ALTER TABLE organizations ADD COLUMN is_company_sign_in_only BOOLEAN NOT NULL DEFAULT FALSE;
-- An issuer vouches for the person in its organization only.
ALTER TABLE sessions ADD COLUMN is_bound BOOLEAN NOT NULL DEFAULT FALSE;
