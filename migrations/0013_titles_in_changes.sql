-- What the records that the fields of a change name were called then: {"queues": {"6001": "Podpora"}}.
ALTER TABLE audit_log ADD COLUMN titles TEXT NOT NULL DEFAULT '';
