//! What a server does beside answering: it follows what other processes change, and one server of
//! those that share a database fetches market data and deletes what is over.

use std::{sync::Arc, time::Duration};

use time::OffsetDateTime;
use tokio::task::JoinSet;
use tracing::{debug, error, info, warn};

use crate::server::{
    config::ListingsSource,
    market::{
        self,
        calendar::Calendar,
        schedule::{self, Due},
        sync::{self, DaySynced, SharedSource, Sync},
    },
    metrics,
    random::{Randomness, SharedRandomness, bytes},
    state::AppState,
    store::{
        leadership::Leadership,
        notices::{Notice, Notices},
    },
};

/// How often the database is asked for a new import: behind its notices, or without them.
const MARKET_POLL: Duration = Duration::from_secs(3);
/// How often what is over is deleted.
const HOUSEKEEPING: Duration = Duration::from_mins(1);
/// How often a server that does not lead asks whether it may.
const SEEK: Duration = Duration::from_secs(5);
/// How long until the database is listened to again.
const LISTEN_AGAIN: Duration = Duration::from_secs(2);

/// Starts all of it; it ends with the set.
pub fn start(app: &AppState, random: &SharedRandomness) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(keep_market(app.clone()));
    tasks.spawn(follow(app.clone()));
    tasks.spawn(keep_memory(app.clone()));
    tasks.spawn(lead(app.clone(), server_offset(&**random)));
    tasks
}

/// Makes the demo market while there is none, and follows what is imported.
async fn keep_market(app: AppState) {
    let mut failing = false;
    let mut has_past = false;
    loop {
        let loaded = load_market(&app).await;
        let fails = loaded.is_err();
        match loaded {
            Ok(true) => info!("a market was loaded"),
            // One line when it begins, not one every few seconds.
            Err(error) if !failing => error!(%error, "the market cannot be loaded; the last one stays"),
            Ok(false) if failing => info!("the database answers again"),
            Ok(false) | Err(_) => {}
        }
        failing = fails;
        if !fails && !has_past {
            // The day is shown already; its past comes behind.
            match market::ensure_demo_history(&app.db, app.clock.now()).await {
                Ok(made) => {
                    has_past = true;
                    if made {
                        info!("the made-up market has its past");
                        // Its indices are shown at once.
                        continue;
                    }
                }
                Err(error) => {
                    error!(%error, "the past of the made-up market could not be written; it will be tried again");
                }
            }
        }
        // Told, or after a while: a notice may be lost.
        let _ = tokio::time::timeout(MARKET_POLL, app.market.told()).await;
    }
}

/// Whether another market than before is there now.
async fn load_market(app: &AppState) -> Result<bool, sqlx::Error> {
    if app.market.current().is_none() && matches!(app.config.listings_source, ListingsSource::Demo) {
        market::ensure_demo(&app.db, app.clock.now()).await?;
    }
    app.market.reload_if_changed(&app.db).await
}

