-- Of which organization a letter tells, so that it goes with it: an invitation, or an answer to
-- support, is to somebody who is not in the organization.
ALTER TABLE mails ADD COLUMN organization_id UUID;
