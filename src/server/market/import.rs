//! Bringing market data into the database: from files, from sources, or from the demo generator.

mod made_up;
mod subject;
mod summary;

use std::{borrow::Cow, collections::HashMap, fs::File, io::Read, path::Path};

use time::{Date, Duration, OffsetDateTime};

use crate::{
    model::market::{Board, FlagKind, Segment, Source},
    server::{
        market::{
            as_of, digest_of,
            sources::{self, Content, Fault, Parsed},
        },
        store::{
            Db,
            flags::Flag,
            imports::{self, Day, Existing, Part, PartWritten, Row},
            instruments,
            quarantine::Quarantined,
            refusals::{self, Refusal},
        },
    },
};

pub use made_up::{ensure_demo, ensure_demo_history, ensure_demo_of, newest_made_up_day};
pub use summary::{ImportSummary, Imported, Outcome};

/// A day's market is half a megabyte, a year of all issues some seventy.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// The most that a listing may lose, in percent of the current one.
const MAX_LOSS_PERCENT: i64 = 5;
/// How far apart two days may be to have much the same issues.
const COMPARABLE: Duration = Duration::days(60);
/// Issues below which a few percent say nothing.
const SMALL_BOARD: i64 = 40;

/// What the operator says about an import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The trading day. Otherwise the data's own date counts, then the one in the file's name.
    pub as_of: Option<Date>,
    /// Whose history it is, where the data do not say: an issue's code or ISIN, or an index.
    /// Otherwise the file's name may tell.
    pub subject: Option<String>,
    /// Import although many issues are gone.
    pub force: bool,
}

/// Why nothing was imported. One line, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the file is larger than {} MiB: this is no market data file", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(
        "the file does not say which trading day it is of: neither its rows nor its name hold \
         (one) date; pass --as-of YYYY-MM-DD"
    )]
    NoDate,
    #[error("the trading day {0} is in the future")]
    Future(Date),
    #[error("{0:?} is no issue that is known, and no index; pass --of with a code such as 005930, or KOSPI or KOSDAQ")]
    UnknownSubject(String),
    #[error(
        "{what} would lose too much: {before} issues are there on {day}, {after} in what came; \
         if that is right, pass --force"
    )]
    SuddenLoss {
        /// The market, or a board.
        what: String,
        /// What it was compared with.
        day: Date,
        before: i64,
        after: i64,
    },
    #[error(
        "there is no market yet that {0} could be added to: import a day's listing first (the demo market does not count)"
    )]
    NoMarket(&'static str),
    #[error("the database failed, nothing was changed: {0}")]
    Database(#[from] sqlx::Error),
}

/// Where what is imported was found.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub source: Source,
    /// SHA-256 of what it was read from, in hexadecimal digits.
    pub digest: &'a str,
    pub file_name: Option<&'a str>,
}

/// Imports a file. What is refused is noted, so that an operator finds it later.
///
/// # Errors
/// When the file or its content is refused; the database is then as it was.
pub async fn import_file(
    db: &Db,
    now: OffsetDateTime,
    path: &Path,
    options: &ImportOptions,
) -> Result<ImportSummary, ImportError> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let imported = match read_file(path) {
        Ok(bytes) => import_bytes(db, now, &bytes, name.as_deref(), options).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &imported {
        let reason = error.to_string();
        let refusal = Refusal {
            source: Source::File,
            as_of: options.as_of,
            file_name: name.as_deref(),
            reason: &reason,
        };
        // The reason is on its way to the operator already.
        let _ = refusals::record(db, now, &refusal).await;
    }
    imported
}

fn read_file(path: &Path) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    // One byte more than allowed shows that there is more.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len > MAX_BYTES) {
        return Err(ImportError::TooLarge);
    }
    Ok(bytes)
}

