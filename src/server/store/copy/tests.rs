use std::path::PathBuf;

use super::*;
use crate::server::store::{read, testing::TestDb};

fn file_of(test: &TestDb) -> PathBuf {
    PathBuf::from(test.url.trim_start_matches("sqlite://"))
}

#[tokio::test]
async fn every_table_is_copied() {
    const SQL: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' \
        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name";
    let test = TestDb::sqlite().await;
    let Db::Sqlite(sqlite) = &test.db else { unreachable!() };
    let found: Vec<String> = sqlx::query_scalar(SQL).fetch_all(&sqlite.readers).await.unwrap();
    let mut copied = TABLES.map(str::to_owned);
    copied.sort();
    assert_eq!(found, copied);
    test.clean_up().await;
}

/// Rows of every table, as text, whatever the engine makes of its types.
async fn contents(db: &Db, table: &str) -> Vec<String> {
    let sql = AssertSqlSafe(format!("SELECT * FROM {table}"));
    let mut rows: Vec<String> = match db {
        Db::Sqlite(sqlite) => sqlx::query(sql)
            .fetch_all(&sqlite.readers)
            .await
            .unwrap()
            .iter()
            .map(|row| written(row.columns().len(), |index| of_sqlite(row, index)))
            .collect(),
        Db::Postgres(pool) => sqlx::query(sql)
            .fetch_all(pool)
            .await
            .unwrap()
            .iter()
            .map(|row| written(row.columns().len(), |index| of_postgres(row, index)))
            .collect(),
    };
    rows.sort();
    rows
}

fn written(columns: usize, of: impl Fn(usize) -> String) -> String {
    (0..columns).map(of).collect::<Vec<_>>().join("|")
}

fn of_sqlite(row: &SqliteRow, index: usize) -> String {
    if let Ok(text) = row.try_get_unchecked::<Option<String>, _>(index) {
        return text.unwrap_or_default();
    }
    row.try_get_unchecked::<Option<i64>, _>(index)
        .unwrap()
        .map(|number| number.to_string())
        .unwrap_or_default()
}

/// As SQLite has it.
fn of_postgres(row: &sqlx::postgres::PgRow, index: usize) -> String {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    use sqlx::{Column as _, TypeInfo as _};
    match row.columns()[index].type_info().name() {
        "INT8" => text(row.get::<Option<i64>, _>(index)),
        "INT4" => text(row.get::<Option<i32>, _>(index)),
        "INT2" => text(row.get::<Option<i16>, _>(index)),
        "BOOL" => text(row.get::<Option<bool>, _>(index).map(i64::from)),
        "DATE" => text(row.get::<Option<Date>, _>(index)),
        "TIMESTAMPTZ" => text(
            row.get::<Option<Timestamp>, _>(index)
                .map(|instant| instant.0.unix_timestamp_nanos() / 1_000),
        ),
        _ => text(row.get::<Option<String>, _>(index)),
    }
}

/// One row, and more, in every table.
const ROWS: &str = "\
    INSERT INTO users (user_id, user_id_key, email, email_key, name, password_hash, is_active, created_at, updated_at, last_login_at) VALUES \
        ('Hong_gd', 'hong_gd', 'Hong@example.com', 'hong@example.com', '홍길동', '$argon2id$x', TRUE, 1773997200000001, 1773997200000002, NULL), \
        ('kim_cs', 'kim_cs', 'kim@example.com', 'kim@example.com', '김철수', '$2b$12$x', FALSE, 0, 0, 253402300799999999); \
    INSERT INTO consents VALUES (1, 'terms', '2026-01', 1773997200000000); \
    INSERT INTO refresh_tokens (id, user_id, generation, created_at, rotated_at, expires_at, last_used_at, revoked_at, revoked_reason, device_info, ip_address, remember_me) \
        VALUES (7, 1, 3, 1, 2, 3, 4, NULL, NULL, 'agent \"with\" ''quotes''', '::1', TRUE), (900, 2, 0, 1, 2, 3, 4, 5, 'reuse', '', '127.0.0.1', FALSE); \
    DELETE FROM refresh_tokens WHERE id = 900; \
    INSERT INTO import_refusals (source, reason, refused_at) SELECT 'fdr', 'x', 1 WHERE FALSE; \
    INSERT INTO login_history (user_id, success, failure_reason, ip_address, user_agent, login_at) VALUES (NULL, FALSE, 'invalid_credentials', '::1', 'x', 9), (1, TRUE, NULL, '::1', 'y', 10); \
    INSERT INTO known_devices VALUES (1, 'hash', 1, 2); \
    INSERT INTO login_failures VALUES ('account', '', 2, 0, 99); \
    INSERT INTO rate_limits VALUES ('login 127.0.0.1', 123456789); \
    INSERT INTO watchlist_items VALUES (1, '900010', '가람전자', NULL, '메모 | 둘', 0, 11); \
    INSERT INTO saved_screens VALUES (1, '반도체', 'q=%EB%B0%98', 12); \
    INSERT INTO import_runs (source, as_of, digest, file_name, row_count, started_at, finished_at, status, kind, quarantined_count) \
        VALUES ('file', '2026-03-20', 'd', NULL, 1, 1, 2, 'finished', 'market', 1); \
    INSERT INTO import_refusals (source, as_of, file_name, reason, refused_at) VALUES ('fdr', NULL, 'x.csv', 'empty', 5); \
    INSERT INTO quarantined_rows VALUES (1, 7, '900010', 'close outside low and high'); \
    INSERT INTO instruments (code, isin, name, market, listed_on, par_value) VALUES ('900010', 'KR7900010000', '가람전자', 'KOSPI', '1999-12-31', '0.25'); \
    INSERT INTO instrument_aliases VALUES ('900010', '가람', 'former'); \
    INSERT INTO instrument_flags VALUES ('900010', 'halted', '2026-01-01', NULL, '사유'); \
    INSERT INTO daily_bars VALUES ('900010', '2026-03-20', 10000, -500, -526, 2, NULL, 1, 2, 9223372036854775807, 4, 5, 6, 1); \
    INSERT INTO delistings (code, delisted_on, name, market) VALUES ('00123456', '2001-02-03', '옛회사', 'KOSDAQ'); \
    INSERT INTO index_bars VALUES ('KOSPI', '2026-03-20', 1, 2, 3, NULL, NULL, NULL, NULL, NULL, NULL, 1); \
    INSERT INTO trading_calendar VALUES ('2026-03-02', 'operator', 'half', '10:00', NULL, NULL);";

