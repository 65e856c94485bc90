//! `copy-database`: from SQLite to PostgreSQL.

use std::str::FromStr as _;

use clap::Args;
use sqlx::sqlite::SqliteConnectOptions;

use super::{Failure, progress};
use crate::server::store::{
    Db,
    copy::{self, Source},
};

/// One connection writes; it is alone.
const CONNECTIONS: u32 = 2;

#[derive(Debug, Args)]
pub struct Arguments {
    /// `sqlite://FILE`, with the server stopped
    from: String,
    /// `postgres://USER:PASSWORD@HOST/DATABASE`, empty
    to: String,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { from, to } = arguments;
    let file = from
        .starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(&from).ok())
        .flatten()
        .map(|options| options.get_filename().to_path_buf())
        .ok_or_else(|| {
            Failure::Other("the database to copy from is not SQLite: name it as sqlite://FILE".to_owned())
        })?;
    if !["postgres:", "postgresql:"].iter().any(|scheme| to.starts_with(scheme)) {
        return Err(copy::CopyError::NotPostgres.into());
    }
    let mut source = Source::open(&file).await?;
    let target = Db::open(&to, CONNECTIONS).await?;
    // Nothing is changed in a database that is not taken.
    copy::check_target(&target).await?;
    target.migrate().await?;
    let rows = usize::try_from(source.rows().await?).unwrap_or_default();
    let bar = progress::bar(rows);
    let copied = copy::copy(&mut source, &target, |rows| bar.inc(rows)).await;
    bar.finish_and_clear();
    for copied in copied? {
        println!("{:<20} {:>10}", copied.table, copied.rows);
    }
    println!(
        "{rows} rows are copied, and counted on both sides; {} is as it was.",
        file.display()
    );
    println!("Now set DATABASE_URL to the new database. JWT_SECRET_KEY must be what it was: if it was not set, it is");
    println!(
        "the content of {}. With another one everybody has to sign in again.",
        file.with_file_name("secret_key").display()
    );
    target.close().await;
    Ok(())
}
