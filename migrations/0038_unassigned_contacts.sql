-- Whether an agent sees phone and e-mail of leads that nobody has. Team leads and owners always do.
ALTER TABLE memberships ADD COLUMN sees_unassigned_contacts BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE former_members ADD COLUMN sees_unassigned_contacts BOOLEAN NOT NULL DEFAULT TRUE;
