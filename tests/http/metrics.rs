//! `/metrics`, as Prometheus reads it.

use reqwest::StatusCode;
use secondarymarket::server::{metrics::NAMES, store::testing::TestDb};
use serde_json::json;

use crate::{
    app::{Caller, PASSWORD, Tokens},
    listings::ROWS,
    node::{Node, free_address, import},
};

/// The value of a sample, as it is written: its name with its labels.
fn value<'a>(text: &'a str, sample: &str) -> &'a str {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{sample} is missing in\n{text}"))
}

fn result(kind: &str, result: &str) -> String {
    format!("secondarymarket_{kind}_total{{result=\"{result}\"}}")
}

async fn scrape(metrics: &Caller) -> String {
    let answer = metrics.get("/metrics").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(
        answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    answer.text().await.unwrap()
}

/// Signs in, fails, is limited, refreshes, steals and asks; gives a refresh token.
async fn be_busy(node: &Node) -> String {
    let first = node.member("hong_gd").await;
    let wrong = json!({"user_id": "hong_gd", "password": "Wrong-Zebra-71!"});
    node.call("/api/auth/login", &wrong).await;
    let right = json!({"user_id": "hong_gd", "password": PASSWORD});
    for status in [StatusCode::OK, StatusCode::OK, StatusCode::TOO_MANY_REQUESTS] {
        assert_eq!(node.call("/api/auth/login", &right).await.0, status);
    }
    let refresh = async |token: &str| node.call("/api/auth/refresh", &json!({"refresh_token": token})).await;
    let second = Tokens::of(&refresh(&first.refresh).await.1);
    for token in [&first.refresh, &second.refresh, &first.refresh, "nonsense"] {
        refresh(token).await;
    }
    node.get("/api/stocks/900010").bearer_auth("x").send().await.unwrap();
    node.request("BREW".parse().unwrap(), "/nowhere/at/all")
        .send()
        .await
        .unwrap();
    first.refresh
}

fn assert_only_known_names(text: &str) {
    for name in NAMES {
        assert!(text.contains(name), "{name} is never measured");
    }
    for line in text.lines().filter(|line| line.starts_with("secondarymarket_")) {
        let name = line.split(['{', ' ']).next().unwrap();
        let name = ["_bucket", "_sum", "_count"]
            .iter()
            .find_map(|end| name.strip_suffix(end).filter(|name| NAMES.contains(name)))
            .unwrap_or(name);
        assert!(NAMES.contains(&name), "{name} is not in the list");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_is_counted_by_names_that_are_known() {
    for test in TestDb::all().await {
        import(&test.url, ROWS, "2026-03-20");
        let address = free_address();
        let settings = [
            ("METRICS_ADDR", address.as_str()),
            ("RATE_LIMIT_ENABLED", "true"),
            ("RATE_LIMIT_LOGIN", "4/day"),
        ];
        let node = Node::start(&test.url, &settings).await;
        node.until_ready().await;
        let metrics = Caller::new(format!("http://{address}"));
        let text = scrape(&metrics).await;
        assert_eq!(value(&text, &result("refreshes", "reused")), "0", "before the first");
        let refresh_token = be_busy(&node).await;

        let text = scrape(&metrics).await;
        for (kind, of, times) in [
            ("sign_ins", "success", "3"),
            ("sign_ins", "invalid_credentials", "1"),
            ("sign_ins", "rate_limited", "1"),
            ("refreshes", "rotated", "2"),
            ("refreshes", "repeated", "1"),
            ("refreshes", "reused", "1"),
            ("refreshes", "invalid", "1"),
        ] {
            assert_eq!(value(&text, &result(kind, of)), times, "{kind} {of}\n{text}");
        }
        let requests = "secondarymarket_http_requests_total";
        for (sample, expected) in [
            ("secondarymarket_rate_limited_total{limit=\"login\"}", "1"),
            ("secondarymarket_market_loaded", "1"),
            ("secondarymarket_market_issues", "6"),
            ("secondarymarket_market_as_of_timestamp_seconds", "1773964800"),
            ("secondarymarket_database_up", "1"),
            ("secondarymarket_scheduler_leader", "1"),
            ("secondarymarket_password_hash_waiting", "0"),
            (
                &format!("{requests}{{method=\"GET\",route=\"/api/stocks/{{code}}\",status=\"401\"}}"),
                "1",
            ),
            (
                &format!("{requests}{{method=\"POST\",route=\"/api/auth/signup\",status=\"201\"}}"),
                "1",
            ),
        ] {
            assert_eq!(value(&text, sample), expected, "{sample}");
        }
        assert!(text.contains("method=\"other\",route=\"other\""), "{text}");
        for sample in [
            "secondarymarket_database_connections_max",
            "process_resident_memory_bytes",
        ] {
            assert_ne!(value(&text, sample), "0");
        }
        assert!(
            text.contains("secondarymarket_http_request_duration_seconds_bucket"),
            "{text}"
        );
        assert_only_known_names(&text);
        // Nobody's name, address or token.
        for secret in ["hong_gd", "example.com", &refresh_token, "nonsense"] {
            assert!(!text.contains(secret), "{secret}");
        }
        // Nothing else is there, and it is not where the pages are.
        assert_eq!(metrics.get("/").send().await.unwrap().status(), StatusCode::NOT_FOUND);
        assert_eq!(
            node.get("/metrics").send().await.unwrap().status(),
            StatusCode::NOT_FOUND
        );
        drop(node);
        test.clean_up().await;
    }
}
