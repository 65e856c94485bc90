-- PostgreSQL gets triggers here that tell other nodes what has changed. A SQLite database has one
-- server, which asks.
SELECT 1;
