//! `sync`: market data from the source of the settings.

use std::sync::Arc;

use time::Date;

use super::{Failure, import::parse_date, progress};
use crate::server::{
    clock::Clock as _,
    clock::SystemClock,
    config::{Config, Fault},
    market::{
        calendar::Calendar,
        sync::{DaySynced, MOST_CALLS, SharedSource, Sync, SyncReport, source_of},
    },
    store::Db,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The first day of a range, YYYY-MM-DD; without it the newest day alone is fetched
    #[arg(long, value_parser = parse_date)]
    from: Option<Date>,
    /// The last day of the range, included; the last trading day by default
    #[arg(long, value_parser = parse_date, requires = "from")]
    to: Option<Date>,
    /// Accept a listing that lost more than 5 % of its rows, and fetch days again that are there
    #[arg(long)]
    force: bool,
    /// The most requests to make of a source that counts them
    #[arg(long, value_name = "N", default_value_t = MOST_CALLS)]
    calls: u32,
}

impl Arguments {
    pub fn calls(&self) -> u32 {
        self.calls
    }
}

/// The source of the settings, or what is wrong with them for this.
pub fn source(config: &Config, calls: u32) -> Result<SharedSource, Failure> {
    source_of(config, calls).ok_or_else(|| {
        Failure::Settings(vec![Fault {
            variable: "LISTINGS_SOURCE",
            fault: format!("is {}: there is nothing to fetch", config.listings_source.name()),
            accepted: "fdr, krx_openapi; files are brought in by `secondarymarket import`",
        }])
    })
}

pub async fn run(db: &Db, source: SharedSource, arguments: Arguments) -> Result<(), Failure> {
    let clock = SystemClock;
    let sync = Sync {
        force: arguments.force,
        ..Sync::new(db, &clock, Arc::clone(&source))
    };
    let now = clock.now();
    let Some(from) = arguments.from else {
        let calendar = Calendar::load_all(db).await?;
        return match sync.newest(&calendar).await {
            Ok(Some(summary)) => {
                println!("{summary}");
                Ok(())
            }
            Ok(None) => Err(Failure::Other(
                "the source has nothing of the last trading days".to_owned(),
            )),
            Err(error) => Err(Failure::Other(error.to_string())),
        };
    };
    let calendar = Calendar::load_all(db).await?;
    let over = calendar.last_closed_day(now);
    let to = arguments.to.unwrap_or(over);
    if from > to {
        return Err(Failure::Other(format!("--from {from} is after --to {to}")));
    }
    if to > over {
        println!("The session of {over} is the last that is over: later days are left out.");
    }
    let days = calendar.trading_days(from, to.min(over));
    let bar = progress::bar(days.len());
    let report = sync
        .range(&days, |day, synced| {
            bar.set_message(day.to_string());
            bar.inc(1);
            if let DaySynced::Imported(summary) = synced {
                bar.suspend(|| println!("{summary}"));
            }
        })
        .await?;
    bar.finish_and_clear();
    conclude(&report, days.len(), &source)
}

fn conclude(report: &SyncReport, days: usize, source: &SharedSource) -> Result<(), Failure> {
    println!(
        "{days} trading days: {} imported, {} there already, {} without data; {} requests",
        report.imported.len(),
        report.known,
        report.without.len(),
        source.calls()
    );
    match &report.stopped {
        None => Ok(()),
        Some((day, error)) => Err(Failure::Other(format!(
            "stopped at {day}: {error}\nThe same command goes on from there."
        ))),
    }
}
