use std::os::unix::fs::PermissionsExt as _;

use super::{
    rules::{is_loopback, loopback_url},
    *,
};

fn config(values: &[(&str, &str)]) -> Result<Config, Vec<Fault>> {
    Config::from_values(&|name| values.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
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
fn debug_says_more_in_the_log_unless_told_otherwise() {
    assert_eq!(config(&[]).unwrap().log_filter, "info");
    assert!(config(&[("DEBUG", "true")]).unwrap().log_filter.contains("debug"));
    let told = config(&[("DEBUG", "true"), ("RUST_LOG", "warn")]).unwrap();
    assert_eq!(told.log_filter, "warn");
}

#[test]
fn empty_means_unset() {
    assert!(config(&[("JWT_SECRET_KEY", ""), ("PUBLIC_URL", "  ")]).is_ok());
}

const LONG: &str = match std::str::from_utf8(&[b'x'; 501]) {
    Ok(long) => long,
    Err(_) => "",
};

/// A variable, and something that it does not take.
const WRONG: &[(&str, &str)] = &[
    ("DATABASE_URL", "mysql://x/y"),
    ("DATABASE_URL", "sqlite::memory:"),
    ("DATABASE_URL", "sqlite://x?mode=memory"),
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
    ("MAX_LOGIN_ATTEMPTS", "0"),
    ("LOGIN_ATTEMPT_TIMEOUT_MINUTES", "quarter"),
    ("RATE_LIMIT_ENABLED", "sometimes"),
    ("RATE_LIMIT_LOGIN", "5 per minute"),
    ("RATE_LIMIT_SIGNUP", "0/hour"),
    ("RATE_LIMIT_PASSWORD", "lots"),
    ("FDR_CACHE_URL", "http://example.com/data"),
    ("KRX_API_URL", "ftp://127.0.0.1/"),
    ("KRX_DATA_URL", "https://user:secret@example.com"),
    ("KRX_API_KEY", "two words"),
    ("CORS_ORIGINS", "*"),
    ("CORS_ORIGINS", "https://a.example/path"),
    ("TRUSTED_PROXIES", "10.0.0.0/33"),
    ("LISTINGS_SOURCE", "yahoo"),
    ("LEPTOS_SITE_ADDR", "localhost"),
    ("METRICS_ADDR", "9100"),
    ("METRICS_ADDR", "127.0.0.1:0"),
    ("METRICS_ADDR", "127.0.0.1:3000"),
    ("LOGIN_HISTORY_DAYS", "0"),
    ("SHUTDOWN_TIMEOUT_SECONDS", "301"),
    ("JWT_SECRET_KEY", "change-me-change-me-change-me-change-me"),
    ("JWT_SECRET_KEY", "your-secret-key-here-change-in-production"),
    ("JWT_PREVIOUS_SECRET_KEYS", "CHANGEME-0123456789-0123456789-0123456789"),
    ("JWT_SECRET_KEY_FILE", "/nowhere/at-all"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318"),
    ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/v1/traces"),
    ("OTEL_TRACES_SAMPLER_ARG", "1.5"),
    ("OTEL_TRACES_SAMPLER_ARG", "NaN"),
    ("SENTRY_DSN", "https://example.com"),
    ("OPERATOR_NAME", "가나다\u{202e}연구회"),
    ("OPERATOR_CONTACT", "privacy@example.com\n02-000-0000"),
    ("PRIVACY_OFFICER", "홍\u{7}길동"),
    ("DATA_PROCESSORS", LONG),
    ("LOG_FORMAT", "xml"),
    ("RUST_LOG", "secondarymarket=="),
    ("PASSWORD_MIN_LENGTH", "3"),
    ("PASSWORD_MIN_LENGTH", "129"),
    ("PASSWORD_REQUIRE_UPPERCASE", "ja"),
    ("PASSWORD_REQUIRE_LOWERCASE", "-"),
    ("PASSWORD_REQUIRE_SPECIAL", "truefalse"),
    ("ARGON2_MEMORY_KIB", "4194305"),
    ("ARGON2_MEMORY_KIB", "19456 KiB"),
    ("ARGON2_ITERATIONS", "0"),
    ("ARGON2_PARALLELISM", "9"),
    ("DATABASE_MAX_CONNECTIONS", "1001"),
    ("DATABASE_MAX_CONNECTIONS", "99999999999999999999"),
    ("DATABASE_URL", "sqlite://"),
    ("LEPTOS_SITE_ADDR", "127.0.0.1:65536"),
    ("MAX_LOGIN_ATTEMPTS", "101"),
    ("LOGIN_ATTEMPT_TIMEOUT_MINUTES", "1441"),
    ("RATE_LIMIT_LOGIN", "1000001/day"),
    ("TRUSTED_PROXIES", "10.0.0.1, proxy.example.com"),
];

#[test]
fn every_wrong_value_is_named_with_what_is_accepted() {
    for (variable, value) in WRONG.iter().copied() {
        let faults = config(&[(variable, value)]).unwrap_err();
        assert_eq!(faults.len(), 1, "{variable}={value}: {faults:?}");
        let line = faults[0].to_string();
        assert!(line.starts_with(&format!("{variable}: ")), "{line}");
        assert!(line.contains("; accepted: "), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn postgres_needs_a_secret() {
    let faults = config(&[("DATABASE_URL", "postgres://u@localhost/db")]).unwrap_err();
    assert_eq!(faults[0].variable, "JWT_SECRET_KEY");
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

#[test]
fn the_open_api_needs_a_key() {
    let faults = config(&[("LISTINGS_SOURCE", "krx_openapi")]).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].variable, "KRX_API_KEY");
    let with_key = config(&[("LISTINGS_SOURCE", "krx_openapi"), ("KRX_API_KEY", "the-key")]).unwrap();
    assert_eq!(with_key.listings_source.name(), "krx_openapi");
    assert!(!format!("{with_key:?}").contains("the-key"));
    assert_eq!(
        config(&[("LISTINGS_SOURCE", "fdr")]).unwrap().listings_source.name(),
        "fdr"
    );
    assert_eq!(config(&[]).unwrap().listings_source.name(), "demo");
}

#[test]
fn plain_http_is_for_this_machine_only() {
    let secret = "s".repeat(32);
    let faults = config(&[
        ("LEPTOS_SITE_ADDR", "0.0.0.0:3000"),
        ("PUBLIC_URL", "http://localhost:3000"),
        ("JWT_SECRET_KEY", &secret),
    ])
    .unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].variable, "PUBLIC_URL");
    assert!(faults[0].fault.contains("LEPTOS_SITE_ADDR"), "{}", faults[0]);
}

#[test]
fn a_secret_may_stand_in_a_file_that_not_everybody_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let file = path.to_str().unwrap();
    let secret = "0123456789abcdef0123456789abcdef";
    std::fs::write(&path, format!("{secret}\n")).unwrap();
    let with_mode = |mode| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        config(&[
            ("JWT_SECRET_KEY_FILE", file),
            ("DATABASE_URL", "postgres://u@localhost/db"),
        ])
    };
    for mode in [0o400, 0o600, 0o640] {
        let key = with_mode(mode).unwrap().jwt_secret_key.unwrap();
        assert_eq!(key.expose_secret(), secret);
    }
    for mode in [0o644, 0o604, 0o602] {
        let faults = with_mode(mode).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].fault.contains("everybody"), "{}", faults[0]);
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let both = config(&[("JWT_SECRET_KEY_FILE", file), ("JWT_SECRET_KEY", secret)]).unwrap_err();
    assert_eq!(both[0].variable, "JWT_SECRET_KEY_FILE");
    std::fs::write(&path, "short").unwrap();
    let short = config(&[("JWT_SECRET_KEY_FILE", file)]).unwrap_err();
    assert_eq!(
        (short[0].variable, short[0].fault.as_str()),
        ("JWT_SECRET_KEY_FILE", "has only 5 bytes")
    );
}

