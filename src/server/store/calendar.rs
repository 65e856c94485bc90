//! Table `trading_calendar`: days on which the exchange does not do what the weekday says.

use time::Date;

use crate::server::store::{Db, read, write};

/// What an operator, or the table that the program brings, says about a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CalendarDay {
    pub date: Date,
    /// `open`, `holiday` or `half`.
    pub kind: String,
    /// `HH:MM` in Seoul, where they are not the usual ones.
    pub open_at: Option<String>,
    pub close_at: Option<String>,
    pub note: Option<String>,
}

/// What the operator says about the days of a range, both included, by day.
pub async fn overrides(db: &Db, from: Date, to: Date) -> Result<Vec<CalendarDay>, sqlx::Error> {
    const SQL: &str = "\
        SELECT date, kind, open_at, close_at, note FROM trading_calendar \
        WHERE source = 'operator' AND date BETWEEN $1 AND $2 ORDER BY date";
    read!(db, |pool| sqlx::query_as(SQL).bind(from).bind(to).fetch_all(pool).await)
}

/// All that the operator said, oldest first.
pub async fn all_overrides(db: &Db) -> Result<Vec<CalendarDay>, sqlx::Error> {
    const SQL: &str = "\
        SELECT date, kind, open_at, close_at, note FROM trading_calendar WHERE source = 'operator' ORDER BY date";
    read!(db, |pool| sqlx::query_as(SQL).fetch_all(pool).await)
}

/// The operator says this about a day, whatever was said before.
pub async fn set(db: &Db, day: &CalendarDay) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO trading_calendar (date, source, kind, open_at, close_at, note) \
        VALUES ($1, 'operator', $2, $3, $4, $5) ON CONFLICT (date, source) DO UPDATE SET \
        kind = excluded.kind, open_at = excluded.open_at, close_at = excluded.close_at, note = excluded.note";
    write!(db, |pool| {
        sqlx::query(SQL)
            .bind(day.date)
            .bind(&day.kind)
            .bind(day.open_at.as_deref())
            .bind(day.close_at.as_deref())
            .bind(day.note.as_deref())
            .execute(pool)
            .await?;
    });
    Ok(())
}

/// The operator says nothing about a day any more. Whether there was anything.
pub async fn unset(db: &Db, date: Date) -> Result<bool, sqlx::Error> {
    const SQL: &str = "DELETE FROM trading_calendar WHERE source = 'operator' AND date = $1";
    let gone = write!(db, |pool| sqlx::query(SQL)
        .bind(date)
        .execute(pool)
        .await?
        .rows_affected());
    Ok(gone > 0)
}
