-- What the events left, folded from the journal in the transaction that appends them. Columns are
-- the members of the structs in src/linka/store/rows.hpp, in their order.

-- The journal is folded up to here; behind the journal after a migration that changes a fold.
CREATE TABLE folded (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
);
INSERT INTO folded (id, seq) VALUES (1, 0);

CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    direction TEXT NOT NULL,
    caller TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    number TEXT NOT NULL,
    trunk TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL
);
CREATE INDEX call_started ON call (started);

CREATE TABLE call_leg (
    id INTEGER PRIMARY KEY,
    call INTEGER NOT NULL,
    "user" INTEGER NOT NULL,
    device INTEGER NOT NULL,
    number TEXT NOT NULL,
    offer INTEGER NOT NULL,
    incoming INTEGER NOT NULL,
    started INTEGER NOT NULL,
    rang INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    ringing INTEGER NOT NULL,
    speaking INTEGER NOT NULL,
    held INTEGER NOT NULL,
    cause TEXT NOT NULL,
    status INTEGER NOT NULL,
    by_peer INTEGER NOT NULL,
    codec TEXT NOT NULL,
    mos_in DOUBLE PRECISION NOT NULL,
    mos_out DOUBLE PRECISION NOT NULL,
    loss_in DOUBLE PRECISION NOT NULL,
    loss_out DOUBLE PRECISION NOT NULL,
    jitter_ms DOUBLE PRECISION NOT NULL,
    round_trip_ms DOUBLE PRECISION NOT NULL
);
CREATE INDEX call_leg_call ON call_leg (call);
CREATE INDEX call_leg_started ON call_leg (started);

CREATE TABLE interaction (
    id INTEGER PRIMARY KEY,
    call INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    direction TEXT NOT NULL,
    caller TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    number TEXT NOT NULL,
    re_entry INTEGER NOT NULL,
    waiting_as INTEGER NOT NULL,
    entered INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    wait INTEGER NOT NULL,
    ring INTEGER NOT NULL,
    before_work INTEGER NOT NULL,
    talk INTEGER NOT NULL,
    hold INTEGER NOT NULL,
    after_work INTEGER NOT NULL,
    position_in INTEGER NOT NULL,
    position_out INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    "user" INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    result TEXT NOT NULL,
    in_time INTEGER NOT NULL,
    early INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    answered_seq INTEGER NOT NULL,
    ended_seq INTEGER NOT NULL
);
CREATE INDEX interaction_entered ON interaction (entered);
CREATE INDEX interaction_queue ON interaction (queue, entered);
CREATE INDEX interaction_user ON interaction ("user", entered);
CREATE INDEX interaction_call ON interaction (call);
CREATE INDEX interaction_caller ON interaction (caller, entered);

CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    "user" INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    decision INTEGER NOT NULL,
    started INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    ring INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    counted INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ended_seq INTEGER NOT NULL
);
CREATE INDEX offer_started ON offer (started);
CREATE INDEX offer_queue ON offer (queue, started);
CREATE INDEX offer_user ON offer ("user", started);
CREATE INDEX offer_interaction ON offer (interaction);

CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    call INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    "user" INTEGER NOT NULL,
    direction TEXT NOT NULL,
    caller TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    action TEXT NOT NULL,
    time INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    connected INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    postponed INTEGER NOT NULL,
    postponed_until INTEGER NOT NULL,
    held_since INTEGER NOT NULL,
    parked INTEGER NOT NULL,
    before_work INTEGER NOT NULL,
    talk INTEGER NOT NULL,
    hold INTEGER NOT NULL,
    after_work INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    ringing INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    leg INTEGER NOT NULL,
    statuses TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX activity_time ON activity (time);
CREATE INDEX activity_queue ON activity (queue, time);
CREATE INDEX activity_user ON activity ("user", time);
CREATE INDEX activity_opened ON activity ("user", opened);
CREATE INDEX activity_interaction ON activity (interaction);

CREATE TABLE recording (
    id INTEGER PRIMARY KEY,
    call INTEGER NOT NULL,
    interaction INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    "user" INTEGER NOT NULL,
    file TEXT NOT NULL,
    voicemail INTEGER NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX recording_started ON recording (started);
CREATE INDEX recording_activity ON recording (activity);
CREATE INDEX recording_interaction ON recording (interaction);

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    interaction INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    strategy TEXT NOT NULL,
    at INTEGER NOT NULL,
    candidates TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    chosen INTEGER NOT NULL,
    seq INTEGER NOT NULL
);
CREATE INDEX decision_interaction ON decision (interaction);
CREATE INDEX decision_at ON decision (at);

-- What users did when: one row for each stretch.
CREATE TABLE user_state (
    seq INTEGER PRIMARY KEY,
    "user" INTEGER NOT NULL,
    state TEXT NOT NULL,
    pause INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    queue INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
);
CREATE INDEX user_state_user ON user_state ("user", since);
CREATE INDEX user_state_open ON user_state ("user") WHERE until = 0;
