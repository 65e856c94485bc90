//! Bringing a day's market into the database: from a file, or from the demo generator.

use std::{fmt, fs::File, io::Read, path::Path};

use sha2::{Digest, Sha256};
use time::{Date, Duration, OffsetDateTime};

use crate::{
    model::market::{Board, FlagKind, Segment, Source},
    server::{
        market::{
            as_of, demo,
            sources::{self, Fault},
        },
        store::{
            Db,
            flags::Flag,
            imports::{self, Day, Existing, Row, Written},
            quarantine::Quarantined,
        },
    },
};

/// A whole market is one megabyte. Nothing near this is a listing.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most that a listing may lose, in percent of the current one.
const MAX_LOSS_PERCENT: i64 = 5;
/// Issues below which a few percent say nothing.
const SMALL_BOARD: i64 = 40;
/// Put-aside rows that a summary names one by one.
const NAMED: usize = 5;

/// What the operator says about an import.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// The trading day. Otherwise the data's own date counts, then the one in the file's name.
    pub as_of: Option<Date>,
    /// Import although many issues are gone.
    pub force: bool,
}

/// Why nothing was imported. One line, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the file is larger than {} MiB: this is no listing", MAX_BYTES / 1024 / 1024)]
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
    #[error(
        "{what} would lose too much: {before} issues are there now, {after} in the file; \
         if that is right, pass --force"
    )]
    SuddenLoss {
        /// The market, or a board.
        what: String,
        before: i64,
        after: i64,
    },
    #[error("the database failed, nothing was changed: {0}")]
    Database(#[from] sqlx::Error),
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSummary {
    pub source: Source,
    pub as_of: Date,
    /// Issues in the file, without those put aside.
    pub rows: usize,
    /// Issues on each board.
    pub boards: Vec<(Board, usize)>,
    /// Those of KOSDAQ in its GLOBAL segment.
    pub global: usize,
    /// Rows put aside because they contradict themselves.
    pub quarantined: Vec<Quarantined>,
    pub outcome: Outcome,
}

/// What became of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Just this was there already: nothing to do.
    AlreadyImported,
    Imported(Written),
}

/// Imports a file.
///
/// # Errors
/// When the file or its content is refused; the database is then as it was.
pub async fn import_file(
    db: &Db,
    now: OffsetDateTime,
    path: &Path,
    options: ImportOptions,
) -> Result<ImportSummary, ImportError> {
    let mut bytes = Vec::new();
    // One byte more than allowed shows that there is more.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len > MAX_BYTES) {
        return Err(ImportError::TooLarge);
    }
    let name = path.file_name().map(|name| name.to_string_lossy());
    import_bytes(db, now, &bytes, name.as_deref(), options).await
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
    options: ImportOptions,
) -> Result<ImportSummary, ImportError> {
    let parsed = sources::parse(bytes)?;
    let as_of = options
        .as_of
        .or(parsed.as_of)
        .or_else(|| file_name.and_then(as_of::date_in_name))
        .map(as_of::weekday_on_or_before)
        .ok_or(ImportError::NoDate)?;
    if as_of > as_of::seoul_date(now).saturating_add(Duration::DAY) {
        return Err(ImportError::Future(as_of));
    }
    let on = |board| move |row: &&Row| row.instrument.market == board;
    let boards = Board::ALL.map(|board| (board, parsed.rows.iter().filter(on(board)).count()));
    let is_global = |row: &&Row| row.instrument.segment == Some(Segment::Global);

    let digest = digest_of(bytes);
    let flags = flags_of(as_of, &parsed.rows);
    let day = Day {
        // Whose form it has does not make it come from there.
        source: Source::File,
        as_of,
        digest: &digest,
        file_name,
        rows: &parsed.rows,
        history: &[],
        indices: &[],
        flags: &flags,
        quarantined: &parsed.quarantined,
    };
    let written = imports::write_day(db, now, &day, |existing| allow(existing, &day, &boards, options.force)).await?;
    let outcome = match written {
        Ok(written) => Outcome::Imported(written),
        Err(Refusal::Known) => Outcome::AlreadyImported,
        Err(Refusal::Loss(error)) => return Err(error),
    };
    Ok(ImportSummary {
        source: day.source,
        as_of,
        rows: parsed.rows.len(),
        boards: boards.to_vec(),
        global: parsed.rows.iter().filter(is_global).count(),
        quarantined: parsed.quarantined,
        outcome,
    })
}

/// Fills a database that never had a market with the made-up one. Says whether it did.
///
/// # Errors
/// When the database fails.
pub async fn ensure_demo(db: &Db, now: OffsetDateTime) -> Result<bool, sqlx::Error> {
    if imports::current(db).await?.is_some() {
        return Ok(false);
    }
    let rows = demo::market();
    let digest = digest_of(b"demo");
    let as_of = as_of::last_weekday_before(now);
    let flags = flags_of(as_of, &rows);
    let day = Day {
        flags: &flags,
        ..Day::new(Source::Demo, as_of, &digest, &rows)
    };
    // Asked again inside, because another process may have been quicker.
    let written = imports::write_day(db, now, &day, |existing| match existing.current {
        Some(_) => Err(()),
        None => Ok(()),
    });
    Ok(written.await?.is_ok())
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

enum Refusal {
    /// The day was imported from the very same content.
    Known,
    Loss(ImportError),
}

fn allow(existing: &Existing, day: &Day<'_>, boards: &[(Board, usize)], force: bool) -> Result<(), Refusal> {
    if let Some(known) = &existing.same_day
        && known.digest == day.digest
    {
        return Err(Refusal::Known);
    }
    let Some(current) = existing.current.as_ref().filter(|run| !run.source.is_demo()) else {
        return Ok(());
    };
    if force {
        return Ok(());
    }
    let loss = |what: &str, before: i64, after: usize| {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let error = ImportError::SuddenLoss {
            what: what.to_owned(),
            before,
            after,
        };
        (after, Err(Refusal::Loss(error)))
    };
    let (after, refusal) = loss("the market", current.rows, day.rows.len());
    if after.saturating_mul(100) < current.rows.saturating_mul(100 - MAX_LOSS_PERCENT) {
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

fn digest_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

impl fmt::Display for ImportSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let boards: Vec<String> = self
            .boards
            .iter()
            .map(|(board, count)| match (board, self.global) {
                (Board::Kosdaq, 1..) => {
                    format!("{} {count} ({} GLOBAL)", board.as_str(), self.global)
                }
                _ => format!("{} {count}", board.as_str()),
            })
            .collect();
        write!(
            f,
            "{} issues of {} from source {}: {}",
            self.rows,
            self.as_of,
            self.source.as_str(),
            boards.join(", ")
        )?;
        match self.outcome {
            Outcome::AlreadyImported => write!(f, "\nalready imported: nothing to do")?,
            Outcome::Imported(written) => {
                if written.replaced_demo {
                    write!(f, "\nthe demo market was removed")?;
                }
                if written.replaced_day {
                    write!(f, "\nan earlier import of the same day was replaced")?;
                }
                if !written.is_current {
                    write!(f, "\na newer day is there: it stays the one that is shown")?;
                }
            }
        }
        if !self.quarantined.is_empty() {
            write!(f, "\n{} rows put aside:", self.quarantined.len())?;
            for row in self.quarantined.iter().take(NAMED) {
                write!(f, "\n  line {} ({}): {}", row.line, row.code, row.reason)?;
            }
            if self.quarantined.len() > NAMED {
                write!(f, "\n  and {} more", self.quarantined.len() - NAMED)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod tests;
