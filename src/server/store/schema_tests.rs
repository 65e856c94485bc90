//! Both engines have the same schema, and it bites on both.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AssertSqlSafe;

use super::{Db, copy::TABLES, testing::TestDb};

/// What a table is, by words that both engines share.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// By name: the type, and whether it may be null.
    columns: BTreeMap<String, (&'static str, bool)>,
    primary_key: Vec<String>,
    /// Columns, whether unique, whether of some rows only. Without the primary key's.
    indexes: BTreeSet<(Vec<String>, bool, bool)>,
    /// Columns, the table and columns they refer to, and what becomes of rows when that is deleted.
    references: BTreeSet<(Vec<String>, String, Vec<String>, &'static str)>,
    checks: i64,
}

/// Types that mean the same: an instant is a number of microseconds in SQLite, a day is text.
fn kind(column: &str, name: &str) -> &'static str {
    match (name, column) {
        ("BOOLEAN" | "boolean", _) => "boolean",
        ("timestamp with time zone", _) => "instant",
        ("INTEGER", column) if column.ends_with("_at") => "instant",
        ("INTEGER" | "bigint" | "integer" | "smallint", _) => "number",
        ("date", _)
        | ("TEXT", "as_of" | "trade_date" | "valid_from" | "valid_to" | "date" | "listed_on" | "delisted_on") => "day",
        ("TEXT" | "text", _) => "text",
        other => panic!("{other:?}"),
    }
}

async fn of_sqlite(db: &Db, table: &str) -> Table {
    let Db::Sqlite(sqlite) = db else { unreachable!() };
    let pool = &sqlite.readers;
    let mut found = Table::default();
    let columns: Vec<(String, String, bool, i64)> =
        sqlx::query_as("SELECT name, type, \"notnull\", pk FROM pragma_table_info($1) ORDER BY pk")
            .bind(table)
            .fetch_all(pool)
            .await
            .unwrap();
    for (name, of, not_null, key) in columns {
        if key > 0 {
            found.primary_key.push(name.clone());
        }
        let kind = kind(&name, &of);
        // A row's number is never null, whether that is said or not.
        let nullable = !(not_null || key > 0 && of == "INTEGER");
        found.columns.insert(name, (kind, nullable));
    }
    let indexes: Vec<(String, bool, bool)> =
        sqlx::query_as("SELECT name, \"unique\", partial FROM pragma_index_list($1) WHERE origin <> 'pk'")
            .bind(table)
            .fetch_all(pool)
            .await
            .unwrap();
    for (name, unique, partial) in indexes {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_index_info($1) ORDER BY seqno")
            .bind(name)
            .fetch_all(pool)
            .await
            .unwrap();
        found.indexes.insert((columns, unique, partial));
    }
    let references: Vec<(String, String, String, String)> =
        sqlx::query_as("SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list($1)")
            .bind(table)
            .fetch_all(pool)
            .await
            .unwrap();
    for (from, to, column, on_delete) in references {
        let action = if on_delete == "CASCADE" { "cascade" } else { "refuse" };
        found.references.insert((vec![from], to, vec![column], action));
    }
    let sql: String = sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE name = $1")
        .bind(table)
        .fetch_one(pool)
        .await
        .unwrap();
    found.checks = i64::try_from(sql.matches("CHECK (").count()).unwrap();
    found
}

async fn of_postgres(db: &Db, table: &str) -> Table {
    const COLUMNS: &str = "SELECT column_name::text, data_type::text, is_nullable = 'YES' \
        FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema()";
    const INDEXES: &str = "SELECT i.indisprimary, i.indisunique, i.indpred IS NOT NULL, \
        (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k (attnum, n) \
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) \
        FROM pg_index i WHERE i.indrelid = $1::regclass";
    const REFERENCES: &str = "SELECT \
        (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)), \
        c.confrelid::regclass::text, \
        (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = c.confrelid AND a.attnum = ANY (c.confkey)), \
        c.confdeltype = 'c' \
        FROM pg_constraint c WHERE c.conrelid = $1::regclass AND c.contype = 'f'";
    const CHECKS: &str = "SELECT count(*) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'";
    let Db::Postgres(pool) = db else { unreachable!() };
    let mut found = Table::default();
    let columns: Vec<(String, String, bool)> = sqlx::query_as(COLUMNS).bind(table).fetch_all(pool).await.unwrap();
    for (name, of, nullable) in columns {
        let kind = kind(&name, &of);
        found.columns.insert(name, (kind, nullable));
    }
    let indexes: Vec<(bool, bool, bool, Vec<String>)> =
        sqlx::query_as(INDEXES).bind(table).fetch_all(pool).await.unwrap();
    for (primary, unique, partial, columns) in indexes {
        if primary {
            found.primary_key = columns;
        } else {
            found.indexes.insert((columns, unique, partial));
        }
    }
    let references: Vec<(Vec<String>, String, Vec<String>, bool)> =
        sqlx::query_as(REFERENCES).bind(table).fetch_all(pool).await.unwrap();
    for (from, to, columns, cascades) in references {
        let action = if cascades { "cascade" } else { "refuse" };
        found.references.insert((from, to, columns, action));
    }
    found.checks = sqlx::query_scalar(CHECKS).bind(table).fetch_one(pool).await.unwrap();
    found
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    const OTHERS: &str = "SELECT count(*) FROM information_schema.tables \
        WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'";
    let Some(postgres) = TestDb::postgres().await else {
        return;
    };
    let sqlite = TestDb::sqlite().await;
    for table in TABLES {
        let (one, other) = (
            of_sqlite(&sqlite.db, table).await,
            of_postgres(&postgres.db, table).await,
        );
        assert!(!one.columns.is_empty(), "{table}");
        assert_eq!(one, other, "{table}");
    }
    let Db::Postgres(pool) = &postgres.db else {
        unreachable!()
    };
    let tables: i64 = sqlx::query_scalar(OTHERS).fetch_one(pool).await.unwrap();
    assert_eq!(usize::try_from(tables).unwrap(), TABLES.len());
    sqlite.clean_up().await;
    postgres.clean_up().await;
}

