-- What the operator of the service decides about organizations.

-- Platform table. Seats and leads are what a plan is sold with; NULL is without limit. More leads
-- than that are taken in all the same.
CREATE TABLE plans (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    seats BIGINT,
    monthly_leads BIGINT,
    position BIGINT NOT NULL
);
INSERT INTO plans (id, name, seats, monthly_leads, position) VALUES ('free', 'Free', 3, 500, 1);
INSERT INTO plans (id, name, seats, monthly_leads, position) VALUES ('team', 'Team', 15, 5000, 2);
INSERT INTO plans (id, name, seats, monthly_leads, position) VALUES ('business', 'Business', NULL, NULL, 3);

-- An organization without a row is on no plan, and nothing limits it.
CREATE TABLE subscriptions (
    organization_id UUID PRIMARY KEY REFERENCES organizations (id),
    plan_id TEXT NOT NULL,
    since BIGINT NOT NULL,
    asked_plan_id TEXT,  -- what its owner would rather have
    asked_at BIGINT
);

-- While it is suspended its members can do nothing but read why. Its leads come in.
ALTER TABLE organizations ADD COLUMN suspended_at BIGINT;
ALTER TABLE organizations ADD COLUMN suspension_reason TEXT;
