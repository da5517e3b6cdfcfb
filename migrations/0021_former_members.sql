-- People who were members and may become members again. Their membership is a row of its own table
-- only while they are in: whatever asks for members leaves these out by itself.
CREATE TABLE former_members (
    user_id UUID NOT NULL REFERENCES users (id),
    organization_id UUID NOT NULL REFERENCES organizations (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'team_lead', 'agent')),
    created_at BIGINT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, organization_id)
);
CREATE INDEX former_members_by_organization ON former_members (organization_id, user_id);
