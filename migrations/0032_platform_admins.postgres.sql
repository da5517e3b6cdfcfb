-- Who operates the service from a browser: accounts named on the command line.
CREATE TABLE platform_admins (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    since BIGINT NOT NULL
);

-- NULL: the session is a platform admin's, in no organization.
ALTER TABLE sessions ALTER COLUMN organization_id DROP NOT NULL;
