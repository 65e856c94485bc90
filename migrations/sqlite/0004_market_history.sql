-- Times are microseconds since 1970-01-01 UTC, dates are text (YYYY-MM-DD). Money is in won.

-- What an import brought: a day's market, the history of some issues, an index, or facts about
-- issues. Only a day's market is shown as one.
ALTER TABLE import_runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'market'
    CHECK (kind IN ('market', 'history', 'index', 'master', 'delistings'));
-- Rows that were put aside; they stand in quarantined_rows.
ALTER TABLE import_runs ADD COLUMN quarantined_count INTEGER NOT NULL DEFAULT 0;
DROP INDEX import_runs_as_of_key;
CREATE UNIQUE INDEX import_runs_as_of_key ON import_runs (as_of) WHERE status = 'finished' AND kind = 'market';
CREATE INDEX import_runs_digest_idx ON import_runs (digest);

-- Rows of an import that contradict themselves, as far as they help to find the fault.
CREATE TABLE quarantined_rows (
    import_id INTEGER NOT NULL REFERENCES import_runs (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    PRIMARY KEY (import_id, line)
) WITHOUT ROWID;

-- What was asked for and did not become an import, and why: of files and of downloads.
CREATE TABLE import_refusals (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    source     TEXT    NOT NULL CHECK (source IN ('demo', 'file', 'fdr', 'krx_openapi')),
    -- The day, where it is known.
    as_of      TEXT,
    file_name  TEXT,
    reason     TEXT    NOT NULL,
    refused_at INTEGER NOT NULL
);
CREATE INDEX import_refusals_refused_at_idx ON import_refusals (refused_at);

ALTER TABLE instruments ADD COLUMN products TEXT;
ALTER TABLE instruments ADD COLUMN region TEXT;
ALTER TABLE instruments ADD COLUMN homepage TEXT;
-- 주권, 외국주권, 부동산투자회사, ...
ALTER TABLE instruments ADD COLUMN secu_group TEXT;
-- As published: 12월.
ALTER TABLE instruments ADD COLUMN settle_month TEXT;
ALTER TABLE instruments ADD COLUMN delisted_on TEXT;
ALTER TABLE instruments ADD COLUMN successor_code TEXT;

-- Other names that an issue is found by. Names as published are columns of instruments.
CREATE TABLE instrument_aliases (
    code  TEXT NOT NULL REFERENCES instruments (code) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('former', 'nickname')),
    PRIMARY KEY (code, alias)
) WITHOUT ROWID;

-- What holds for an issue over a time, both days included; valid_to is null while it holds.
CREATE TABLE instrument_flags (
    code       TEXT NOT NULL REFERENCES instruments (code) ON DELETE CASCADE,
    -- administrative 관리종목, halted 거래정지, caution 투자주의환기종목, spac, foreign 외국기업
    kind       TEXT NOT NULL CHECK (kind IN ('administrative', 'halted', 'caution', 'spac', 'foreign')),
    valid_from TEXT NOT NULL,
    valid_to   TEXT,
    reason     TEXT,
    PRIMARY KEY (code, kind, valid_from)
) WITHOUT ROWID;
CREATE INDEX instrument_flags_open_idx ON instrument_flags (code, kind) WHERE valid_to IS NULL;

-- Issues that are gone. Codes come back: only code and day together name one.
CREATE TABLE delistings (
    -- Not always six characters: rights and old issues have eight.
    code           TEXT NOT NULL,
    delisted_on    TEXT NOT NULL,
    name           TEXT NOT NULL,
    market         TEXT NOT NULL,
    secu_group     TEXT,
    share_kind     TEXT,
    listed_on      TEXT,
    reason         TEXT,
    industry       TEXT,
    par_value      TEXT,
    shares         INTEGER,
    successor_code TEXT,
    successor_name TEXT,
    PRIMARY KEY (code, delisted_on)
) WITHOUT ROWID;

-- An index's trading day, in hundredths of a point. Old rows of some sources lack what may be null.
CREATE TABLE index_bars (
    index_code TEXT    NOT NULL,
    trade_date TEXT    NOT NULL,
    close      INTEGER NOT NULL,
    change     INTEGER NOT NULL,
    -- In hundredths of a percent.
    change_bp  INTEGER NOT NULL,
    open       INTEGER,
    high       INTEGER,
    low        INTEGER,
    volume     INTEGER,
    amount     INTEGER,
    marcap     INTEGER,
    import_id  INTEGER NOT NULL REFERENCES import_runs (id),
    PRIMARY KEY (index_code, trade_date)
) WITHOUT ROWID;

-- Days that differ from what their weekday says. What an operator says counts before the table that
-- the program brings.
CREATE TABLE trading_calendar (
    date     TEXT NOT NULL,
    source   TEXT NOT NULL CHECK (source IN ('built-in', 'operator')),
    -- open: a whole session. half: one with other hours.
    kind     TEXT NOT NULL CHECK (kind IN ('open', 'holiday', 'half')),
    -- HH:MM in Seoul; null where they are the usual ones.
    open_at  TEXT,
    close_at TEXT,
    note     TEXT,
    PRIMARY KEY (date, source)
) WITHOUT ROWID;

-- A market is found by its day; an import may bring many days, and its bars are never asked for
-- without one. An index less is a third less to write.
DROP INDEX daily_bars_import_id_idx;
