//! Every setting, read once and checked at the start: a wrong one stops the program with one line
//! that names it, its fault and what is accepted. Secrets are never printed.

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

use crate::model::input::PasswordPolicy;

/// The fewest bytes of `JWT_SECRET_KEY`: HS256 needs a key as long as its hash.
const MIN_SECRET_BYTES: usize = 32;

/// All settings, valid.
#[derive(Debug, Clone)]
pub struct Config {
    /// May hold a password: exposed to the database driver only.
    pub database_url: SecretString,
    pub database_max_connections: u32,
    pub site_addr: SocketAddr,
    /// Where browsers reach the program. Its scheme decides about cookies and HSTS.
    pub public_url: Url,
    /// Shows more of a fault to developers in the log; never in an answer.
    pub debug: bool,
    pub jwt_secret_key: Option<SecretString>,
    pub jwt_previous_secret_keys: Vec<SecretString>,
    pub access_token_lifetime: Duration,
    /// From sign-in, for devices that are remembered.
    pub refresh_token_lifetime: Duration,
    pub password_policy: PasswordPolicy,
    pub argon2: Argon2Settings,
    pub cors_origins: Vec<String>,
    pub trusted_proxies: Vec<IpNet>,
    pub listings_source: ListingsSource,
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

/// Where listings come from when nothing has been imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingsSource {
    /// A generated market, marked as such.
    Demo,
    /// Only what the operator imports.
    File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {fault}; accepted: {accepted}")]
pub struct Fault {
    pub variable: &'static str,
    pub fault: String,
    pub accepted: &'static str,
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
        values.extend(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }));
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
        let argon2 = argon2(&mut reader);
        let config = Self {
            database_url: database_url(&mut reader),
            database_max_connections: reader.number("DATABASE_MAX_CONNECTIONS", "1 to 1000", 10, 1, 1000),
            site_addr,
            public_url: public_url(&mut reader, site_addr),
            debug: reader.switch("DEBUG", false),
            jwt_secret_key: jwt_secret_key(&mut reader, site_addr),
            jwt_previous_secret_keys: jwt_previous_secret_keys(&mut reader),
            access_token_lifetime: Duration::minutes(reader.number(
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "1 to 60", 15, 1, 60,
            )),
            refresh_token_lifetime: Duration::days(reader.number(
                "JWT_REFRESH_TOKEN_EXPIRE_DAYS", "1 to 365", 30, 1, 365,
            )),
            password_policy: PasswordPolicy {
                min_length: reader.number("PASSWORD_MIN_LENGTH", "4 to 128", 8, 4, PasswordPolicy::MAX_LENGTH),
                require_uppercase: reader.switch("PASSWORD_REQUIRE_UPPERCASE", true),
                require_lowercase: reader.switch("PASSWORD_REQUIRE_LOWERCASE", true),
                require_digit: reader.switch("PASSWORD_REQUIRE_DIGIT", true),
                require_special: reader.switch("PASSWORD_REQUIRE_SPECIAL", true),
            },
            argon2,
            cors_origins: cors_origins(&mut reader),
            trusted_proxies: reader.list("TRUSTED_PROXIES", "addresses or CIDR ranges with commas between, such as 10.0.0.0/8", |item| {
                item.parse::<IpNet>().ok().or_else(|| item.parse::<IpAddr>().ok().map(IpNet::from))
            }),
            listings_source: reader.choice("LISTINGS_SOURCE", "demo, file", ListingsSource::Demo, |value| match value {
                "demo" => Some(ListingsSource::Demo),
                "file" => Some(ListingsSource::File),
                _ => None,
            }),
            log_format: reader.choice("LOG_FORMAT", "text, json", LogFormat::Text, |value| match value {
                "text" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            }),
            log_filter: reader.choice("RUST_LOG", "directives such as info or info,secondarymarket=debug", "info".to_owned(), |value| {
                tracing_subscriber::EnvFilter::try_new(value).ok().map(|_| value.to_owned())
            }),
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

/// Reads values and gathers faults, so that an operator sees all of them at the first try.
struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// The trimmed value; an empty one counts as unset, as in `.env.example`.
    fn value(&self, variable: &str) -> Option<String> {
        let value = (self.lookup)(variable)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    }

    fn fault(&mut self, variable: &'static str, fault: impl Into<String>, accepted: &'static str) {
        self.faults.push(Fault {
            variable,
            fault: fault.into(),
            accepted,
        });
    }

    /// A value that `parse` understands; anything else is a fault that quotes it.
    fn choice<T>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        default: T,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        let Some(value) = self.value(variable) else {
            return default;
        };
        parse(&value).unwrap_or_else(|| {
            self.fault(variable, format!("`{value}` is not understood"), accepted);
            default
        })
    }

    fn parsed<T: FromStr>(&mut self, variable: &'static str, accepted: &'static str, default: T) -> T {
        self.choice(variable, accepted, default, |value| value.parse().ok())
    }

    fn number<T: FromStr + PartialOrd + Copy>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        default: T,
        min: T,
        max: T,
    ) -> T {
        self.choice(variable, accepted, default, |value| {
            value.parse().ok().filter(|n| (min..=max).contains(n))
        })
    }

    fn switch(&mut self, variable: &'static str, default: bool) -> bool {
        self.choice(variable, "true, false, 1, 0, yes, no, on, off", default, |value| {
            match value.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            }
        })
    }

    fn list<T>(
        &mut self,
        variable: &'static str,
        accepted: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let value = self.value(variable).unwrap_or_default();
        let mut items = Vec::new();
        for item in value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            match parse(item) {
                Some(parsed) => items.push(parsed),
                None => self.fault(variable, format!("`{item}` is not understood"), accepted),
            }
        }
        items
    }
}