#[test]
fn what_is_missing_of_the_operator_is_named() {
    assert_eq!(
        config(&[("OPERATOR_NAME", " ")]).unwrap().operator.missing(),
        [
            "OPERATOR_NAME",
            "OPERATOR_CONTACT",
            "PRIVACY_OFFICER",
            "DATA_PROCESSORS"
        ]
    );
    let config = config(&[
        ("OPERATOR_NAME", "가나다 연구회"),
        ("OPERATOR_CONTACT", "privacy@example.com, 02-000-0000"),
        ("PRIVACY_OFFICER", "홍길동"),
        ("DATA_PROCESSORS", "none"),
    ])
    .unwrap();
    assert_eq!(config.operator.missing(), [""; 0]);
    assert_eq!(config.operator.name.as_deref(), Some("가나다 연구회"));
}

/// A setting that nobody tried to get wrong.
#[test]
fn every_setting_is_in_the_table_of_wrong_values() {
    /// Read by others than the program: Leptos, and the compose file.
    const OTHERS: [&str; 1] = ["POSTGRES_PASSWORD"];
    let example = include_str!("../../../.env.example");
    let settings = example
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .map(|(name, _)| name)
        .filter(|name| {
            name.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        });
    let mut seen = 0;
    for setting in settings.filter(|setting| !OTHERS.contains(setting)) {
        seen += 1;
        assert!(WRONG.iter().any(|(variable, _)| *variable == setting), "{setting}");
    }
    assert!(seen >= 40, "{seen}");
}
