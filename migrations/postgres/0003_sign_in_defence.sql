-- Request limits, by the generic cell rate algorithm: one instant a key, the theoretical arrival
-- time in microseconds since 1970-01-01 UTC. A row in the past means the same as no row.
CREATE TABLE rate_limits (
    key TEXT   PRIMARY KEY,
    tat BIGINT NOT NULL
);
CREATE INDEX rate_limits_tat_idx ON rate_limits (tat);

-- Failed sign-ins, by account and by who tries. `account` is a hash of the id that was typed, also
-- of one that does not exist; `audience` is the hash of a device that the account knows, or empty
-- for all that it does not know. A row whose time is over means the same as no row.
CREATE TABLE login_failures (
    account    TEXT        NOT NULL,
    audience   TEXT        NOT NULL,
    failures   BIGINT      NOT NULL,
    -- Attempts that came while the account was locked: they do not prolong the lock.
    refused    BIGINT      NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account, audience)
);
CREATE INDEX login_failures_expires_at_idx ON login_failures (expires_at);

-- Devices from which a user has signed in before, by the hash of their `device` cookie.
CREATE TABLE known_devices (
    user_id      BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_hash  TEXT        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, device_hash)
);
CREATE INDEX known_devices_device_hash_idx ON known_devices (device_hash);
