-- Times are microseconds since 1970-01-01 UTC, dates are text (YYYY-MM-DD). Money is in won.

-- One row for each file or download that became a day's market.
CREATE TABLE import_runs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    source      TEXT    NOT NULL CHECK (source IN ('demo', 'file', 'fdr', 'krx_openapi')),
    as_of       TEXT    NOT NULL,
    -- SHA-256 of what was imported, in hexadecimal digits.
    digest      TEXT    NOT NULL,
    file_name   TEXT,
    row_count   INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    status      TEXT    NOT NULL CHECK (status IN ('running', 'finished', 'replaced'))
);
-- A day has one market. The highest id does not tell which: a run gets its id before its turn.
CREATE UNIQUE INDEX import_runs_as_of_key ON import_runs (as_of) WHERE status = 'finished';
-- One at a time: whoever comes second waits for the first to finish or to fail.
CREATE UNIQUE INDEX import_runs_running_key ON import_runs (status) WHERE status = 'running';

-- What an issue is, as the newest import knows it. Columns that not every source has may be null.
CREATE TABLE instruments (
    code       TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
    isin       TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_full  TEXT,
    name_en    TEXT,
    market     TEXT NOT NULL CHECK (market IN ('KOSPI', 'KOSDAQ', 'KONEX')),
    segment    TEXT CHECK (segment IN ('GLOBAL')),
    dept       TEXT,
    industry   TEXT,
    share_kind TEXT,
    -- Text, because there is 무액면 and 0.25 of a foreign currency.
    par_value  TEXT,
    listed_on  TEXT
) WITHOUT ROWID;

-- An issue's trading day. Without a trade there is no open, high and low; the close is carried.
CREATE TABLE daily_bars (
    code        TEXT    NOT NULL REFERENCES instruments (code),
    trade_date  TEXT    NOT NULL,
    close       INTEGER NOT NULL,
    -- Against the day's base price.
    change      INTEGER NOT NULL,
    -- The same in hundredths of a percent.
    change_bp   INTEGER NOT NULL,
    -- 0 no trade, 1 up, 2 down, 3 flat, 4 upper limit, 5 lower limit.
    change_code INTEGER NOT NULL,
    open        INTEGER,
    high        INTEGER,
    low         INTEGER,
    volume      INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    marcap      INTEGER NOT NULL,
    shares      INTEGER NOT NULL,
    import_id   INTEGER NOT NULL REFERENCES import_runs (id),
    PRIMARY KEY (code, trade_date)
) WITHOUT ROWID;
CREATE INDEX daily_bars_trade_date_idx ON daily_bars (trade_date);
CREATE INDEX daily_bars_import_id_idx ON daily_bars (import_id);
