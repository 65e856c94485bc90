//! What brings a database up to date, and what this program knows of.

use sqlx::migrate::{MigrateError, Migrator};

use super::{Db, OpenError};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The number of the newest migration that ran on a database.
pub(super) const FOUND: &str = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";

/// The number of the newest migration that this program has.
pub(super) fn newest() -> i64 {
    SQLITE
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or_default()
}

/// Runs what is missing; running it again does nothing. On PostgreSQL one program at a time.
pub(super) async fn run(db: &Db) -> Result<(), OpenError> {
    let outcome = match db {
        Db::Sqlite(sqlite) => SQLITE.run(&sqlite.writer).await,
        Db::Postgres(pool) => POSTGRES.run(pool).await,
    };
    outcome.map_err(|error| match error {
        MigrateError::VersionMissing(found) => OpenError::Newer { found, known: newest() },
        MigrateError::VersionMismatch(version) => OpenError::Differs(version),
        MigrateError::Dirty(version) => OpenError::Unfinished(version),
        other => OpenError::Migrate(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_have_the_same_migrations() {
        let of = |migrator: &Migrator| -> Vec<(i64, String)> {
            migrator
                .iter()
                .map(|m| (m.version, m.description.to_string()))
                .collect()
        };
        assert_eq!(of(&SQLITE), of(&POSTGRES));
        assert_eq!(newest(), i64::try_from(SQLITE.iter().count()).unwrap());
    }
}
