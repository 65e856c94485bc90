//! `import`: market data from files.

use std::path::PathBuf;

use time::{Date, OffsetDateTime, macros::format_description};

use super::{Failure, progress};
use crate::server::{
    market::{ImportOptions, import_file},
    store::Db,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files, each told by its content: FinanceDataReader's listing, KRX-DESC and KRX-DELISTING; the
    /// exchange's tables as JSON (MDCSTAT01501, 01901, 01701, 00301) or downloaded CSV; the list of
    /// companies of KIND; daily bars; an index by day
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The trading day of a listing, YYYY-MM-DD; otherwise taken from the data or the file's name
    #[arg(long, value_parser = parse_date)]
    as_of: Option<Date>,
    /// Whose history it is, where neither the data nor the file's name say: a code, an ISIN, KOSPI
    /// or KOSDAQ
    #[arg(long, value_name = "CODE")]
    of: Option<String>,
    /// Accept a listing that lost more than 5 % of its rows
    #[arg(long)]
    force: bool,
}

pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| "a date is written YYYY-MM-DD".to_owned())
}

pub async fn run(db: &Db, now: OffsetDateTime, arguments: Arguments) -> Result<(), Failure> {
    for (given, option) in [(arguments.as_of.is_some(), "--as-of"), (arguments.of.is_some(), "--of")] {
        if given && arguments.files.len() > 1 {
            return Err(Failure::Other(format!(
                "{option} goes with one file: two cannot hold the same"
            )));
        }
    }
    let options = ImportOptions {
        as_of: arguments.as_of,
        subject: arguments.of,
        force: arguments.force,
    };
    let progress = progress::bar(arguments.files.len());
    for file in &arguments.files {
        progress.set_message(file.display().to_string());
        let summary = import_file(db, now, file, &options)
            .await
            .map_err(|error| Failure::Other(format!("{}: {error}", file.display())))?;
        progress.suspend(|| println!("{summary}"));
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(())
}
