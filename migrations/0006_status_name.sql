-- The name of a removed status may be used again.
DROP INDEX status_name;
CREATE UNIQUE INDEX status_name ON status (name) WHERE removed = 0;
