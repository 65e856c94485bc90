//! `serve`: pages and API.

use std::{io::IsTerminal as _, net::SocketAddr, sync::Arc, time::Duration};

use leptos::config::{Env, LeptosOptions, get_configuration};
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tracing::{error, info, warn};
use tracing_subscriber::EnvFilter;

use super::{Failure, open, randomness};
use crate::server::{
    auth::Keys,
    clock::SystemClock,
    config::{Config, ListingsSource, LogFormat},
    market::{
        self,
        calendar::Calendar,
        schedule::{self, Due},
        sync::{self, DaySynced, SharedSource, Sync},
    },
    random::{Randomness, bytes},
    routes::router,
    state::AppState,
};

/// How often the database is asked for a new import.
const MARKET_POLL: Duration = Duration::from_secs(3);
/// How often what is over is deleted.
const HOUSEKEEPING: Duration = Duration::from_mins(1);
/// How long requests under way may take after the program was told to stop.
const DRAIN: Duration = Duration::from_secs(10);

pub async fn run(config: Config) -> Result<(), Failure> {
    start_log(&config);
    let random = randomness();
    let db = open(&config).await?;
    let keys = Keys::load(&config, &*random)?;
    let address = config.site_addr;
    let public = config.public_origin();
    let options = site(&config)?;
    let app = AppState::new(options, config, db, Arc::new(SystemClock), Arc::clone(&random), &keys)
        .map_err(|error| Failure::Other(error.to_string()))?;

    let listener = TcpListener::bind(address).await.map_err(|error| {
        Failure::Other(format!(
            "{address} cannot be listened on: {error}; LEPTOS_SITE_ADDR names another address"
        ))
    })?;
    let market = tokio::spawn(keep_market(app.clone()));
    let housekeeping = tokio::spawn(keep_house(app.clone()));
    let is_fetched = sync::source_of(&app.config, 0).is_some();
    let syncing = is_fetched.then(|| tokio::spawn(keep_synced(app.clone(), server_offset(&*random))));
    welcome(&public);

    let service = router(app.clone(), random).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(told_to_stop());
    let outcome = tokio::select! {
        ended = server => ended,
        () = async { told_to_stop().await; tokio::time::sleep(DRAIN).await } => {
            info!("requests under way were cut off");
            Ok(())
        }
    };
    market.abort();
    housekeeping.abort();
    if let Some(syncing) = syncing {
        syncing.abort();
    }
    app.db.close().await;
    info!("stopped");
    outcome.map_err(|error| Failure::Other(error.to_string()))
}

/// Leptos' own settings: `Leptos.toml` and `LEPTOS_*`, with the checked address.
fn site(config: &Config) -> Result<LeptosOptions, Failure> {
    const FILE: &str = "Leptos.toml";
    let file = std::path::Path::new(FILE).exists().then_some(FILE);
    let mut options = get_configuration(file)
        .map_err(|error| Failure::Other(format!("{FILE}: {error}")))?
        .leptos_options;
    if file.is_none() {
        // Leptos' own defaults are for development, and have no name for the files.
        options.env = Env::PROD;
        if options.output_name.is_empty() {
            options.output_name = env!("CARGO_PKG_NAME").into();
        }
    }
    options.site_addr = config.site_addr;
    Ok(options)
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
        tokio::time::sleep(MARKET_POLL).await;
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
    // A new one each time: what issues there are is asked anew, and calls are counted by the run.
    while let Some(source) = sync::source_of(&app.config, sync::MOST_CALLS) {
        let wait = match sync_once(&app, &source, offset).await {
            Ok(due) => {
                failures = 0;
                due - app.clock.now()
            }
            Err(reason) => {
                failures += 1;
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
        if let Err(error) = app.auth.tidy().await {
            error!(%error, "what is over could not be deleted; it will be tried again");
        }
    }
}

/// Whether another market than before is there now.
async fn load_market(app: &AppState) -> Result<bool, sqlx::Error> {
    if app.market.current().is_none() && matches!(app.config.listings_source, ListingsSource::Demo) {
        market::ensure_demo(&app.db, app.clock.now()).await?;
    }
    app.market.reload_if_changed(&app.db).await
}

fn start_log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

fn welcome(public: &str) {
    println!("secondarymarket is at {public}");
    println!("  sign up        {public}/signup");
    println!("  API            {public}/api/docs/");
    println!("  own listings   secondarymarket import FILE");
}

/// Ctrl-C, or what a supervisor sends.
async fn told_to_stop() {
    let interrupt = async {
        // Without a handler the program would end at once, which is what was asked for.
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