fn database_url(reader: &mut Reader) -> SecretString {
    const ACCEPTED: &str = "sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE";
    let url = reader
        .value("DATABASE_URL")
        .unwrap_or_else(|| "sqlite://data/secondarymarket.db".to_owned());
    let fault = match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => match sqlx::sqlite::SqliteConnectOptions::from_str(&url) {
            Ok(options) if options.get_filename().as_os_str().is_empty() || url.contains(":memory:") => {
                Some("names no file")
            }
            Ok(_) => None,
            Err(_) => Some("is no SQLite address"),
        },
        Some("postgres" | "postgresql") => sqlx::postgres::PgConnectOptions::from_str(&url)
            .err()
            .map(|_| "is no PostgreSQL address"),
        _ => Some("names no known database"),
    };
    if let Some(fault) = fault {
        reader.fault("DATABASE_URL", fault, ACCEPTED);
    }
    SecretString::from(url)
}

fn public_url(reader: &mut Reader, site_addr: SocketAddr) -> Url {
    const ACCEPTED: &str = "https://HOST, or http://HOST with a loopback host, without a path";
    let default = Url::parse(&format!("http://{site_addr}"));
    let Some(value) = reader.value("PUBLIC_URL") else {
        if !site_addr.ip().is_loopback() {
            reader.fault("PUBLIC_URL", "is not set, but the server is reachable from other machines", ACCEPTED);
        }
        return default.unwrap_or_else(|_| loopback_url());
    };
    let fault = match Url::parse(&value) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => "has another scheme",
        Ok(url) if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => "has a path",
        Ok(url) if !url.username().is_empty() || url.password().is_some() => "names a user",
        Ok(url) if url.scheme() == "http" && !is_loopback(&url) => "is http on a public host",
        Ok(url) => return url,
        Err(_) => "is no URL",
    };
    reader.fault("PUBLIC_URL", fault, ACCEPTED);
    default.unwrap_or_else(|_| loopback_url())
}

