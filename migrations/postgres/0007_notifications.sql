-- Tells the other nodes at once what they hold in memory and may not use any longer. By triggers,
-- because the command line and operators change the same tables.
CREATE FUNCTION notify_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('secondarymarket', 'session ' || OLD.id);
    RETURN NULL;
END $$;
CREATE TRIGGER refresh_tokens_notify AFTER UPDATE OF revoked_at OR DELETE ON refresh_tokens
    FOR EACH ROW EXECUTE FUNCTION notify_session();

CREATE FUNCTION notify_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('secondarymarket', 'user ' || OLD.id);
    RETURN NULL;
END $$;
-- Not the last sign-in: it is of no consequence to others.
CREATE TRIGGER users_notify AFTER UPDATE OF user_id, email, name, password_hash, is_active OR DELETE ON users
    FOR EACH ROW EXECUTE FUNCTION notify_user();

CREATE FUNCTION notify_market() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('secondarymarket', 'market');
    RETURN NULL;
END $$;
CREATE TRIGGER import_runs_notify AFTER INSERT OR UPDATE OR DELETE ON import_runs
    FOR EACH STATEMENT EXECUTE FUNCTION notify_market();
