-- The change log: which record was changed, and its fields before and after, as JSON objects.
ALTER TABLE audit_log ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN "before" TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN "after" TEXT NOT NULL DEFAULT '';
-- The entry that this one takes back, and whether this one was.
ALTER TABLE audit_log ADD COLUMN takes_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit_log ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
CREATE INDEX audit_log_record ON audit_log (model, name, at);

-- Records that the core does not decide by, of whatever model: a new one needs no table.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX record_name ON record (model, name) WHERE removed = 0;
INSERT INTO record (id, model, name, title, removed, saved, body)
    SELECT id, 'statuses', name, title, removed, saved, body FROM status ORDER BY id;
DROP TABLE status;
