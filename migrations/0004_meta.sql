-- How leads come in from Meta. The road: webhook_deliveries (what Meta posted) → lead_fetches (which
-- lead each organization has to read) → submissions (0003).

-- One POST of Meta's webhook, as it came, and at the same time the queue of what is to be sorted.
-- The id is made of the time Meta sent it and of the body's hash, so a redelivery finds its row.
-- Platform table: one delivery may concern several organizations.
CREATE TABLE webhook_deliveries (
    id UUID PRIMARY KEY,
    app_id TEXT NOT NULL,
    body BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'sorted', 'failed')),
    note TEXT
);
-- By arrival, so that what comes in is put beside what came before.
CREATE INDEX webhook_deliveries_open ON webhook_deliveries (state, received_at)
    WHERE state <> 'sorted';

-- Which organizations hold a page; the only way from Meta's words to a tenant.
CREATE TABLE page_routes (
    page_id TEXT NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    PRIMARY KEY (page_id, organization_id)
);
CREATE INDEX page_routes_by_organization ON page_routes (organization_id);

-- Deliveries about pages nobody held when they came. They are sorted again when somebody does.
CREATE TABLE unrouted_deliveries (
    page_id TEXT NOT NULL,
    delivery_id UUID NOT NULL,
    PRIMARY KEY (page_id, delivery_id)
);

-- probe_at: when to try again one of the fetches that are blocked. wait_until: Meta's limit.
CREATE TABLE pages (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    page_id TEXT NOT NULL,
    name TEXT NOT NULL,
    token_sealed BYTEA NOT NULL,
    connected_at BIGINT NOT NULL,
    last_lead_at BIGINT,
    problem_code TEXT,
    problem_message TEXT,
    problem_since BIGINT,
    probe_at BIGINT,
    wait_until BIGINT,
    PRIMARY KEY (organization_id, page_id)
);

-- What Graph says about a form. The name is missing while Graph does not let us read it.
CREATE TABLE forms (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    name TEXT,
    status TEXT NOT NULL,
    questions JSONB NOT NULL,
    disclaimers JSONB NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, form_id)
);

-- One lead to be read from Graph, by one organization. waiting: at next_at. blocked: until the page's
-- problem is gone. ended_at is empty while it is open.
CREATE TABLE lead_fetches (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    leadgen_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    form_id TEXT,
    submitted_at BIGINT,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'blocked', 'done', 'gave_up')),
    reason TEXT,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (organization_id, leadgen_id)
);
CREATE INDEX lead_fetches_open ON lead_fetches (organization_id, page_id, state, next_at)
    WHERE ended_at IS NULL;
