//! The users of the original application, read from its own database: SQLite or PostgreSQL, by
//! `SQLAlchemy`. It is never changed.

use std::{path::Path, str::FromStr as _};

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

/// The column, the names that it has had, and whether it can be done without.
const COLUMNS: [(&str, &[&str], bool); 8] = [
    ("user_id", &["user_id", "username", "login_id"], true),
    ("email", &["email"], true),
    ("name", &["name", "full_name"], true),
    ("password_hash", &["password_hash", "hashed_password"], true),
    ("is_active", &["is_active"], false),
    ("is_verified", &["is_verified"], false),
    ("created_at", &["created_at"], false),
    ("last_login_at", &["last_login_at", "last_login"], false),
];

/// All users, in the order in which they signed up.
pub async fn users(url: &str) -> Result<Vec<OriginalUser>, OriginalError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => of_sqlite(url).await,
        Some("postgres" | "postgresql") => of_postgres(url).await,
        _ => Err(OriginalError::Unknown),
    }
}

async fn of_sqlite(url: &str) -> Result<Vec<OriginalUser>, OriginalError> {
    const NAMES: &str = "SELECT name FROM pragma_table_info('users')";
    let options = SqliteConnectOptions::from_str(url).map_err(|_| OriginalError::Unknown)?;
    let file: &Path = options.get_filename();
    if !file.is_file() {
        return Err(OriginalError::Missing(file.display().to_string()));
    }
    let mut connection = SqliteConnection::connect_with(&options.read_only(true).create_if_missing(false)).await?;
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
    for (column, known_as, is_needed) in COLUMNS {
        match known_as.iter().find(|name| has(name)) {
            Some(name) => columns.push(format!("CAST({name} AS TEXT) AS {column}")),
            None if is_needed => return Err(OriginalError::NoColumn(column)),
            None => columns.push(format!("CAST(NULL AS TEXT) AS {column}")),
        }
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
