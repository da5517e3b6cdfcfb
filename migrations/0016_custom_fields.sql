-- Fields an organization gives its leads, and what the answers of each form become.

-- `options` of a select: [{key,label}]. The key stands in the leads and never changes; a field is
-- made, and archived, without touching them.
CREATE TABLE custom_fields (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    id UUID NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('text', 'long_text', 'number', 'money', 'date', 'date_time',
        'yes_no', 'select', 'multi_select', 'phone', 'email', 'link')),
    options JSONB NOT NULL,
    currency TEXT,
    is_archived BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, key)
);

-- custom: {key: value}. misfits: {key: text}, answers that do not fit their field's type.
ALTER TABLE leads ADD COLUMN custom JSONB NOT NULL DEFAULT '{}';
ALTER TABLE leads ADD COLUMN misfits JSONB NOT NULL DEFAULT '{}';

-- questions: [{key,type,has_options,target,field_id,is_new}]. carried_from: the form, of the same
-- page, whose mapping this one began with.
CREATE TABLE form_mappings (
    organization_id UUID NOT NULL REFERENCES organizations (id),
    form_id TEXT NOT NULL,
    page_id TEXT NOT NULL,
    questions JSONB NOT NULL,
    carried_from TEXT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (organization_id, form_id)
);
CREATE INDEX form_mappings_by_page ON form_mappings (organization_id, page_id, changed_at);
