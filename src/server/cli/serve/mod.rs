//! `serve`: pages and API.

mod background;
mod connections;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use leptos::config::{Env, LeptosOptions, get_configuration};
use tokio::{net::TcpListener, sync::watch};
use tracing::{info, warn};

use super::{Failure, open, randomness};
use crate::server::{
    auth::Keys, clock::SystemClock, config::Config, metrics::Exporter, routes::router, site, state::AppState,
    telemetry::Telemetry,
};

/// How long the database may take to finish what it is at.
const CLOSE: Duration = Duration::from_secs(5);

pub async fn run(config: Config) -> Result<(), Failure> {
    let telemetry = Telemetry::start(&config).map_err(|error| Failure::Other(error.to_string()))?;
    let outcome = serve(config).await;
    // It waits for the last lines to leave.
    let _ = tokio::task::spawn_blocking(|| telemetry.stop()).await;
    outcome
}

async fn serve(config: Config) -> Result<(), Failure> {
    let random = randomness();
    let options = site_options(&config)?;
    // Before the database: a second server started by mistake changes nothing.
    let listener = listen(config.site_addr, "LEPTOS_SITE_ADDR").await?;
    let metrics_listener = match config.metrics_addr {
        Some(address) => Some(listen(address, "METRICS_ADDR").await?),
        None => None,
    };
    let db = open(&config).await?;
    let keys = Keys::load(&config, &*random)?;
    let public = config.public_origin();
    let shutdown_timeout = config.shutdown_timeout;
    let app = AppState::new(options, config, db, Arc::new(SystemClock), Arc::clone(&random), &keys)
        .map_err(|error| Failure::Other(error.to_string()))?;

    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        told_to_stop().await;
        info!("told to stop: requests under way are finished, new connections are not taken");
        let _ = stop.send(true);
    });
    // Before there is anything to record.
    let exporter = match &metrics_listener {
        Some(_) => Some(Exporter::install(app.clone()).map_err(|error| Failure::Other(error.to_string()))?),
        None => None,
    };
    let mut beside = background::start(&app, &random);
    if let (Some(listener), Some(exporter)) = (metrics_listener, exporter) {
        beside.spawn(exporter.clone().keep_up());
        beside.spawn(async move {
            if let Err(error) = axum::serve(listener, exporter.router()).await {
                warn!(%error, "metrics are not served any longer");
            }
        });
    }
    welcome(&public);
    info!(version = env!("CARGO_PKG_VERSION"), address = %app.config.site_addr, "started");

    let drained = connections::serve(listener, router(app.clone(), random), stopped.clone());
    let cut_off = async {
        until(stopped).await;
        tokio::time::sleep(shutdown_timeout).await;
    };
    tokio::select! {
        () = drained => {}
        () = cut_off => warn!(seconds = shutdown_timeout.as_secs(), "requests under way were cut off"),
    }
    beside.shutdown().await;
    // A statement that hangs does not keep the program.
    if tokio::time::timeout(CLOSE, app.db.close()).await.is_err() {
        warn!("the database did not let go in time");
    }
    info!("stopped");
    Ok(())
}

/// Until the program is told to stop.
async fn until(mut stopped: watch::Receiver<bool>) {
    // Who would say so is gone: the same.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn listen(address: SocketAddr, variable: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::Other(format!(
            "{address} cannot be listened on: {error}; {variable} names another address"
        ))
    })
}

/// Leptos' own settings: `Leptos.toml` and `LEPTOS_*`, with the checked address.
fn site_options(config: &Config) -> Result<LeptosOptions, Failure> {
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
    site::find(&mut options).ok_or_else(|| {
        Failure::Other(format!(
            "{}: the built site is not there; LEPTOS_SITE_ROOT names the folder that holds `{}`",
            options.site_root, options.site_pkg_dir
        ))
    })?;
    Ok(options)
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
