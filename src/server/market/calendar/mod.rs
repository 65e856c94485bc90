//! When the exchange trades: weekdays, the holidays that are known, and what the operator says.
//!
//! The truth of a trading day is that there are figures of it; this is for knowing when to ask.

mod holidays;

use std::collections::HashMap;

use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, Weekday, macros::time};

use crate::server::{
    market::as_of::SEOUL,
    store::{
        Db,
        calendar::{self, CalendarDay},
    },
};

pub use holidays::LAST_YEAR;

const OPEN: Time = time!(09:00);
const LATE_OPEN: Time = time!(10:00);
const CLOSE: Time = time!(15:30);
const LATE_CLOSE: Time = time!(16:30);

/// The hours of a regular session, in Seoul.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    pub open: Time,
    pub close: Time,
}

impl Session {
    /// From 09:00 to 15:30.
    pub const USUAL: Self = Self {
        open: OPEN,
        close: CLOSE,
    };
}

/// The exchange's calendar.
#[derive(Debug, Default)]
pub struct Calendar {
    /// What the operator says, which counts before the rest.
    overrides: HashMap<Date, CalendarDay>,
}

impl Calendar {
    /// With what the operator says about the days of a range, both included.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(db: &Db, from: Date, to: Date) -> Result<Self, sqlx::Error> {
        let told = calendar::overrides(db, from, to).await?;
        Ok(Self::with(told))
    }

    /// With all that the operator says.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load_all(db: &Db) -> Result<Self, sqlx::Error> {
        Ok(Self::with(calendar::all_overrides(db).await?))
    }

    #[must_use]
    pub fn with(overrides: impl IntoIterator<Item = CalendarDay>) -> Self {
        Self {
            overrides: overrides.into_iter().map(|day| (day.date, day)).collect(),
        }
    }

    /// The hours of a day; `None` when there is no trading.
    #[must_use]
    pub fn session(&self, date: Date) -> Option<Session> {
        if let Some(told) = self.overrides.get(&date) {
            if told.kind == "holiday" {
                return None;
            }
            let hour = |text: &Option<String>| text.as_deref().and_then(parse_time);
            return Some(Session {
                open: hour(&told.open_at).unwrap_or(OPEN),
                close: hour(&told.close_at).unwrap_or(CLOSE),
            });
        }
        if is_weekend(date) || holidays::name(date).is_some() {
            return None;
        }
        if holidays::is_exam_day(date) {
            // So that students get to their examination.
            return Some(Session {
                open: LATE_OPEN,
                close: LATE_CLOSE,
            });
        }
        if self.is_first_of_year(date) {
            return Some(Session {
                open: LATE_OPEN,
                ..Session::USUAL
            });
        }
        Some(Session::USUAL)
    }

    #[must_use]
    pub fn is_trading_day(&self, date: Date) -> bool {
        match self.overrides.get(&date) {
            Some(told) => told.kind != "holiday",
            None => !is_weekend(date) && holidays::name(date).is_none(),
        }
    }

    /// Why there is no trading, as far as it is known.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&str> {
        match self.overrides.get(&date) {
            Some(told) if told.kind == "holiday" => Some(told.note.as_deref().unwrap_or("휴장")),
            Some(_) => None,
            None => holidays::name(date),
        }
    }

    /// The last trading day that is not after this one.
    #[must_use]
    pub fn trading_day_on_or_before(&self, date: Date) -> Date {
        // No holidays are as long.
        (0..30)
            .map(|back| date.saturating_sub(Duration::days(back)))
            .find(|day| self.is_trading_day(*day))
            .unwrap_or(date)
    }

    /// The trading days of a range, both included, oldest first.
    #[must_use]
    pub fn trading_days(&self, from: Date, to: Date) -> Vec<Date> {
        let mut days = Vec::new();
        let mut day = Some(from);
        while let Some(date) = day.filter(|date| *date <= to) {
            if self.is_trading_day(date) {
                days.push(date);
            }
            day = date.next_day();
        }
        days
    }

    /// The last day whose session is over.
    #[must_use]
    pub fn last_closed_day(&self, now: OffsetDateTime) -> Date {
        let here = seoul_time(now);
        let today = here.date();
        let is_over = self.session(today).is_some_and(|session| here.time() >= session.close);
        if is_over {
            today
        } else {
            self.trading_day_on_or_before(today.saturating_sub(Duration::DAY))
        }
    }

    fn is_first_of_year(&self, date: Date) -> bool {
        date.month() == Month::January
            && date.day() <= 7
            && (1..date.day()).all(|day| date.replace_day(day).is_ok_and(|earlier| !self.is_trading_day(earlier)))
    }
}

/// `HH:MM` as a time of day.
#[must_use]
pub fn parse_time(text: &str) -> Option<Time> {
    Time::parse(text, time::macros::format_description!("[hour]:[minute]")).ok()
}

/// The date and time in Seoul.
#[must_use]
pub fn seoul_time(now: OffsetDateTime) -> PrimitiveDateTime {
    let there = now.to_offset(time::UtcOffset::UTC).saturating_add(SEOUL);
    PrimitiveDateTime::new(there.date(), there.time())
}

/// An instant, from date and time in Seoul.
#[must_use]
pub fn at_seoul(date: Date, time: Time) -> OffsetDateTime {
    PrimitiveDateTime::new(date, time).assume_utc().saturating_sub(SEOUL)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests;
