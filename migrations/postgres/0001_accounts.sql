-- Ids and emails compare without regard to case.
CREATE TABLE users (
    id             BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id        TEXT        NOT NULL,
    -- What uniqueness and look-up go by: the id in lower case.
    user_id_key    TEXT        NOT NULL,
    email          TEXT        NOT NULL,
    -- The same for the address.
    email_key      TEXT        NOT NULL,
    name           TEXT        NOT NULL,
    password_hash  TEXT        NOT NULL,
    is_active      BOOLEAN     NOT NULL DEFAULT TRUE,
    is_verified    BOOLEAN     NOT NULL DEFAULT FALSE,
    created_at     TIMESTAMPTZ NOT NULL,
    updated_at     TIMESTAMPTZ NOT NULL,
    last_login_at  TIMESTAMPTZ,
    CONSTRAINT users_user_id_length CHECK (length(user_id) BETWEEN 4 AND 20)
);
CREATE UNIQUE INDEX users_user_id_key ON users (user_id_key);
CREATE UNIQUE INDEX users_email_key ON users (email_key);

-- What a user agreed to: the text's version and the moment.
CREATE TABLE consents (
    user_id    BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT        NOT NULL CHECK (kind IN ('terms', 'privacy', 'marketing')),
    version    TEXT        NOT NULL,
    agreed_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, kind, version)
);

-- One row for each signed-in device. The token itself is derived, never stored:
-- id . generation . HMAC(id . generation).
CREATE TABLE refresh_tokens (
    id             BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id        BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    generation     BIGINT      NOT NULL DEFAULT 0,
    created_at     TIMESTAMPTZ NOT NULL,
    rotated_at     TIMESTAMPTZ NOT NULL,
    expires_at     TIMESTAMPTZ NOT NULL,
    last_used_at   TIMESTAMPTZ NOT NULL,
    revoked_at     TIMESTAMPTZ,
    revoked_reason TEXT,
    device_info    TEXT        NOT NULL,
    ip_address     TEXT        NOT NULL,
    remember_me    BOOLEAN     NOT NULL
);
CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);

-- Every attempt to sign in, also those for ids that do not exist (user_id is then null).
CREATE TABLE login_history (
    id             BIGINT      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id        BIGINT      REFERENCES users (id) ON DELETE CASCADE,
    success        BOOLEAN     NOT NULL,
    failure_reason TEXT,
    ip_address     TEXT        NOT NULL,
    user_agent     TEXT        NOT NULL,
    login_at       TIMESTAMPTZ NOT NULL
);
CREATE INDEX login_history_user_id_idx ON login_history (user_id, id);
CREATE INDEX login_history_login_at_idx ON login_history (login_at);
