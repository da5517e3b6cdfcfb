-- Reading again what leads answered, after the mapping of their forms changed.

-- The leads of a form, sent between two times, or those in lead_ids. place_at and place_id: the
-- submission that was looked at last; the walk goes from the newest to the oldest.
CREATE TABLE mapping_runs (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    form_id TEXT,
    from_at BIGINT,
    before_at BIGINT,
    lead_ids JSONB NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'running', 'done', 'undoing', 'undone', 'failed')),
    ordered_by UUID NOT NULL,
    ordered_at BIGINT NOT NULL,
    ended_at BIGINT,
    total BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    place_at BIGINT,
    place_id TEXT,
    PRIMARY KEY (organization_id, id)
);

-- What a run changed, so that it can be taken back for 30 days. `fields`: [{field,before,after,…}].
CREATE TABLE mapping_run_changes (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    run_id UUID NOT NULL,
    lead_id UUID NOT NULL,
    fields JSONB NOT NULL,
    PRIMARY KEY (organization_id, run_id, lead_id)
);

-- The leads of a form by time.
CREATE INDEX lead_fetches_by_form ON lead_fetches (organization_id, form_id, submitted_at, leadgen_id);
