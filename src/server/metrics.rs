//! What is counted and measured, by the names that dashboards and alerts go by. Without
//! `METRICS_ADDR` nothing is recorded.

use std::{future::Future, sync::Arc, time::Duration};

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use time::OffsetDateTime;

use crate::server::{market::Snapshot, state::AppState};

/// By method, route and status.
pub const HTTP_REQUESTS: &str = "secondarymarket_http_requests_total";
/// From the first byte of the request's head to the answer's head, by method and route.
pub const HTTP_REQUEST_DURATION: &str = "secondarymarket_http_request_duration_seconds";
pub const HTTP_REQUESTS_IN_FLIGHT: &str = "secondarymarket_http_requests_in_flight";
/// Requests that hash, or wait for their turn to.
pub const PASSWORD_HASH_WAITING: &str = "secondarymarket_password_hash_waiting";
/// Turned away because they would have waited too long.
pub const PASSWORD_HASH_SHED: &str = "secondarymarket_password_hash_shed_total";
/// By result: see [`count_sign_in`].
pub const SIGN_INS: &str = "secondarymarket_sign_ins_total";
/// By result: see [`count_refresh`].
pub const REFRESHES: &str = "secondarymarket_refreshes_total";
/// By limit: login, signup, password.
pub const RATE_LIMITED: &str = "secondarymarket_rate_limited_total";
/// 1 when a market is loaded.
pub const MARKET_LOADED: &str = "secondarymarket_market_loaded";
/// The loaded market's day, as the instant of its midnight UTC.
pub const MARKET_AS_OF: &str = "secondarymarket_market_as_of_timestamp_seconds";
pub const MARKET_ISSUES: &str = "secondarymarket_market_issues";
/// Since this node loaded it.
pub const MARKET_SNAPSHOT_AGE: &str = "secondarymarket_market_snapshot_age_seconds";
/// Trading days that are over and not there yet; 0 for a made-up market.
pub const MARKET_DAYS_BEHIND: &str = "secondarymarket_market_days_behind";
/// By state: used, idle.
pub const DATABASE_CONNECTIONS: &str = "secondarymarket_database_connections";
pub const DATABASE_CONNECTIONS_MAX: &str = "secondarymarket_database_connections_max";
/// 1 when the database answers and takes writes, as `/readyz` sees it.
pub const DATABASE_UP: &str = "secondarymarket_database_up";
/// 1 on the node that runs what only one node may run.
pub const SCHEDULER_LEADER: &str = "secondarymarket_scheduler_leader";
/// How often in a row the source of market data had nothing or failed.
pub const SYNC_FAILURES: &str = "secondarymarket_sync_failures";
/// Always 1; its label is the version.
pub const BUILD_INFO: &str = "secondarymarket_build_info";

/// Every name of our own.
pub const NAMES: &[&str] = &[
    HTTP_REQUESTS,
    HTTP_REQUEST_DURATION,
    HTTP_REQUESTS_IN_FLIGHT,
    PASSWORD_HASH_WAITING,
    PASSWORD_HASH_SHED,
    SIGN_INS,
    REFRESHES,
    RATE_LIMITED,
    MARKET_LOADED,
    MARKET_AS_OF,
    MARKET_ISSUES,
    MARKET_SNAPSHOT_AGE,
    MARKET_DAYS_BEHIND,
    DATABASE_CONNECTIONS,
    DATABASE_CONNECTIONS_MAX,
    DATABASE_UP,
    SCHEDULER_LEADER,
    SYNC_FAILURES,
    BUILD_INFO,
];

/// Upper bounds in seconds: from a listing out of memory to a sign-in that had to wait.
const DURATION_BUCKETS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
/// How often the recorder tidies up when nobody scrapes it.
const UPKEEP: Duration = Duration::from_secs(5);

/// The recorder, once it is there.
#[derive(Clone)]
pub struct Exporter {
    recorded: PrometheusHandle,
    process: metrics_process::Collector,
    app: AppState,
}

impl Exporter {
    /// Begins to record. Once a process.
    ///
    /// # Errors
    /// When something else records already.
    pub fn install(app: AppState) -> Result<Self, BuildError> {
        let recorded = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(HTTP_REQUEST_DURATION.to_owned()), &DURATION_BUCKETS)?
            .install_recorder()?;
        let process = metrics_process::Collector::default();
        process.describe();
        describe();
        begin_at_zero();
        gauge!(BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1);
        Ok(Self { recorded, process, app })
    }

    /// `GET /metrics`, and nothing else.
    pub fn router(self) -> Router {
        Router::new().route("/metrics", get(scrape)).with_state(self)
    }

    /// Keeps what is recorded from growing while nobody asks for it.
    pub async fn keep_up(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.recorded.run_upkeep();
        }
    }
}

async fn scrape(State(exporter): State<Exporter>) -> impl IntoResponse {
    let app = &exporter.app;
    exporter.process.collect();
    observe_market(app.market.current().as_deref(), app.clock.now());
    observe_database(app).await;
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], exporter.recorded.render())
}

fn observe_market(snapshot: Option<&Snapshot>, now: OffsetDateTime) {
    gauge!(MARKET_LOADED).set(u32::from(snapshot.is_some()));
    if let Some(snapshot) = snapshot {
        gauge!(MARKET_AS_OF).set(seconds(snapshot.day().midnight().assume_utc().unix_timestamp()));
        gauge!(MARKET_ISSUES).set(count(snapshot.len()));
        gauge!(MARKET_SNAPSHOT_AGE).set(snapshot.age().as_secs_f64());
        gauge!(MARKET_DAYS_BEHIND).set(snapshot.shortcomings(now).days_behind);
    }
}

