//! Every setting, read once and checked at the start: a wrong one stops the program with one line
//! that names it, its fault and what is accepted. Secrets are never printed.

mod limits;
mod market;
mod operator;
mod reader;
mod rules;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};

use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use time::Duration;
use url::Url;

use crate::{model::input::PasswordPolicy, server::telemetry::Traces};

pub use limits::{Quota, RateLimits};
pub use market::ListingsSource;
pub use operator::Operator;
pub use reader::Fault;
use reader::Reader;

const DEFAULT_LOG: &str = "info";
const DEBUG_LOG: &str = "info,secondarymarket=debug,security=debug";

/// All settings, valid.
#[derive(Debug, Clone)]
pub struct Config {
    /// May hold a password: exposed to the database driver only.
    pub database_url: SecretString,
    pub database_max_connections: u32,
    pub site_addr: SocketAddr,
    /// Where browsers reach the program. Its scheme decides about cookies and HSTS.
    pub public_url: Url,
    pub jwt_secret_key: Option<SecretString>,
    pub jwt_previous_secret_keys: Vec<SecretString>,
    pub access_token_lifetime: Duration,
    /// From sign-in, for devices that are remembered.
    pub refresh_token_lifetime: Duration,
    pub password_policy: PasswordPolicy,
    pub argon2: Argon2Settings,
    /// So many failed sign-ins lock an account, for clients that it does not know.
    pub max_login_attempts: u32,
    /// How long failures count, and how long a lock lasts.
    pub login_attempt_timeout: Duration,
    pub rate_limits: RateLimits,
    pub cors_origins: Vec<String>,
    /// Who runs the server, in the texts that users agree to.
    pub operator: Operator,
    pub trusted_proxies: Vec<IpNet>,
    pub listings_source: ListingsSource,
    /// Where `/metrics` answers, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    /// For how long attempts to sign in are kept.
    pub login_history_retention: Duration,
    /// How long requests under way may take after the program was told to stop.
    pub shutdown_timeout: std::time::Duration,
    /// Where traces are sent, if anywhere.
    pub otlp_traces: Option<Traces>,
    /// Where errors are reported, if anywhere. Holds a key.
    pub sentry_dsn: Option<SecretString>,
    pub log_format: LogFormat,
    /// Directives of `tracing`'s filter.
    pub log_filter: String,
}