/// Forgets at once what other processes changed. Behind it stands that nothing is believed for
/// longer than a moment.
async fn follow(app: AppState) {
    let mut failing = false;
    loop {
        match listen(&app, &mut failing).await {
            Ok(never) => match never {},
            Err(error) if !failing => {
                failing = true;
                warn!(%error, "notices of other servers do not come; the database is asked instead");
            }
            Err(_) => {}
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

async fn listen(app: &AppState, failing: &mut bool) -> sqlx::Result<std::convert::Infallible> {
    let mut notices = Notices::listen(&app.db).await?;
    if std::mem::take(failing) {
        info!("notices of other servers come again");
    }
    // What came before is not known.
    app.auth.forget_all();
    loop {
        match notices.next().await? {
            Notice::Session(id) => app.auth.forget_session(id),
            Notice::User(id) => app.auth.forget_user(id),
            Notice::Market => app.market.tell(),
            Notice::Missed => {
                warn!("notices of other servers were lost for a while; everything is looked up again");
                app.auth.forget_all();
                app.market.tell();
            }
        }
    }
}

async fn keep_memory(app: AppState) {
    loop {
        tokio::time::sleep(HOUSEKEEPING).await;
        app.auth.tidy_memory();
    }
}

/// Runs what only one server may run, whenever it is this one's turn.
async fn lead(app: AppState, offset: time::Duration) {
    let mut failing = false;
    loop {
        match Leadership::seek(&app.db).await {
            Ok(Some(mut leadership)) => {
                failing = false;
                info!("this server runs the schedules");
                metrics::set_leader(true);
                // Ends with this scope: another server may have begun already.
                let mut tasks = JoinSet::new();
                tasks.spawn(keep_house(app.clone()));
                tasks.spawn(keep_synced(app.clone(), offset));
                leadership.lost().await;
                metrics::set_leader(false);
                metrics::set_sync_failures(0);
                warn!("this server does not run the schedules any longer");
            }
            Ok(None) => failing = false,
            Err(error) if !failing => {
                failing = true;
                warn!(%error, "it cannot be told which server runs the schedules");
            }
            Err(_) => {}
        }
        tokio::time::sleep(SEEK).await;
    }
}

/// This server's own place within the time in which servers ask their source.
fn server_offset(random: &dyn Randomness) -> time::Duration {
    let [byte] = bytes(random).unwrap_or([0]);
    schedule::SPREAD * i32::from(byte) / 256
}

/// Asks the source after each trading day's close, and again with growing pauses when it fails.
async fn keep_synced(app: AppState, offset: time::Duration) {
    let mut failures = 0;
    metrics::set_sync_failures(failures);
    // A new one each time: what issues there are is asked anew, and calls are counted by the run.
    while let Some(source) = sync::source_of(&app.config, sync::MOST_CALLS) {
        let wait = match sync_once(&app, &source, offset).await {
            Ok(due) => {
                failures = 0;
                metrics::set_sync_failures(failures);
                due - app.clock.now()
            }
            Err(reason) => {
                failures += 1;
                metrics::set_sync_failures(failures);
                let pause: time::Duration = schedule::pause(failures) + offset / 10;
                warn!(%reason, source = source.source().as_str(), minutes = pause.whole_minutes(), "no new day; it will be asked for again");
                pause
            }
        };
        tokio::time::sleep(wait.try_into().unwrap_or(Duration::from_mins(1))).await;
    }
}

/// Brings in the day that is due, if one is, and says when the next will be.
async fn sync_once(app: &AppState, source: &SharedSource, offset: time::Duration) -> Result<OffsetDateTime, String> {
    let now = app.clock.now();
    let newest = market::newest_real_day(&app.db)
        .await
        .map_err(|error| error.to_string())?;
    let calendar = Calendar::load_all(&app.db).await.map_err(|error| error.to_string())?;
    let day = match schedule::due(now, &calendar, newest, offset) {
        Due::At(then) => return Ok(then),
        Due::Now(day) => day,
    };
    let sync = Sync {
        pauses: &[],
        ..Sync::new(&app.db, &*app.clock, Arc::clone(source))
    };
    match sync.day(day).await {
        Ok(DaySynced::Imported(summary)) => {
            info!(%summary, "a day was imported");
            Ok(app.clock.now() + time::Duration::MINUTE)
        }
        Ok(DaySynced::Nothing) => Err(format!("the source has nothing of {day} yet")),
        Err(error) => Err(error.to_string()),
    }
}

async fn keep_house(app: AppState) {
    loop {
        tokio::time::sleep(HOUSEKEEPING).await;
        match app.auth.tidy().await {
            Ok(0) => {}
            Ok(rows) => debug!(rows, "what is over was deleted"),
            Err(error) => error!(%error, "what is over could not be deleted; it will be tried again"),
        }
    }
}
