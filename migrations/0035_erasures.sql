-- What is left of people who were erased: enough to keep them from coming back, and to count right.

-- Under which an organization's leadgen_ids are hashed. Made with its first erasure.
CREATE TABLE erasure_keys (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    hash_key BYTEA NOT NULL,
    PRIMARY KEY (organization_id)
);

-- A submission that is gone for good. page_id, form_id and day are what the ledger counts by; the
-- lead itself cannot be found from here.
CREATE TABLE erased_submissions (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    leadgen_hash BYTEA NOT NULL,
    page_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    day BIGINT NOT NULL,  -- since 1970, UTC
    erased_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, leadgen_hash)
);
CREATE INDEX erased_submissions_by_day ON erased_submissions (organization_id, day, form_id);

-- How many erased leads of a form and a day were in which stage, for statistics.
CREATE TABLE erased_leads (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    stage_id UUID NOT NULL,
    lead_count BIGINT NOT NULL,
    PRIMARY KEY (organization_id, form_id, day, stage_id)
);
