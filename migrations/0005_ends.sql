-- Why calls out were not answered, and whether somebody has spoken with those who were missed.

ALTER TABLE interaction ADD COLUMN end_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN end_status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interaction ADD COLUMN missed TEXT NOT NULL DEFAULT '';
