-- How a person reads: in which language, and on whose clock. None: as the browser says.
ALTER TABLE users ADD COLUMN language TEXT;
ALTER TABLE users ADD COLUMN time_zone TEXT;
