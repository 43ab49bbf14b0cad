-- Figures by intervals of 15 minutes (UTC); the members of stats::QueueFigures and
-- stats::UserFigures. Durations are sums in microseconds.

CREATE TABLE queue_interval (
    queue INTEGER NOT NULL,
    at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    abandoned INTEGER NOT NULL,
    timed_out INTEGER NOT NULL,
    left_by_key INTEGER NOT NULL,
    left_empty INTEGER NOT NULL,
    refused_full INTEGER NOT NULL,
    refused_empty INTEGER NOT NULL,
    refused_closed INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    busy INTEGER NOT NULL,
    no_answer INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    in_time INTEGER NOT NULL,
    early INTEGER NOT NULL,
    re_entries INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    wait_answered INTEGER NOT NULL,
    wait_unanswered INTEGER NOT NULL,
    wait_max INTEGER NOT NULL,
    before_work INTEGER NOT NULL,
    talk INTEGER NOT NULL,
    hold INTEGER NOT NULL,
    after_work INTEGER NOT NULL,
    PRIMARY KEY (queue, at)
);
CREATE INDEX queue_interval_at ON queue_interval (at);

CREATE TABLE user_interval (
    "user" INTEGER NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    ringing_now INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    activities INTEGER NOT NULL,
    activities_out INTEGER NOT NULL,
    connected INTEGER NOT NULL,
    activity_before_work INTEGER NOT NULL,
    activity_talk INTEGER NOT NULL,
    activity_hold INTEGER NOT NULL,
    activity_after_work INTEGER NOT NULL,
    idle_time INTEGER NOT NULL,
    ringing_time INTEGER NOT NULL,
    talking_time INTEGER NOT NULL,
    hold_time INTEGER NOT NULL,
    working_time INTEGER NOT NULL,
    wrap_time INTEGER NOT NULL,
    paused_paid_time INTEGER NOT NULL,
    paused_unpaid_time INTEGER NOT NULL,
    not_ready_time INTEGER NOT NULL,
    PRIMARY KEY ("user", at)
);
CREATE INDEX user_interval_at ON user_interval (at);

CREATE TABLE pause_interval (
    "user" INTEGER NOT NULL,
    at INTEGER NOT NULL,
    pause INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY ("user", at, pause, paid)
);
CREATE INDEX pause_interval_at ON pause_interval (at);
