-- For how long leads are kept after the last that happened with them. form_id '': of every form that
-- has no rule of its own. Nothing is erased before begins_at; owners are written to before.
CREATE TABLE retention_rules (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    months BIGINT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL,
    begins_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, form_id)
);
