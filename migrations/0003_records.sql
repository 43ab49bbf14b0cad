-- Records: `body` is the record as saved (JSON), the other columns are for looking it up.

CREATE TABLE "user" (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    alias TEXT NOT NULL,
    type TEXT NOT NULL,
    access TEXT NOT NULL,
    extension TEXT NOT NULL,
    deactivated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    number TEXT NOT NULL,
    deactivated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE queue (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    alias TEXT NOT NULL,
    type TEXT NOT NULL,
    strategy TEXT NOT NULL,
    answer_within INTEGER NOT NULL,
    abandon_within INTEGER NOT NULL,
    deactivated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE pause (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    paid INTEGER NOT NULL,
    deactivated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE route (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    did TEXT NOT NULL,
    caller TEXT NOT NULL,
    deactivated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE menu (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE ring_group (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    strategy TEXT NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);

-- Records that the core does not decide by, so no event tells of them; saved beside the journal.
CREATE TABLE status (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    removed INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX status_name ON status (name);
