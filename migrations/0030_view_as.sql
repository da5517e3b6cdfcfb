-- Whose screens the owner of the session looks at just now, changing nothing.
ALTER TABLE sessions ADD COLUMN viewing_as UUID;
