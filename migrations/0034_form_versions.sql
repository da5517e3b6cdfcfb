-- What people saw when they answered a form. A form is kept anew whenever its questions, its legal
-- content or its privacy policy differ from those read before; each submission names the version it
-- was answered with.
CREATE TABLE form_versions (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    name TEXT,
    locale TEXT NOT NULL,
    privacy_url TEXT NOT NULL,
    questions JSONB NOT NULL,
    legal JSONB NOT NULL,  -- Meta's legal_content as it came
    PRIMARY KEY (organization_id, form_id, version)
);

-- Nothing: it came before versions were kept, or Graph did not let us read its form.
ALTER TABLE submissions ADD COLUMN form_version BIGINT;
