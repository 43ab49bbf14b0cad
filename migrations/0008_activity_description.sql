-- What may be written about work besides its title, note and statuses.
ALTER TABLE activity ADD COLUMN important INTEGER NOT NULL DEFAULT 0;
ALTER TABLE activity ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE activity ADD COLUMN options TEXT NOT NULL DEFAULT '[]';
