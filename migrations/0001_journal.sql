-- The journal and what is kept beside it. INTEGER is 64 bits; instants and durations are
-- microseconds (UTC). Nothing is NULL: 0 and '' mean none.

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE snapshot (
    seq INTEGER PRIMARY KEY,
    body TEXT NOT NULL
);

-- What adapters want back after a crash.
CREATE TABLE side (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE secret (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    refresh_hash TEXT NOT NULL,
    "user" INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    refresh_expires INTEGER NOT NULL
);

CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who INTEGER NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX audit_log_who ON audit_log (who, at);
