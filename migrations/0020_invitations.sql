-- People who were asked into an organization. A platform table: the link is looked up before anybody
-- knows the tenant.
--
-- Only the hash of a link's token is kept, that of the newest link. proves_address: the token went
-- out in a letter, so whoever has it reads that mailbox; one that the owner copied shows nothing.
CREATE TABLE invitations (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'team_lead', 'agent')),
    invited_by UUID NOT NULL REFERENCES users (id),
    token_hash BYTEA UNIQUE,
    proves_address BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (organization_id, email)
);