#[tokio::test]
async fn every_row_arrives_as_it_was_and_ids_go_on() {
    const NEXT: &str = "INSERT INTO refresh_tokens (user_id, created_at, rotated_at, last_used_at, expires_at, device_info, ip_address, remember_me) \
        SELECT id, now(), now(), now(), now(), '', '', FALSE FROM users LIMIT 1 RETURNING id";
    let Some(target) = TestDb::postgres().await else { return };
    let origin = TestDb::sqlite().await;
    let Db::Sqlite(sqlite) = &origin.db else { unreachable!() };
    sqlx::raw_sql(ROWS).execute(&sqlite.writer).await.unwrap();
    let mut source = Source::open(&file_of(&origin)).await.unwrap();
    let rows = source.rows().await.unwrap();
    let seen = std::cell::Cell::new(0);
    let copied = copy(&mut source, &target.db, |rows| seen.set(seen.get() + rows))
        .await
        .unwrap();
    assert_eq!(copied.iter().map(|copied| copied.rows).sum::<i64>(), rows);
    assert_eq!(i64::try_from(seen.get()).unwrap(), rows);
    for table in TABLES {
        let (before, after) = (contents(&origin.db, table).await, contents(&target.db, table).await);
        assert!(!before.is_empty(), "{table} has no row to try it with");
        assert_eq!(before, after, "{table}");
    }
    // Row 900 was there: a token may name it.
    let id: i64 = read!(&target.db, |pool| sqlx::query_scalar(NEXT)
        .fetch_one(pool)
        .await
        .unwrap());
    assert_eq!(id, 901);
    // Not twice.
    let again = copy(&mut source, &target.db, |_| ()).await;
    assert!(matches!(again, Err(CopyError::NotEmpty { .. })));
    origin.clean_up().await;
    target.clean_up().await;
}

/// A table of somebody else, or a row of ours: neither is touched.
#[tokio::test]
async fn what_is_not_empty_is_left_as_it_is() {
    let Some(target) = TestDb::postgres().await else { return };
    check_target(&target.db).await.unwrap();
    let Db::Postgres(pool) = &target.db else { unreachable!() };
    sqlx::raw_sql("CREATE TABLE other_app (x INT)")
        .execute(pool)
        .await
        .unwrap();
    let refused = check_target(&target.db).await;
    assert!(matches!(refused, Err(CopyError::NotEmpty { table }) if table == "other_app"));
    sqlx::raw_sql("DROP TABLE other_app; INSERT INTO rate_limits VALUES ('x', 1)")
        .execute(pool)
        .await
        .unwrap();
    let refused = check_target(&target.db).await;
    assert!(matches!(refused, Err(CopyError::NotEmpty { table }) if table == "rate_limits"));
    target.clean_up().await;
}

#[tokio::test]
async fn what_cannot_be_copied_is_said_and_nothing_is_kept() {
    let origin = TestDb::sqlite().await;
    let Err(missing) = Source::open(Path::new("/nowhere/at-all.db")).await else {
        panic!()
    };
    assert!(matches!(missing, CopyError::Missing(_)));
    let mut source = Source::open(&file_of(&origin)).await.unwrap();
    let not_there = copy(&mut source, &origin.db, |_| ()).await;
    assert!(matches!(not_there, Err(CopyError::NotPostgres)));
    if let Some(target) = TestDb::postgres().await {
        let Db::Sqlite(sqlite) = &origin.db else { unreachable!() };
        // What SQLite takes and PostgreSQL does not.
        let broken = "INSERT INTO users (user_id, user_id_key, email, email_key, name, password_hash, created_at, updated_at) \
            VALUES ('hong_gd', 'hong_gd', 'a@b.c', 'a@b.c', 'x' || char(0), 'x', 1, 1)";
        sqlx::raw_sql(broken).execute(&sqlite.writer).await.unwrap();
        let mut source = Source::open(&file_of(&origin)).await.unwrap();
        let failed = copy(&mut source, &target.db, |_| ()).await;
        assert!(
            matches!(failed, Err(CopyError::Table { table: "users", .. })),
            "{failed:?}"
        );
        assert_eq!(target.count("users").await, 0);
        target.clean_up().await;
    }
    origin.pretend_migration(9_999).await;
    let Err(other) = Source::open(&file_of(&origin)).await else {
        panic!()
    };
    assert!(matches!(other, CopyError::NotMigrated { found: 9_999, .. }));
    origin.clean_up().await;
}
