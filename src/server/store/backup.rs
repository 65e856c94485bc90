//! Copies of a SQLite database: whole and consistent while it is written to, and back again.
//! PostgreSQL has its own tools (docs/operations.md).

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::{Db, OpenError, health::is_busy, make_private, migrations};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("PostgreSQL is copied by its own tools: pg_dump and pg_restore; docs/operations.md shows how")]
    NotSqlite,
    #[error("{0}: is there already; name a file that is not")]
    Exists(PathBuf),
    #[error("{0}: is not there")]
    Missing(PathBuf),
    #[error("{file}: cannot be {action}: {source}")]
    File {
        file: PathBuf,
        action: &'static str,
        source: io::Error,
    },
    #[error("{file}: is no sound database: {fault}")]
    Unsound { file: PathBuf, fault: String },
    #[error(
        "{file}: was made by a newer program (migration {found}; this one knows {known}): take that one to restore it"
    )]
    Newer { file: PathBuf, found: i64, known: i64 },
    #[error("{0}: is open in another program: stop the server first")]
    InUse(PathBuf),
    #[error("the database cannot be copied: {0}")]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub bytes: u64,
    pub users: i64,
    pub imports: i64,
}

/// Writes the whole database into `file`, as it is at one moment, while others go on writing. The
/// copy is read and checked before it gets its name; its mode is 0600.
pub async fn backup(db: &Db, file: &Path) -> Result<Copied, BackupError> {
    let Db::Sqlite(sqlite) = db else {
        return Err(BackupError::NotSqlite);
    };
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let draft = Draft::beside(file)?;
    // Reads one moment of the database, in one piece and without gaps; an empty file is taken.
    sqlx::query("VACUUM INTO $1")
        .bind(draft.text()?)
        .execute(&sqlite.readers)
        .await?;
    let (copied, _) = checked(&draft.0).await?;
    draft.name(file)?;
    Ok(copied)
}

/// Puts a copy in the place of the database file of the settings. What was there is kept beside it,
/// under the name that is given back.
pub async fn restore(copy: &Path, database: &Path) -> Result<(Copied, Option<PathBuf>), BackupError> {
    if !copy.is_file() {
        return Err(BackupError::Missing(copy.to_owned()));
    }
    let log = with_end(copy, "-wal");
    if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return Err(BackupError::Unsound {
            file: copy.to_owned(),
            fault: "a write-ahead log that belongs to it lies beside it: take a copy that `backup` made".to_owned(),
        });
    }
    let (copied, found) = checked(copy).await?;
    let known = migrations::newest();
    if found > known {
        return Err(BackupError::Newer {
            file: copy.to_owned(),
            found,
            known,
        });
    }
    let kept = if database.exists() {
        settle(database).await?;
        Some(database.with_extension("before-restore.db"))
    } else {
        None
    };
    if let Some(kept) = kept.as_ref().filter(|kept| kept.exists()) {
        return Err(BackupError::Exists(kept.clone()));
    }
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder).map_err(fault(folder, "made"))?;
    }
    let draft = Draft::beside(database)?;
    // Not `fs::copy`, which would take the copy's mode along: others may read that.
    let mut target = OpenOptions::new()
        .write(true)
        .open(&draft.0)
        .map_err(fault(&draft.0, "written"))?;
    let mut source = File::open(copy).map_err(fault(copy, "read"))?;
    io::copy(&mut source, &mut target).map_err(fault(copy, "copied"))?;
    target.sync_all().map_err(fault(&draft.0, "written"))?;
    if let Some(kept) = &kept {
        // A log that a broken database left behind would be taken for the restored one's.
        for end in ["-wal", "-shm"] {
            let (from, to) = (with_end(database, end), with_end(kept, end));
            if from.exists() {
                std::fs::rename(&from, to).map_err(fault(&from, "renamed"))?;
            }
        }
        // Under both names until the new one takes its place: at no moment is there no database.
        std::fs::hard_link(database, kept)
            .or_else(|_| std::fs::rename(database, kept))
            .map_err(fault(database, "renamed"))?;
    }
    std::fs::rename(&draft.0, database).map_err(fault(database, "written"))?;
    sync_folder(database)?;
    Ok((copied, kept))
}

/// A file under another name until it is whole. Goes when it is dropped unnamed.
struct Draft(PathBuf);

impl Draft {
    fn beside(file: &Path) -> Result<Self, BackupError> {
        let draft = Self(with_end(file, &format!(".{}.part", std::process::id())));
        make_private(&draft.0)?;
        Ok(draft)
    }

    fn text(&self) -> Result<&str, BackupError> {
        self.0.to_str().ok_or_else(|| {
            fault(&self.0, "named")(io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8"))
        })
    }

    /// Gives it its name, durably, unless somebody else has taken the name meanwhile.
    fn name(self, file: &Path) -> Result<(), BackupError> {
        File::open(&self.0)
            .and_then(|draft| draft.sync_all())
            .map_err(fault(file, "written"))?;
        match std::fs::hard_link(&self.0, file) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(file.to_owned()));
            }
            // Not every file system has links.
            Err(_) => std::fs::rename(&self.0, file).map_err(fault(file, "written"))?,
        }
        sync_folder(file)
    }
}