/// What stands in until the faults are reported.
fn loopback_url() -> Url {
    #[expect(clippy::expect_used, reason = "a constant that a test parses")]
    Url::parse("http://127.0.0.1:3000").expect("constant")
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

const SECRET_ACCEPTED: &str = "at least 32 bytes of randomness, for example from `openssl rand -base64 48`";

fn jwt_secret_key(reader: &mut Reader, site_addr: SocketAddr) -> Option<SecretString> {
    let Some(secret) = reader.value("JWT_SECRET_KEY") else {
        if !site_addr.ip().is_loopback() {
            reader.fault("JWT_SECRET_KEY", "is not set, but the server is reachable from other machines", SECRET_ACCEPTED);
        }
        return None;
    };
    if secret.len() < MIN_SECRET_BYTES {
        reader.fault("JWT_SECRET_KEY", format!("has only {} bytes", secret.len()), SECRET_ACCEPTED);
    }
    Some(SecretString::from(secret))
}

fn jwt_previous_secret_keys(reader: &mut Reader) -> Vec<SecretString> {
    let value = reader.value("JWT_PREVIOUS_SECRET_KEYS").unwrap_or_default();
    let mut keys = Vec::new();
    for secret in value.split(',').map(str::trim).filter(|s| !s.is_empty()) {
        if secret.len() < MIN_SECRET_BYTES {
            reader.fault("JWT_PREVIOUS_SECRET_KEYS", format!("one has only {} bytes", secret.len()), SECRET_ACCEPTED);
        }
        keys.push(SecretString::from(secret.to_owned()));
    }
    keys
}

fn argon2(reader: &mut Reader) -> Argon2Settings {
    let settings = Argon2Settings {
        memory_kib: reader.number("ARGON2_MEMORY_KIB", "64 to 4194304", 19_456, 64, 4_194_304),
        iterations: reader.number("ARGON2_ITERATIONS", "1 to 100", 2, 1, 100),
        parallelism: reader.number("ARGON2_PARALLELISM", "1 to 8", 1, 1, 8),
    };
    if argon2::Params::new(settings.memory_kib, settings.iterations, settings.parallelism, None).is_err() {
        reader.fault("ARGON2_MEMORY_KIB", "is too little for ARGON2_PARALLELISM", "8 KiB or more for each lane");
    }
    settings
}

fn cors_origins(reader: &mut Reader) -> Vec<String> {
    reader.list(
        "CORS_ORIGINS",
        "origins such as https://app.example.com with commas between; `*` is refused",
        |item| {
            let url = Url::parse(item).ok()?;
            let origin = url.origin();
            let is_origin = matches!(url.scheme(), "http" | "https")
                && origin.ascii_serialization() == item.trim_end_matches('/').to_ascii_lowercase();
            is_origin.then(|| origin.ascii_serialization())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(values: &[(&str, &str)]) -> Result<Config, Vec<Fault>> {
        Config::from_values(&|name| {
            values.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned())
        })
    }

    #[test]
    fn starts_without_any_setting() {
        let config = config(&[]).unwrap();
        assert_eq!(config.public_origin(), "http://127.0.0.1:3000");
        assert_eq!(config.sqlite_file().unwrap(), PathBuf::from("data/secondarymarket.db"));
        assert_eq!(config.access_token_lifetime, Duration::minutes(15));
        assert!(config.trusted_proxies.is_empty());
        assert!(!config.is_https());
    }

    #[test]
    fn empty_means_unset() {
        assert!(config(&[("JWT_SECRET_KEY", ""), ("PUBLIC_URL", "  ")]).is_ok());
    }

    #[test]
    fn every_wrong_value_is_named_with_what_is_accepted() {
        for (variable, value) in [
            ("DATABASE_URL", "mysql://x/y"),
            ("DATABASE_URL", "sqlite::memory:"),
            ("DATABASE_MAX_CONNECTIONS", "0"),
            ("DEBUG", "maybe"),
            ("PUBLIC_URL", "http://example.com"),
            ("PUBLIC_URL", "https://example.com/app"),
            ("PUBLIC_URL", "nonsense"),
            ("JWT_SECRET_KEY", "short"),
            ("JWT_PREVIOUS_SECRET_KEYS", "short"),
            ("JWT_ALGORITHM", "none"),
            ("JWT_ALGORITHM", "RS256"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "61"),
            ("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "0"),
            ("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "-1"),
            ("PASSWORD_MIN_LENGTH", "eight"),
            ("PASSWORD_REQUIRE_DIGIT", "2"),
            ("ARGON2_MEMORY_KIB", "1"),
            ("CORS_ORIGINS", "*"),
            ("CORS_ORIGINS", "https://a.example/path"),
            ("TRUSTED_PROXIES", "10.0.0.0/33"),
            ("LISTINGS_SOURCE", "yahoo"),
            ("LEPTOS_SITE_ADDR", "localhost"),
            ("LOG_FORMAT", "xml"),
            ("RUST_LOG", "secondarymarket=="),
        ] {
            let faults = config(&[(variable, value)]).unwrap_err();
            assert_eq!(faults.len(), 1, "{variable}={value}: {faults:?}");
            let line = faults[0].to_string();
            assert!(line.starts_with(&format!("{variable}: ")), "{line}");
            assert!(line.contains("; accepted: "), "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn all_faults_come_at_once_and_no_secret_is_printed() {
        let faults = config(&[
            ("JWT_SECRET_KEY", "hunter2"),
            ("DEBUG", "maybe"),
            ("DATABASE_URL", "mysql://user:hunter2@host/db"),
        ])
        .unwrap_err();
        assert_eq!(faults.len(), 3);
        assert!(!format!("{faults:?}").contains("hunter2"));
    }

    #[test]
    fn a_public_address_needs_https_and_a_secret() {
        let faults = config(&[("LEPTOS_SITE_ADDR", "0.0.0.0:3000")]).unwrap_err();
        let named: Vec<_> = faults.iter().map(|f| f.variable).collect();
        assert_eq!(named, ["PUBLIC_URL", "JWT_SECRET_KEY"]);
        let secret = "s".repeat(32);
        assert!(
            config(&[
                ("LEPTOS_SITE_ADDR", "0.0.0.0:3000"),
                ("PUBLIC_URL", "https://krx.example.com"),
                ("JWT_SECRET_KEY", &secret),
            ])
            .is_ok()
        );
    }

    #[test]
    fn the_configuration_does_not_print_its_secrets() {
        let secret = "0123456789abcdef0123456789abcdef";
        let config = config(&[
            ("JWT_SECRET_KEY", secret),
            ("DATABASE_URL", "postgres://u:hunter2@localhost/db"),
        ])
        .unwrap();
        let printed = format!("{config:?}");
        assert!(!printed.contains(secret) && !printed.contains("hunter2"));
    }

    #[test]
    fn the_stand_in_url_is_one() {
        assert!(is_loopback(&loopback_url()));
    }
}
