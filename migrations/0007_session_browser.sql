-- Sessions of browsers and of programs are bounded apart. Those of before could be either: as a browser's
-- they are not ended by programs.
ALTER TABLE session ADD COLUMN browser INTEGER NOT NULL DEFAULT 1;
