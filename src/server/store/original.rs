//! The users of the original application, read from its own database: SQLite or PostgreSQL, by
//! `SQLAlchemy`. It is never changed.

use std::str::FromStr as _;

use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    #[error("the database of the original is named as sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE")]
    Unknown,
    #[error("{0}: is not there")]
    Missing(String),
    #[error("its database has no table `users`")]
    NoUsers,
    #[error("its table `users` has no column {0}")]
    NoColumn(&'static str),
    #[error("this is a database of secondarymarket itself: copy-database or restore are for it")]
    Own,
    #[error("the database of the original does not answer properly: {0}")]
    Database(#[from] sqlx::Error),
}

/// A user as the original kept them, each value as text.
#[derive(Clone, sqlx::FromRow)]
pub struct OriginalUser {
    pub user_id: Option<String>,
    pub email: Option<String>,
    pub name: Option<String>,
    pub password_hash: Option<String>,
    pub is_active: Option<String>,
    pub is_verified: Option<String>,
    pub created_at: Option<String>,
    pub last_login_at: Option<String>,
}

/// The column, the names that it has had, and what stands in where there is none; nothing where it
/// cannot be done without.
const COLUMNS: [(&str, &[&str], Option<&str>); 8] = [
    ("user_id", &["user_id", "username", "login_id"], None),
    ("email", &["email"], None),
    ("name", &["name", "full_name"], None),
    ("password_hash", &["password_hash", "hashed_password"], None),
    ("is_active", &["is_active"], Some("'1'")),
    ("is_verified", &["is_verified"], Some("'0'")),
    ("created_at", &["created_at"], Some("NULL")),
    ("last_login_at", &["last_login_at", "last_login"], Some("NULL")),
];

/// All users, in the order in which they signed up. The original's own setting is understood:
/// `postgresql+asyncpg://…`, `sqlite+aiosqlite:///./auth.db`.
pub async fn users(url: &str) -> Result<Vec<OriginalUser>, OriginalError> {
    let (scheme, rest) = url.split_once(':').ok_or(OriginalError::Unknown)?;
    let engine = scheme.split('+').next().unwrap_or_default();
    let url = &format!("{engine}:{rest}");
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => of_sqlite(url).await,
        Some("postgres" | "postgresql") => of_postgres(url).await,
        _ => Err(OriginalError::Unknown),
    }
}

async fn of_sqlite(url: &str) -> Result<Vec<OriginalUser>, OriginalError> {
    const NAMES: &str = "SELECT name FROM pragma_table_info('users')";
    let options = SqliteConnectOptions::from_str(url).map_err(|_| OriginalError::Unknown)?;
    let given = options.get_filename();
    // `SQLAlchemy` begins a relative path with three slashes, an absolute one with four.
    let relative = given.strip_prefix("/").unwrap_or(given);
    let file = [given, relative]
        .into_iter()
        .find(|file| file.is_file())
        .ok_or_else(|| OriginalError::Missing(given.display().to_string()))?;
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .create_if_missing(false);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let names: Vec<String> = sqlx::query_scalar(NAMES).fetch_all(&mut connection).await?;
    let select = AssertSqlSafe(select(&names)?);
    let users = sqlx::query_as(select).fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(users)
}

async fn of_postgres(url: &str) -> Result<Vec<OriginalUser>, OriginalError> {
    const NAMES: &str = "SELECT column_name::text FROM information_schema.columns \
        WHERE table_schema = current_schema() AND table_name = 'users'";
    // Instants are written in UTC, and nothing can be changed.
    const SESSION: &str = "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET default_transaction_read_only = on";
    let options = PgConnectOptions::from_str(url).map_err(|_| OriginalError::Unknown)?;
    let mut connection = PgConnection::connect_with(&options).await?;
    sqlx::raw_sql(SESSION).execute(&mut connection).await?;
    let names: Vec<String> = sqlx::query_scalar(NAMES).fetch_all(&mut connection).await?;
    let select = AssertSqlSafe(select(&names)?);
    let users = sqlx::query_as(select).fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(users)
}

/// The statement that reads what there is, whatever its types. Both engines write values as text by
/// the same words.
fn select(names: &[String]) -> Result<String, OriginalError> {
    let has = |name: &str| names.iter().any(|found| found == name);
    if names.is_empty() {
        return Err(OriginalError::NoUsers);
    }
    if has("user_id_key") {
        return Err(OriginalError::Own);
    }
    let mut columns = Vec::new();
    for (column, known_as, instead) in COLUMNS {
        let name = known_as.iter().find(|name| has(name)).copied();
        let value = name.or(instead).ok_or(OriginalError::NoColumn(column))?;
        columns.push(format!("CAST({value} AS TEXT) AS {column}"));
    }
    let order = if has("id") { " ORDER BY id" } else { "" };
    Ok(format!("SELECT {} FROM users{order}", columns.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_the_names_that_they_have_had() {
        let of = |names: &[&str]| select(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        let sql = of(&["id", "username", "email", "full_name", "hashed_password", "last_login"]).unwrap();
        assert!(
            sql.contains("CAST(username AS TEXT) AS user_id") && sql.ends_with("ORDER BY id"),
            "{sql}"
        );
        assert!(sql.contains("CAST(NULL AS TEXT) AS created_at"), "{sql}");
        assert!(matches!(of(&[]), Err(OriginalError::NoUsers)));
        assert!(matches!(
            of(&["user_id", "email", "name"]),
            Err(OriginalError::NoColumn("password_hash"))
        ));
        assert!(matches!(of(&["user_id", "user_id_key"]), Err(OriginalError::Own)));
    }
}