/// Statements that must fail, beside ones that must not.
#[tokio::test]
async fn checks_uniques_and_references_bite_on_both() {
    const USER: &str = "INSERT INTO users (user_id, user_id_key, email, email_key, name, password_hash, created_at, updated_at) \
        VALUES ('hong_gd', '$key', '$email', '$email', 'x', 'x', $now, $now)";
    const RUN: &str = "INSERT INTO import_runs (source, as_of, digest, row_count, started_at, status, kind) \
        VALUES ('$source', '2026-03-20', 'd', 1, $now, '$status', '$kind')";
    for test in TestDb::all().await {
        let now = if matches!(test.db, Db::Sqlite(_)) {
            "1773997200000000"
        } else {
            "now()"
        };
        let run = async |sql: String| {
            let sql = AssertSqlSafe(sql.replace("$now", now));
            write!(&test.db, |pool| sqlx::raw_sql(sql).execute(pool).await.map(drop))
        };
        let user = |key: &str, email: &str| USER.replace("$key", key).replace("$email", email);
        run(user("hong_gd", "a@b.c")).await.unwrap();
        for refused in [
            user("hong_gd", "d@e.f"),
            user("kim_cs", "a@b.c"),
            user("kim_cs", "g@h.i").replace("'hong_gd'", "'kim'"),
            user("kim_cs", "g@h.i").replace("'x', 'x'", "NULL, 'x'"),
            "INSERT INTO consents VALUES (999999, 'terms', '1', $now)".to_owned(),
            "INSERT INTO consents SELECT id, 'cookies', '1', $now FROM users".to_owned(),
            "INSERT INTO watchlist_items SELECT id, '12345', 'x', NULL, NULL, 0, $now FROM users".to_owned(),
            "INSERT INTO watchlist_items VALUES (999999, '123456', 'x', NULL, NULL, 0, $now)".to_owned(),
        ] {
            assert!(run(refused.clone()).await.is_err(), "{refused}");
        }
        let import = |source: &str, status: &str, kind: &str| {
            RUN.replace("$source", source)
                .replace("$status", status)
                .replace("$kind", kind)
        };
        run(import("file", "finished", "market")).await.unwrap();
        run(import("file", "running", "market")).await.unwrap();
        for refused in [
            import("file", "finished", "market"),
            import("file", "running", "history"),
            import("yahoo", "replaced", "market"),
            import("file", "lost", "market"),
            import("file", "replaced", "weather"),
            "INSERT INTO daily_bars SELECT '900010', '2026-03-20', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, min(id) FROM import_runs"
                .to_owned(),
            "DELETE FROM import_runs WHERE id IN (SELECT import_id FROM index_bars)".to_owned(),
        ] {
            if refused.starts_with("DELETE") {
                run("INSERT INTO index_bars SELECT 'KOSPI', '2026-03-20', 1, 1, 1, 1, 1, 1, 1, 1, 1, min(id) FROM import_runs"
                    .to_owned())
                .await
                .unwrap();
            }
            assert!(run(refused.clone()).await.is_err(), "{refused}");
        }
        // Who goes takes along what is theirs.
        run("INSERT INTO consents SELECT id, 'terms', '1', $now FROM users".to_owned())
            .await
            .unwrap();
        run("DELETE FROM users".to_owned()).await.unwrap();
        assert_eq!(test.count("consents").await, 0);
        test.clean_up().await;
    }
}