/// The cost of one password hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Settings {
    pub memory_kib: u32,
    pub iterations: u32,
    pub parallelism: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// Reads `.env` in the working folder, over which the environment wins.
    ///
    /// # Errors
    /// Every fault at once.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_environment() -> Result<Self, Vec<Fault>> {
        let mut values = HashMap::new();
        match dotenvy::from_path_iter(".env") {
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok((name, value)) => {
                            values.insert(name, value);
                        }
                        // The error would quote the line, which may hold a secret.
                        Err(_) => {
                            return Err(vec![Fault {
                                variable: ".env",
                                fault: "a line cannot be read".to_owned(),
                                accepted: "lines of NAME=value, comments with #, values with spaces or # in quotes",
                            }]);
                        }
                    }
                }
            }
            Err(error) if error.not_found() => {}
            Err(_) => {
                return Err(vec![Fault {
                    variable: ".env",
                    fault: "the file cannot be read".to_owned(),
                    accepted: "a readable text file, or none",
                }]);
            }
        }
        values.extend(
            std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))),
        );
        Self::from_values(&|name| values.get(name).cloned())
    }

    /// Reads the settings from anywhere: `lookup` gives a variable's value.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn from_values(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        let site_addr = reader.parsed(
            "LEPTOS_SITE_ADDR",
            "an address and port such as 127.0.0.1:3000",
            SocketAddr::from(([127, 0, 0, 1], 3000)),
        );
        let argon2 = rules::argon2(&mut reader);
        let database_url = rules::database_url(&mut reader);
        let debug = reader.switch("DEBUG", false);
        let config = Self {
            database_url: database_url.clone(),
            database_max_connections: reader.number("DATABASE_MAX_CONNECTIONS", "1 to 1000", 10, 1, 1000),
            site_addr,
            public_url: rules::public_url(&mut reader, site_addr),
            jwt_secret_key: rules::jwt_secret_key(&mut reader, site_addr, &database_url),
            jwt_previous_secret_keys: rules::jwt_previous_secret_keys(&mut reader),
            access_token_lifetime: Duration::minutes(reader.number(
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES",
                "1 to 60",
                15,
                1,
                60,
            )),
            refresh_token_lifetime: Duration::days(reader.number(
                "JWT_REFRESH_TOKEN_EXPIRE_DAYS",
                "1 to 365",
                30,
                1,
                365,
            )),
            password_policy: PasswordPolicy {
                min_length: reader.number("PASSWORD_MIN_LENGTH", "4 to 128", 8, 4, PasswordPolicy::MAX_LENGTH),
                require_uppercase: reader.switch("PASSWORD_REQUIRE_UPPERCASE", true),
                require_lowercase: reader.switch("PASSWORD_REQUIRE_LOWERCASE", true),
                require_digit: reader.switch("PASSWORD_REQUIRE_DIGIT", true),
                require_special: reader.switch("PASSWORD_REQUIRE_SPECIAL", true),
            },
            argon2,
            max_login_attempts: reader.number("MAX_LOGIN_ATTEMPTS", "1 to 100", 5, 1, 100),
            login_attempt_timeout: Duration::minutes(reader.number(
                "LOGIN_ATTEMPT_TIMEOUT_MINUTES",
                "1 to 1440",
                15,
                1,
                1440,
            )),
            rate_limits: limits::rate_limits(&mut reader),
            cors_origins: rules::cors_origins(&mut reader),
            operator: operator::operator(&mut reader),
            trusted_proxies: reader.list(
                "TRUSTED_PROXIES",
                "addresses or CIDR ranges with commas between, such as 10.0.0.0/8",
                |item| {
                    item.parse::<IpNet>()
                        .ok()
                        .or_else(|| item.parse::<IpAddr>().ok().map(IpNet::from))
                },
            ),
            listings_source: market::listings_source(&mut reader),
            metrics_addr: rules::metrics_addr(&mut reader, site_addr),
            login_history_retention: Duration::days(reader.number("LOGIN_HISTORY_DAYS", "1 to 3650", 365, 1, 3650)),
            shutdown_timeout: std::time::Duration::from_secs(reader.number(
                "SHUTDOWN_TIMEOUT_SECONDS",
                "1 to 300",
                10,
                1,
                300,
            )),
            otlp_traces: rules::otlp_traces(&mut reader),
            sentry_dsn: rules::sentry_dsn(&mut reader),
            log_format: reader.choice("LOG_FORMAT", "text, json", LogFormat::Text, |value| match value {
                "text" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            }),
            log_filter: reader.choice(
                "RUST_LOG",
                "directives such as info or info,secondarymarket=debug",
                // `DEBUG` says more in the log; never in an answer.
                if debug { DEBUG_LOG } else { DEFAULT_LOG }.to_owned(),
                |value| {
                    tracing_subscriber::EnvFilter::try_new(value)
                        .ok()
                        .map(|_| value.to_owned())
                },
            ),
        };
        reader.choice("JWT_ALGORITHM", "HS256", (), |value| (value == "HS256").then_some(()));
        if reader.faults.is_empty() {
            Ok(config)
        } else {
            Err(reader.faults)
        }
    }

    /// Whether browsers reach the program by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Scheme, host and port as a browser's `Origin` header has them.
    #[must_use]
    pub fn public_origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// The SQLite file, when the database is one.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let url = self.database_url.expose_secret();
        let options = sqlx::sqlite::SqliteConnectOptions::from_str(url).ok()?;
        url.starts_with("sqlite:").then(|| options.get_filename().to_path_buf())
    }
}
