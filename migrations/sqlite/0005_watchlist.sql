-- Issues that a user watches, in the user's order. No reference to instruments: a demo market goes
-- when a real one comes, and what a user noted stays.
CREATE TABLE watchlist_items (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code       TEXT    NOT NULL CHECK (length(code) = 6),
    -- The issue's name when it was added, for when no market knows it any more.
    name       TEXT    NOT NULL,
    group_name TEXT,
    note       TEXT,
    -- From 0, without gaps.
    position   INTEGER NOT NULL,
    added_at   INTEGER NOT NULL,
    PRIMARY KEY (user_id, code)
);
