-- The newest entry of the ahead log (src/linka/store/ahead) whose events are in the journal, and
-- which log that is: one that was begun for another database is not ours.
ALTER TABLE folded ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folded ADD COLUMN ahead_id INTEGER NOT NULL DEFAULT 0;
