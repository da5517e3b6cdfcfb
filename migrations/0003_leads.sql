-- What a lead is stored as: the pipeline's stages, the lead itself, what the person sent each time,
-- and the log of everything that happened. Search has its own migration: 0005_lead_search.

-- Numbers that an organization gives out without gaps: event_seq, lead_number.
CREATE TABLE counters (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (organization_id, name)
);

CREATE TABLE stages (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'open', 'won', 'lost')),
    position BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);

-- One person in the pipeline. Everything a list shows is in the row: source, answers and the three
-- times are those of the latest submission. platform, page_id and form_id repeat the source for the
-- indexes; name_key and search_text are folded by leads/folded_text.
CREATE TABLE leads (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    phone_raw TEXT,
    search_text TEXT NOT NULL,
    stage_id UUID NOT NULL,
    owner_id UUID,
    platform TEXT,
    page_id TEXT,
    form_id TEXT,
    source JSONB NOT NULL,
    answers JSONB NOT NULL,
    submitted_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    visible_at BIGINT,
    updated_at BIGINT NOT NULL,
    is_test BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    submission_count BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, stage_id) REFERENCES stages (organization_id, id)
);
CREATE UNIQUE INDEX leads_by_number ON leads (organization_id, number);

-- The same person again: two separate look-ups.
CREATE INDEX leads_by_phone ON leads (organization_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX leads_by_email ON leads (organization_id, email) WHERE email IS NOT NULL;

-- A list in each order. What stands behind the number lets a walk in that order look at the other
-- filters without fetching the rows it skips.
CREATE INDEX leads_by_submitted_at ON leads (organization_id, submitted_at, number, platform, page_id);
CREATE INDEX leads_by_received_at
    ON leads (organization_id, received_at, number, platform, page_id, submitted_at);
CREATE INDEX leads_by_updated_at
    ON leads (organization_id, updated_at, number, platform, page_id, submitted_at);
CREATE INDEX leads_by_name ON leads
    (organization_id, name_key, number, stage_id, owner_id, form_id, platform, page_id, submitted_at);

CREATE INDEX leads_tests ON leads (organization_id, submitted_at, number) WHERE is_test = TRUE;

-- The common filters, each in each order of time. New leads are young, won ones old, a form lives for
-- a few weeks: a walk through all leads could have to pass nearly all of them first.
CREATE INDEX leads_of_stage_by_submitted_at ON leads (organization_id, stage_id, submitted_at, number);
CREATE INDEX leads_of_stage_by_received_at ON leads (organization_id, stage_id, received_at, number);
CREATE INDEX leads_of_stage_by_updated_at ON leads (organization_id, stage_id, updated_at, number);
CREATE INDEX leads_of_owner_by_submitted_at ON leads (organization_id, owner_id, submitted_at, number);
CREATE INDEX leads_of_owner_by_received_at ON leads (organization_id, owner_id, received_at, number);
CREATE INDEX leads_of_owner_by_updated_at ON leads (organization_id, owner_id, updated_at, number);
CREATE INDEX leads_of_form_by_submitted_at ON leads (organization_id, form_id, submitted_at, number);
CREATE INDEX leads_of_form_by_received_at ON leads (organization_id, form_id, received_at, number);
CREATE INDEX leads_of_form_by_updated_at ON leads (organization_id, form_id, updated_at, number);

-- One answered form, kept as it came. raw_sealed is the source's own JSON under the vault.
CREATE TABLE submissions (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    lead_id UUID NOT NULL,
    leadgen_id TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    is_test BOOLEAN NOT NULL,
    source JSONB NOT NULL,
    answers JSONB NOT NULL,
    disclaimers JSONB NOT NULL,
    raw_sealed BYTEA NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, leadgen_id),
    FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id)
);
CREATE INDEX submissions_by_lead ON submissions (organization_id, lead_id, submitted_at);

-- What happened, in the order of the commits. The number is the place to go on from.
CREATE TABLE events (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    lead_id UUID NOT NULL,
    actor_id UUID,
    at BIGINT NOT NULL,
    data JSONB NOT NULL,
    PRIMARY KEY (organization_id, seq)
);
CREATE INDEX events_by_lead ON events (organization_id, lead_id, seq);
