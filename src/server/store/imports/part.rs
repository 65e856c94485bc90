//! What is added to markets, in one transaction each.

use std::collections::HashSet;

use sqlx::QueryBuilder;
use time::{Date, OffsetDateTime};

use crate::{
    model::market::Source,
    server::store::{
        Db, Timestamp,
        daily_bars::{self, DatedBar, push_dated_bars},
        delistings::{self, Delisting, push_delistings},
        index_bars::{self, IndexBar, push_index_bars},
        instruments,
        quarantine::{self, Quarantined, push_quarantined},
        transaction,
    },
};

use super::{CURRENT, FINISH, ImportRow, ImportRun, ROWS_A_STATEMENT, START, count, insert_all};

/// What is imported beside markets: it is added to them, and never shown as one.
#[derive(Debug)]
pub struct Part<'a> {
    pub source: Source,
    /// The newest day in it.
    pub as_of: Date,
    pub digest: &'a str,
    pub file_name: Option<&'a str>,
    pub content: Content<'a>,
    pub quarantined: &'a [Quarantined],
}

#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Trading days of issues that are known.
    History(&'a [DatedBar]),
    Index(&'a [IndexBar]),
    /// Facts about issues that are known; others are left out.
    Master(&'a [instruments::MasterFacts]),
    Delistings(&'a [Delisting]),
}

impl Content<'_> {
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::History(_) => "history",
            Self::Index(_) => "index",
            Self::Master(_) => "master",
            Self::Delistings(_) => "delistings",
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::History(rows) => rows.len(),
            Self::Index(rows) => rows.len(),
            Self::Master(rows) => rows.len(),
            Self::Delistings(rows) => rows.len(),
        }
    }
}

/// What became of a [`Part`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartWritten {
    /// Just this was there already.
    Known,
    /// There is no real market that it could be added to.
    NoMarket,
    Written {
        /// Rows of issues that are known.
        rows: u64,
        /// Those of others, which were left out.
        unknown: u64,
    },
}

/// Writes the trading days of issues that are known; so many there were.
macro_rules! add_history {
    ($tx:ident, $bars:ident, $import_id:ident) => {{
        let known: Vec<String> = sqlx::query_scalar(instruments::CODES).fetch_all(&mut *$tx).await?;
        let known: HashSet<&str> = known.iter().map(String::as_str).collect();
        let bars: Vec<&DatedBar> = $bars.iter().filter(|bar| known.contains(bar.code.as_str())).collect();
        insert_all!(
            $tx,
            bars,
            daily_bars::INSERT,
            |insert, rows| push_dated_bars!(insert, rows.iter().copied(), $import_id),
            daily_bars::REPLACE
        );
        u64::try_from(bars.len()).unwrap_or_default()
    }};
}

/// Adds facts to their issue, if it is known: one row then.
macro_rules! add_facts {
    ($tx:ident, $issue:ident) => {
        sqlx::query(instruments::ADD_FACTS)
            .bind(&$issue.code)
            .bind($issue.name_full.as_deref())
            .bind($issue.name_en.as_deref())
            .bind($issue.industry.as_deref())
            .bind($issue.share_kind.as_deref())
            .bind($issue.par_value.as_deref())
            .bind($issue.listed_on)
            .bind($issue.facts.products.as_deref())
            .bind($issue.facts.region.as_deref())
            .bind($issue.facts.homepage.as_deref())
            .bind($issue.facts.secu_group.as_deref())
            .bind($issue.facts.settle_month.as_deref())
            .execute(&mut *$tx)
            .await?
            .rows_affected()
    };
}

/// Adds a part in one transaction.
pub async fn write_part(db: &Db, now: OffsetDateTime, part: &Part<'_>) -> Result<PartWritten, sqlx::Error> {
    const KNOWN: &str = "\
        SELECT count(*) FROM import_runs WHERE digest = $1 AND kind = $2 AND file_name IS NOT DISTINCT FROM $3 \
        AND status = 'finished'";
    let written = transaction!(db, |tx| {
        let import_id: i64 = sqlx::query_scalar(START)
            .bind(part.source.as_str())
            .bind(part.as_of)
            .bind(part.digest)
            .bind(part.file_name)
            .bind(count(part.content.len()))
            .bind(Timestamp(now))
            .bind(part.content.kind())
            .bind(count(part.quarantined.len()))
            .fetch_one(&mut *tx)
            .await?;
        let known: i64 = sqlx::query_scalar(KNOWN)
            .bind(part.digest)
            .bind(part.content.kind())
            .bind(part.file_name)
            .fetch_one(&mut *tx)
            .await?;
        if known > 0 {
            return Ok(PartWritten::Known);
        }
        let current: Option<ImportRow> = sqlx::query_as(CURRENT).fetch_optional(&mut *tx).await?;
        let current: Option<ImportRun> = current.map(TryInto::try_into).transpose()?;
        if current.is_none_or(|run| run.source.is_demo()) {
            return Ok(PartWritten::NoMarket);
        }
        let mut changed = 0;
        let mut unknown = 0;
        match part.content {
            Content::History(bars) => {
                let added = add_history!(tx, bars, import_id);
                changed += added;
                unknown += u64::try_from(bars.len()).unwrap_or_default().saturating_sub(added);
            }
            Content::Index(bars) => {
                insert_all!(
                    tx,
                    bars,
                    index_bars::INSERT,
                    |insert, rows| push_index_bars!(insert, rows, import_id),
                    index_bars::REPLACE
                );
                changed += u64::try_from(bars.len()).unwrap_or_default();
            }
            Content::Master(issues) => {
                for issue in issues {
                    let added = add_facts!(tx, issue);
                    changed += added;
                    unknown += u64::from(added == 0);
                }
            }
            Content::Delistings(gone) => {
                insert_all!(
                    tx,
                    gone,
                    delistings::INSERT,
                    |insert, rows| push_delistings!(insert, rows),
                    delistings::REPLACE
                );
                sqlx::query(delistings::MARK_ISSUES).execute(&mut *tx).await?;
                changed += u64::try_from(gone.len()).unwrap_or_default();
            }
        }
        insert_all!(
            tx,
            part.quarantined,
            quarantine::INSERT,
            |insert, rows| push_quarantined!(insert, rows, import_id),
            ""
        );
        sqlx::query(FINISH)
            .bind(Timestamp(now))
            .bind(import_id)
            .execute(&mut *tx)
            .await?;
        PartWritten::Written { rows: changed, unknown }
    });
    Ok(written)
}
