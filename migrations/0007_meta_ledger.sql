-- The proof that every lead Meta has is here. Forms are listed from Graph, their leads walked, and
-- each id Meta shows has one row in lead_fetches, whatever way it came: that table is the ledger.

-- What Graph's list of forms says besides. The counters are Meta's own; is_on is ours.
ALTER TABLE forms ADD COLUMN locale TEXT NOT NULL DEFAULT '';
ALTER TABLE forms ADD COLUMN privacy_url TEXT NOT NULL DEFAULT '';
ALTER TABLE forms ADD COLUMN created_at BIGINT;
ALTER TABLE forms ADD COLUMN leads_count BIGINT;
ALTER TABLE forms ADD COLUMN organic_leads_count BIGINT;
ALTER TABLE forms ADD COLUMN expired_leads_count BIGINT;
ALTER TABLE forms ADD COLUMN is_on BOOLEAN NOT NULL DEFAULT TRUE;

-- brought_by: the way on which we first heard of the lead. repaired_at: it was missing, and the
-- reconciler brought it.
ALTER TABLE lead_fetches ADD COLUMN brought_by TEXT NOT NULL DEFAULT 'webhook'
    CHECK (brought_by IN ('webhook', 'reconciler', 'backfill', 'file'));
ALTER TABLE lead_fetches ADD COLUMN repaired_at BIGINT;
CREATE INDEX lead_fetches_by_page ON lead_fetches (organization_id, page_id, submitted_at, form_id);

-- How far the leads of a form have been walked. The watermark is the newest lead that is stored; it
-- moves only when a walk has reached its end.
CREATE TABLE form_walks (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    watermark BIGINT,
    walked_at BIGINT,
    swept_at BIGINT,
    failures BIGINT NOT NULL,
    trouble TEXT,
    PRIMARY KEY (organization_id, form_id)
);

-- The reading of all that Meta still holds of a page. `walked`: the parts that are finished, so that
-- an interrupted backfill goes on where it was.
CREATE TABLE backfills (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    page_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    found BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    trouble TEXT,
    walked JSONB NOT NULL,
    PRIMARY KEY (organization_id, page_id)
);
