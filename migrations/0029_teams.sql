-- Teams of an organization: who is in one, and which team leads see and hand out its leads.
CREATE TABLE teams (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE team_members (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    team_id UUID NOT NULL,
    user_id UUID NOT NULL,
    is_lead BOOLEAN NOT NULL,
    PRIMARY KEY (organization_id, team_id, user_id),
    FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id)
);
CREATE INDEX team_members_by_user ON team_members (organization_id, user_id);

-- What an owner lets an agent do. Of owners and team leads the role says it.
ALTER TABLE memberships ADD COLUMN sees TEXT NOT NULL DEFAULT 'own_and_unassigned'
    CHECK (sees IN ('own', 'own_and_unassigned', 'team'));
ALTER TABLE memberships ADD COLUMN may_export BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE former_members ADD COLUMN sees TEXT NOT NULL DEFAULT 'own_and_unassigned'
    CHECK (sees IN ('own', 'own_and_unassigned', 'team'));
ALTER TABLE former_members ADD COLUMN may_export BOOLEAN NOT NULL DEFAULT TRUE;
