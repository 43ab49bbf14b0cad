-- The access that somebody had when they changed something, and the address that they asked from.
ALTER TABLE audit_log ADD COLUMN access TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_log ADD COLUMN origin TEXT NOT NULL DEFAULT '';