/// Imports what a file with this name holds.
///
/// # Errors
/// See [`import_file`].
pub async fn import_bytes(
    db: &Db,
    now: OffsetDateTime,
    bytes: &[u8],
    file_name: Option<&str>,
    options: &ImportOptions,
) -> Result<ImportSummary, ImportError> {
    let subject = subject::of(db, options.subject.as_deref(), file_name).await?;
    let parsed = sources::parse(bytes, subject.as_deref())?;
    let digest = digest_of(bytes);
    let origin = Origin {
        // Whose form it has does not make it come from there.
        source: Source::File,
        digest: &digest,
        file_name,
    };
    import_parsed(db, now, origin, parsed, options).await
}

/// Imports what was read already.
///
/// # Errors
/// When it is refused; the database is then as it was.
pub async fn import_parsed(
    db: &Db,
    now: OffsetDateTime,
    origin: Origin<'_>,
    parsed: Parsed,
    options: &ImportOptions,
) -> Result<ImportSummary, ImportError> {
    let Parsed {
        as_of,
        content,
        quarantined,
    } = parsed;
    let today = as_of::seoul_date(now);
    let part = match &content {
        Content::Market {
            rows,
            isins_are_derived,
        } => {
            let as_of = options
                .as_of
                .or(as_of)
                .or_else(|| origin.file_name.and_then(as_of::date_in_name))
                .map(as_of::weekday_on_or_before)
                .ok_or(ImportError::NoDate)?;
            check_day(as_of, today)?;
            let rows = if *isins_are_derived {
                Cow::Owned(with_known_isins(db, rows.clone()).await?)
            } else {
                Cow::Borrowed(rows.as_slice())
            };
            return market(db, now, origin, as_of, &rows, quarantined, options.force).await;
        }
        Content::History(bars) => (imports::Content::History(bars), "trading days of issues"),
        Content::Index(bars) => (imports::Content::Index(bars), "trading days of indices"),
        Content::Master(facts) => (imports::Content::Master(facts), "descriptions of issues"),
        Content::Delistings(gone) => (imports::Content::Delistings(gone), "delistings"),
    };
    let as_of = as_of.unwrap_or(today);
    check_day(as_of, today)?;
    add(db, now, origin, as_of, part, quarantined).await
}

/// Adds what is never shown as a market: histories, indices, facts, delistings.
async fn add(
    db: &Db,
    now: OffsetDateTime,
    origin: Origin<'_>,
    as_of: Date,
    (content, what): (imports::Content<'_>, &'static str),
    quarantined: Vec<Quarantined>,
) -> Result<ImportSummary, ImportError> {
    let part = Part {
        source: origin.source,
        as_of,
        digest: origin.digest,
        file_name: origin.file_name,
        content,
        quarantined: &quarantined,
    };
    let outcome = match imports::write_part(db, now, &part).await? {
        PartWritten::Known => Outcome::AlreadyImported,
        PartWritten::NoMarket => return Err(ImportError::NoMarket(what)),
        PartWritten::Written { rows, unknown } => Outcome::Added { rows, unknown },
    };
    Ok(ImportSummary {
        source: origin.source,
        as_of,
        rows: content.len(),
        content: Imported::Part(what),
        quarantined,
        outcome,
    })
}

fn check_day(as_of: Date, today: Date) -> Result<(), ImportError> {
    if as_of > today.saturating_add(Duration::DAY) {
        return Err(ImportError::Future(as_of));
    }
    Ok(())
}

/// What an earlier import knew for sure counts before what a code tells.
async fn with_known_isins(db: &Db, mut rows: Vec<Row>) -> Result<Vec<Row>, ImportError> {
    let known: HashMap<String, String> = instruments::all(db)
        .await?
        .into_iter()
        .map(|issue| (issue.code, issue.isin))
        .collect();
    for row in &mut rows {
        if let Some(isin) = known.get(&row.instrument.code) {
            row.instrument.isin.clone_from(isin);
        }
    }
    Ok(rows)
}

