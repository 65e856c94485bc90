//! `backup` and `restore`: the SQLite database as one file.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::server::{
    config::Config,
    store::{
        Db,
        backup::{self, Copied},
    },
};

#[derive(Debug, Args)]
pub struct Backup {
    /// The copy; must not be there yet
    file: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// A copy that `backup` made
    file: PathBuf,
}

pub async fn back_up(db: &Db, arguments: Backup) -> Result<(), Failure> {
    let copied = backup::backup(db, &arguments.file).await?;
    println!("{} is written and checked: {}.", arguments.file.display(), what(copied));
    println!("The key of tokens is not in it: keep JWT_SECRET_KEY, or the file `secret_key` beside the database.");
    Ok(())
}

/// The database is not opened before: it may be what is broken.
pub async fn restore(config: &Config, arguments: Restore) -> Result<(), Failure> {
    let database = config.sqlite_file().ok_or(backup::BackupError::NotSqlite)?;
    let (copied, kept) = backup::restore(&arguments.file, &database).await?;
    println!("{} is restored: {}.", database.display(), what(copied));
    if let Some(kept) = kept {
        println!("What was there before is kept: {}", kept.display());
    }
    if !Path::new(&database).with_file_name("secret_key").exists() && config.jwt_secret_key.is_none() {
        println!("There is no secret key beside it: put `secret_key` back, or everybody has to sign in again.");
    }
    Ok(())
}

fn what(copied: Copied) -> String {
    let Copied { bytes, users, imports } = copied;
    format!("{users} users, {imports} imports, {} KiB", bytes.div_ceil(1024))
}
