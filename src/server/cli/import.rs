//! `import`: listings from files.

use std::path::PathBuf;

use time::{Date, OffsetDateTime, macros::format_description};

use super::Failure;
use crate::server::{
    market::{ImportOptions, import_file},
    store::Db,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV files: a joined listing or FinanceDataReader's
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The trading day, YYYY-MM-DD; otherwise taken from the data or the file's name
    #[arg(long, value_parser = parse_date)]
    as_of: Option<Date>,
    /// Accept a listing that lost more than 5 % of its rows
    #[arg(long)]
    force: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| "a date is written YYYY-MM-DD".to_owned())
}

pub async fn run(db: &Db, now: OffsetDateTime, arguments: Arguments) -> Result<(), Failure> {
    if arguments.as_of.is_some() && arguments.files.len() > 1 {
        return Err(Failure::Other(
            "--as-of goes with one file: two cannot be the same day's market".to_owned(),
        ));
    }
    for file in &arguments.files {
        let options = ImportOptions {
            as_of: arguments.as_of,
            force: arguments.force,
        };
        let summary = import_file(db, now, file, options)
            .await
            .map_err(|error| Failure::Other(format!("{}: {error}", file.display())))?;
        println!("{summary}");
    }
    Ok(())
}