async fn market(
    db: &Db,
    now: OffsetDateTime,
    origin: Origin<'_>,
    as_of: Date,
    rows: &[Row],
    quarantined: Vec<Quarantined>,
    force: bool,
) -> Result<ImportSummary, ImportError> {
    let on = |board| move |row: &&Row| row.instrument.market == board;
    let boards = Board::ALL.map(|board| (board, rows.iter().filter(on(board)).count()));
    let is_global = |row: &&Row| row.instrument.segment == Some(Segment::Global);
    let flags = flags_of(as_of, rows);
    let day = Day {
        file_name: origin.file_name,
        flags: &flags,
        quarantined: &quarantined,
        ..Day::new(origin.source, as_of, origin.digest, rows)
    };
    let written = imports::write_day(db, now, &day, |existing| allow(existing, &day, &boards, force)).await?;
    let outcome = match written {
        Ok(written) => Outcome::Imported(written),
        Err(Refused::Known) => Outcome::AlreadyImported,
        Err(Refused::Loss(error)) => return Err(error),
    };
    Ok(ImportSummary {
        source: origin.source,
        as_of,
        rows: rows.len(),
        content: Imported::Market {
            boards: boards.to_vec(),
            global: rows.iter().filter(is_global).count(),
        },
        quarantined,
        outcome,
    })
}

/// What the rows of a day tell about their issues.
fn flags_of(day: Date, rows: &[Row]) -> Vec<Flag> {
    let flag = |row: &Row, kind, reason: Option<&str>| Flag {
        code: row.instrument.code.clone(),
        kind,
        valid_from: day,
        valid_to: None,
        reason: reason.map(str::to_owned),
    };
    let mut flags = Vec::new();
    for row in rows {
        if let Some(dept) = row.instrument.dept.as_deref()
            && let Some(kind) = FlagKind::of_dept(dept)
        {
            flags.push(flag(row, kind, Some(dept)));
        }
        if row.bar.is_halted() {
            flags.push(flag(row, FlagKind::Halted, None));
        }
    }
    flags
}

enum Refused {
    /// The day was imported from the very same content.
    Known,
    Loss(ImportError),
}

fn allow(existing: &Existing, day: &Day<'_>, boards: &[(Board, usize)], force: bool) -> Result<(), Refused> {
    if let Some(known) = &existing.same_day
        && known.digest == day.digest
    {
        return Err(Refused::Known);
    }
    let Some(nearest) = existing.nearest.as_ref().filter(|run| !run.source.is_demo()) else {
        return Ok(());
    };
    // What is shown is always compared; days far apart have other issues.
    let is_shown = existing.current.as_ref().is_none_or(|run| run.as_of <= day.as_of);
    if force || (!is_shown && (nearest.as_of - day.as_of).abs() > COMPARABLE) {
        return Ok(());
    }
    let loss = |what: &str, before: i64, after: usize| {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let error = ImportError::SuddenLoss {
            what: what.to_owned(),
            day: nearest.as_of,
            before,
            after,
        };
        (after, Err(Refused::Loss(error)))
    };
    let (after, refusal) = loss("the market", nearest.rows, day.rows.len());
    if after.saturating_mul(100) < nearest.rows.saturating_mul(100 - MAX_LOSS_PERCENT) {
        return refusal;
    }
    // A small board can vanish within those few percent. Of a tiny one a single issue is more.
    for &(board, before) in &existing.boards {
        let in_file = boards.iter().find(|(of, _)| *of == board);
        let (after, refusal) = loss(board.as_str(), before, in_file.map_or(0, |(_, n)| *n));
        let lost_much = after.saturating_mul(100) < before.saturating_mul(100 - MAX_LOSS_PERCENT);
        if after == 0 || (lost_much && before >= SMALL_BOARD) {
            return refusal;
        }
    }
    Ok(())
}

#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod made_up_tests;
#[cfg(test)]
mod tests;
