//! `calendar`: when the exchange trades, and what the operator knows better.

use time::{Date, Duration};

use super::{Failure, import::parse_date};
use crate::server::{
    clock::{Clock as _, SystemClock},
    market::calendar::{Calendar, LAST_YEAR, Session, parse_time, seoul_time},
    store::{
        Db,
        calendar::{self, CalendarDay},
    },
};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show the days of a range that differ from what their weekday says
    Show {
        /// YYYY-MM-DD; today by default
        #[arg(long, value_parser = parse_date)]
        from: Option<Date>,
        /// YYYY-MM-DD, included; a year later by default
        #[arg(long, value_parser = parse_date)]
        to: Option<Date>,
    },
    /// Say what a day is, whatever the built-in table says
    Set {
        #[arg(value_parser = parse_date)]
        date: Date,
        /// open: a whole session; half: one with other hours
        #[arg(value_parser = ["open", "holiday", "half"])]
        kind: String,
        /// HH:MM in Seoul
        #[arg(long, value_parser = hour)]
        open_at: Option<String>,
        /// HH:MM in Seoul
        #[arg(long, value_parser = hour)]
        close_at: Option<String>,
        #[arg(long)]
        note: Option<String>,
    },
    /// Say nothing about a day any more
    Unset {
        #[arg(value_parser = parse_date)]
        date: Date,
    },
}

fn hour(text: &str) -> Result<String, String> {
    match parse_time(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("a time is written HH:MM".to_owned()),
    }
}

pub async fn run(db: &Db, command: Command) -> Result<(), Failure> {
    match command {
        Command::Show { from, to } => show(db, from, to).await,
        Command::Set {
            date,
            kind,
            open_at,
            close_at,
            note,
        } => {
            if let (Some(open), Some(close)) = (&open_at, &close_at)
                && open >= close
            {
                return Err(Failure::Other(format!("{open} is not before {close}")));
            }
            let day = CalendarDay {
                date,
                kind,
                open_at,
                close_at,
                note,
            };
            calendar::set(db, &day).await?;
            println!("{}", line(&Calendar::with([day]), date));
            Ok(())
        }
        Command::Unset { date } => {
            if calendar::unset(db, date).await? {
                println!("{}", line(&Calendar::default(), date));
                Ok(())
            } else {
                Err(Failure::Other(format!("nothing was said about {date}")))
            }
        }
    }
}

async fn show(db: &Db, from: Option<Date>, to: Option<Date>) -> Result<(), Failure> {
    let from = from.unwrap_or_else(|| seoul_time(SystemClock.now()).date());
    let to = to.unwrap_or_else(|| from.saturating_add(Duration::days(365)));
    let told: Vec<Date> = calendar::overrides(db, from, to)
        .await?
        .iter()
        .map(|day| day.date)
        .collect();
    let calendar = Calendar::load(db, from, to).await?;
    let mut day = Some(from);
    while let Some(date) = day.filter(|date| *date <= to) {
        let session = calendar.session(date);
        let is_special = calendar.holiday(date).is_some() || session.is_some_and(|session| session != Session::USUAL);
        if told.contains(&date) || is_special {
            let by = if told.contains(&date) { "  (operator)" } else { "" };
            println!("{}{by}", line(&calendar, date));
        }
        day = date.next_day();
    }
    if to.year() > LAST_YEAR {
        println!("Lunar holidays and elections are known up to {LAST_YEAR}.");
    }
    Ok(())
}

/// What a day is.
fn line(calendar: &Calendar, date: Date) -> String {
    let weekday = date.weekday().to_string();
    let weekday = weekday.get(..3).unwrap_or_default();
    match calendar.session(date) {
        Some(session) => {
            let hour = |time: time::Time| format!("{:02}:{:02}", time.hour(), time.minute());
            format!("{date} {weekday}  {}-{}", hour(session.open), hour(session.close))
        }
        None => format!(
            "{date} {weekday}  closed  {}",
            calendar.holiday(date).unwrap_or("weekend")
        ),
    }
}
