//! `demo`: the made-up market of a day that one chooses, so that it looks the same on any day.

use time::{Date, OffsetDateTime};

use super::{Failure, import::parse_date};
use crate::server::{
    market::{calendar::Calendar, ensure_demo_history, ensure_demo_of, newest_made_up_day},
    store::Db,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The trading day that it shows, YYYY-MM-DD; the last one by default
    #[arg(long, value_parser = parse_date)]
    as_of: Option<Date>,
}

pub async fn run(db: &Db, now: OffsetDateTime, arguments: Arguments) -> Result<(), Failure> {
    let as_of = arguments.as_of.unwrap_or_else(|| newest_made_up_day(now));
    if !Calendar::default().is_trading_day(as_of) {
        return Err(Failure::Other(format!("{as_of} is no trading day")));
    }
    if !ensure_demo_of(db, now, as_of).await? {
        return Err(Failure::Other(
            "the database has a market already; the made-up one goes into an empty database only".to_owned(),
        ));
    }
    ensure_demo_history(db, now).await?;
    println!("The made-up market of {as_of} is there, with a year before it.");
    Ok(())
}
