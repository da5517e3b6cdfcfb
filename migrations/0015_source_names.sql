-- What pages, forms, ads, ad sets and campaigns are called now, as far as leads came from them. Ids are
-- the source's own and unique over all kinds. No name: it has not been told yet. is_shown: every lead
-- carries this name. read_at: when the source was asked the last time.
CREATE TABLE source_names (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('page', 'form', 'ad', 'adset', 'campaign')),
    name TEXT,
    is_shown BOOLEAN NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX source_names_by_age ON source_names (organization_id, read_at);
CREATE INDEX source_names_to_show ON source_names (organization_id, id) WHERE is_shown = FALSE;
