-- Times are microseconds since 1970-01-01 UTC. Ids and emails compare without regard to case.
CREATE TABLE users (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id        TEXT    NOT NULL,
    -- What uniqueness and look-up go by: the id in lower case.
    user_id_key    TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    -- The same for the address.
    email_key      TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    password_hash  TEXT    NOT NULL,
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    is_verified    BOOLEAN NOT NULL DEFAULT FALSE,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    last_login_at  INTEGER,
    CONSTRAINT users_user_id_length CHECK (length(user_id) BETWEEN 4 AND 20)
);
CREATE UNIQUE INDEX users_user_id_key ON users (user_id_key);
CREATE UNIQUE INDEX users_email_key ON users (email_key);

-- What a user agreed to: the text's version and the moment.
CREATE TABLE consents (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('terms', 'privacy', 'marketing')),
    version    TEXT    NOT NULL,
    agreed_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, kind, version)
);

-- One row for each signed-in device. The token itself is derived, never stored:
-- id . generation . HMAC(id . generation).
CREATE TABLE refresh_tokens (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    generation     INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL,
    rotated_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL,
    last_used_at   INTEGER NOT NULL,
    revoked_at     INTEGER,
    revoked_reason TEXT,
    device_info    TEXT    NOT NULL,
    ip_address     TEXT    NOT NULL,
    remember_me    BOOLEAN NOT NULL
);
CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);

-- Every attempt to sign in, also those for ids that do not exist (user_id is then null).
CREATE TABLE login_history (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id        INTEGER REFERENCES users (id) ON DELETE CASCADE,
    success        BOOLEAN NOT NULL,
    failure_reason TEXT,
    ip_address     TEXT    NOT NULL,
    user_agent     TEXT    NOT NULL,
    login_at       INTEGER NOT NULL
);
CREATE INDEX login_history_user_id_idx ON login_history (user_id, id);
CREATE INDEX login_history_login_at_idx ON login_history (login_at);