/// A name is durable when its folder is.
fn sync_folder(file: &Path) -> Result<(), BackupError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(fault(folder, "written"))
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What SQLite leaves beside a database that was opened.
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(with_end(&self.0, end));
        }
    }
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn fault(file: &Path, action: &'static str) -> impl FnOnce(io::Error) -> BackupError {
    let file = file.to_owned();
    move |source| BackupError::File { file, action, source }
}

/// Reads all of a copy: its pages, its references. Gives the number of its newest migration, too.
async fn checked(file: &Path) -> Result<(Copied, i64), BackupError> {
    const COUNTS: &str = "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM import_runs)";
    let unsound = |fault: String| BackupError::Unsound {
        file: file.to_owned(),
        fault,
    };
    let broken = |error: sqlx::Error| unsound(error.to_string());
    // A copy is not to be touched, its folder neither.
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true);
    let mut copy = SqliteConnection::connect_with(&options).await.map_err(broken)?;
    let pages: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
        .fetch_one(&mut copy)
        .await
        .map_err(broken)?;
    if pages != "ok" {
        return Err(unsound(pages));
    }
    let dangling = sqlx::query("PRAGMA foreign_key_check")
        .fetch_optional(&mut copy)
        .await
        .map_err(broken)?;
    if dangling.is_some() {
        return Err(unsound("rows refer to rows that are not there".to_owned()));
    }
    let found: i64 = sqlx::query_scalar(migrations::FOUND)
        .fetch_one(&mut copy)
        .await
        .map_err(|_| unsound("it is no database of this program".to_owned()))?;
    let (users, imports) = sqlx::query_as(COUNTS).fetch_one(&mut copy).await.map_err(broken)?;
    copy.close().await.map_err(broken)?;
    let bytes = std::fs::metadata(file).map_err(fault(file, "read"))?.len();
    Ok((Copied { bytes, users, imports }, found))
}

/// Brings what is in the write-ahead log into the database file, so that the file is all of it.
/// Fails when another program has the database open.
async fn settle(database: &Path) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .busy_timeout(Duration::from_millis(500))
        .journal_mode(SqliteJournalMode::Delete);
    // Leaving WAL needs the database for oneself.
    match SqliteConnection::connect_with(&options).await {
        Ok(connection) => Ok(connection.close().await?),
        Err(error) if is_busy(&error) => Err(BackupError::InUse(database.to_owned())),
        // Not a database any more: it is what a copy is restored for.
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::server::store::testing::TestDb;

    #[tokio::test]
    async fn a_copy_is_whole_private_and_checked() {
        let test = TestDb::sqlite().await;
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        let copied = backup(&test.db, &copy).await.unwrap();
        assert_eq!((copied.users, copied.imports), (0, 0));
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing but the copy"
        );
        // Never over a file that is there.
        assert!(matches!(backup(&test.db, &copy).await, Err(BackupError::Exists(_))));
        test.clean_up().await;
    }

    #[tokio::test]
    async fn what_is_no_copy_is_refused_and_nothing_changes() {
        let test = TestDb::sqlite().await;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (copy, half, other, database) = (at("copy.db"), at("half.db"), at("text.db"), at("app.db"));
        backup(&test.db, &copy).await.unwrap();
        let bytes = std::fs::read(&copy).unwrap();
        std::fs::write(&half, bytes.get(..bytes.len() / 2).unwrap()).unwrap();
        std::fs::write(
            &other,
            "no database at all, but long enough to be looked at".repeat(100),
        )
        .unwrap();
        for bad in [
            &half,
            &other,
            &folder.path().join("nowhere.db"),
            &folder.path().to_owned(),
        ] {
            assert!(restore(bad, &database).await.is_err(), "{}", bad.display());
            assert!(!database.exists());
        }
        test.clean_up().await;
    }

    #[tokio::test]
    async fn a_database_that_is_open_is_not_replaced() {
        let test = TestDb::sqlite().await;
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        backup(&test.db, &copy).await.unwrap();
        let database = PathBuf::from(test.url.trim_start_matches("sqlite://"));
        assert!(matches!(restore(&copy, &database).await, Err(BackupError::InUse(_))));
        test.db.close().await;
        // Others may read the copy; nobody may read what becomes of it.
        std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o644)).unwrap();
        let log = folder.path().join("copy.db-wal");
        std::fs::write(&log, "a log").unwrap();
        assert!(matches!(
            restore(&copy, &database).await,
            Err(BackupError::Unsound { .. })
        ));
        std::fs::remove_file(&log).unwrap();
        let (_, kept) = restore(&copy, &database).await.unwrap();
        assert!(kept.unwrap().exists() && database.exists());
        assert_eq!(
            std::fs::metadata(&database).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(
            matches!(restore(&copy, &database).await, Err(BackupError::Exists(_))),
            "what was kept is not lost"
        );
        test.clean_up().await;
    }
}
