-- Where an organization looks at how its leads come in: what was delivered, what the doctor found, its
-- test leads; and its own Meta app.

-- Which deliveries concern an organization, and by which of its pages: written when they are sorted,
-- so it also tells of pages that were held then and no longer are. A delivery's id begins with the
-- time, so the key is the order of the list.
CREATE TABLE delivery_links (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    delivery_id UUID NOT NULL,
    page_id TEXT NOT NULL,
    PRIMARY KEY (organization_id, delivery_id, page_id)
);
CREATE INDEX delivery_links_by_page ON delivery_links (organization_id, page_id, delivery_id);

-- What the doctor found the last time, so that a screen shows it at once.
CREATE TABLE page_checkups (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    page_id TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    checks JSONB NOT NULL,
    PRIMARY KEY (organization_id, page_id)
);

-- Leads we had Meta make, to see them arrive.
CREATE TABLE test_leads (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    leadgen_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    ordered_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, leadgen_id)
);
CREATE INDEX test_leads_by_page ON test_leads (organization_id, page_id, ordered_at);

-- An organization's own Meta app. A platform table: a webhook names the app before any tenant is
-- known.
CREATE TABLE meta_apps (
    app_id TEXT PRIMARY KEY,
    organization_id UUID NOT NULL UNIQUE REFERENCES organizations (id),
    secret_sealed BYTEA NOT NULL,
    verify_token_sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL
);

-- The only organization a delivery is for, when it came from that organization's own app.
ALTER TABLE webhook_deliveries ADD COLUMN organization_id UUID;