async fn observe_database(app: &AppState) {
    let healthy = app.health.check(&app.db, app.clock.now()).await.is_ok();
    gauge!(DATABASE_UP).set(u32::from(healthy));
    let connections = app.db.connections();
    gauge!(DATABASE_CONNECTIONS, "state" => "used").set(connections.used);
    gauge!(DATABASE_CONNECTIONS, "state" => "idle").set(connections.idle);
    gauge!(DATABASE_CONNECTIONS_MAX).set(connections.max);
}

/// Counts an attempt to sign in by its result: `success`, `invalid_credentials`, `locked`,
/// `deactivated`, `rate_limited`, `busy`, `error`.
pub fn count_sign_in(result: &'static str) {
    counter!(SIGN_INS, "result" => result).increment(1);
}

/// Counts a refresh by its result: `rotated`, `repeated` (once more within the grace), `reused` (a
/// stolen token), `deactivated`, `invalid`, `error`.
pub fn count_refresh(result: &'static str) {
    counter!(REFRESHES, "result" => result).increment(1);
}

/// Counts a request that a limit turned away.
pub fn count_rate_limited(limit: &'static str) {
    counter!(RATE_LIMITED, "limit" => limit).increment(1);
}

/// Counts a request that the hashing pool turned away.
pub fn count_shed() {
    counter!(PASSWORD_HASH_SHED).increment(1);
}

/// Counts an answered request.
pub fn count_request(method: &'static str, route: Arc<str>, status: u16, took: Duration) {
    histogram!(HTTP_REQUEST_DURATION, "method" => method, "route" => Arc::clone(&route)).record(took.as_secs_f64());
    counter!(HTTP_REQUESTS, "method" => method, "route" => route, "status" => status.to_string()).increment(1);
}

/// Says whether this node runs what only one may run.
pub fn set_leader(leads: bool) {
    gauge!(SCHEDULER_LEADER).set(u32::from(leads));
}

/// Says how often in a row the source failed.
pub fn set_sync_failures(failures: u32) {
    gauge!(SYNC_FAILURES).set(failures);
}

/// Adds one to a gauge for as long as `work` runs, however it ends.
pub async fn during<T>(name: &'static str, work: impl Future<Output = T>) -> T {
    struct One(&'static str);
    impl Drop for One {
        fn drop(&mut self) {
            gauge!(self.0).decrement(1);
        }
    }
    gauge!(name).increment(1);
    let _one = One(name);
    work.await
}

/// Alerts on a rate need the zero before the first event.
fn begin_at_zero() {
    for result in [
        "success",
        "invalid_credentials",
        "locked",
        "deactivated",
        "rate_limited",
        "busy",
        "error",
    ] {
        counter!(SIGN_INS, "result" => result).absolute(0);
    }
    for result in ["rotated", "repeated", "reused", "deactivated", "invalid", "error"] {
        counter!(REFRESHES, "result" => result).absolute(0);
    }
    for limit in ["login", "signup", "password"] {
        counter!(RATE_LIMITED, "limit" => limit).absolute(0);
    }
    counter!(PASSWORD_HASH_SHED).absolute(0);
    gauge!(PASSWORD_HASH_WAITING).set(0);
    gauge!(SCHEDULER_LEADER).set(0);
    gauge!(SYNC_FAILURES).set(0);
}

fn describe() {
    describe_counter!(HTTP_REQUESTS, "Answered requests");
    describe_histogram!(HTTP_REQUEST_DURATION, Unit::Seconds, "Time to the head of the answer");
    describe_gauge!(HTTP_REQUESTS_IN_FLIGHT, "Requests under way");
    describe_gauge!(
        PASSWORD_HASH_WAITING,
        "Requests that hash a password or wait for their turn"
    );
    describe_counter!(PASSWORD_HASH_SHED, "Requests turned away by the hashing pool");
    describe_counter!(SIGN_INS, "Attempts to sign in");
    describe_counter!(REFRESHES, "Refresh tokens handed in");
    describe_counter!(RATE_LIMITED, "Requests turned away by a limit");
    describe_gauge!(MARKET_LOADED, "Whether a market is loaded");
    describe_gauge!(MARKET_AS_OF, Unit::Seconds, "The day of the loaded market");
    describe_gauge!(MARKET_ISSUES, "Issues of the loaded market");
    describe_gauge!(MARKET_SNAPSHOT_AGE, Unit::Seconds, "Since this node loaded its market");
    describe_gauge!(MARKET_DAYS_BEHIND, "Trading days that the loaded market lacks");
    describe_gauge!(DATABASE_CONNECTIONS, "Connections to the database");
    describe_gauge!(DATABASE_CONNECTIONS_MAX, "The most connections there can be");
    describe_gauge!(DATABASE_UP, "Whether the database answers");
    describe_gauge!(SCHEDULER_LEADER, "Whether this node runs the schedules");
    describe_gauge!(SYNC_FAILURES, "Failures of the source in a row");
    describe_gauge!(BUILD_INFO, "The version that runs");
}

/// Exact up to 2^53.
#[expect(clippy::cast_precision_loss, reason = "neither instants nor counts come near 2^53")]
fn seconds(value: i64) -> f64 {
    value as f64
}

fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
