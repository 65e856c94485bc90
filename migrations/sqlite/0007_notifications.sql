-- PostgreSQL gets triggers here that tell other nodes what has changed. A SQLite database has one
-- server, which asks.

-- In SQLite a key of text may be null unless it is said; in PostgreSQL it may not. What was counted
-- up to now is worth no more than a few minutes.
DROP TABLE rate_limits;
CREATE TABLE rate_limits (
    key TEXT    NOT NULL PRIMARY KEY,
    tat INTEGER NOT NULL
);
CREATE INDEX rate_limits_tat_idx ON rate_limits (tat);
