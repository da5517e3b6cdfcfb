-- When a letter last told of a page's trouble, so that one that comes and goes is not told each time.
CREATE TABLE told_troubles (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    page_id TEXT NOT NULL,
    code TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, page_id, code)
);
