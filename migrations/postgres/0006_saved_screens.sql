-- Views of the listing that a user gave a name: what stood in the address.
CREATE TABLE saved_screens (
    user_id    BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT        NOT NULL,
    -- Without the question mark; empty for the plain listing.
    query      TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, name)
);
