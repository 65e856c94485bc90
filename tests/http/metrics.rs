//! `/metrics`, as Prometheus reads it.

use reqwest::StatusCode;
use secondarymarket::server::{metrics::NAMES, store::testing::TestDb};
use serde_json::json;

use crate::{
    app::{Caller, PASSWORD, Tokens},
    listings::ROWS,
    node::{Node, free_address, import},
};

/// The value of a sample: its name with its labels, as it is written.
fn value(text: &str, sample: &str) -> f64 {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{sample} is missing in\n{text}"))
        .parse()
        .unwrap()
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
        let scrape = async || {
            let answer = metrics.get("/metrics").send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            assert!(
                answer.headers()["content-type"]
                    .to_str()
                    .unwrap()
                    .starts_with("text/plain")
            );
            answer.text().await.unwrap()
        };
        let result = |kind: &str, result: &str| format!("secondarymarket_{kind}_total{{result=\"{result}\"}}");
        assert_eq!(
            value(&scrape().await, &result("refreshes", "reused")),
            0.0,
            "zero before the first"
        );

        let first = node.member("hong_gd").await;
        let wrong = json!({"user_id": "hong_gd", "password": "Wrong-Zebra-71!"});
        node.call("/api/auth/login", &wrong).await;
        let right = json!({"user_id": "hong_gd", "password": PASSWORD});
        let statuses = [
            node.call("/api/auth/login", &right).await.0,
            node.call("/api/auth/login", &right).await.0,
            node.call("/api/auth/login", &right).await.0,
        ];
        assert_eq!(statuses[2], StatusCode::TOO_MANY_REQUESTS);
        let refresh = async |token: &str| node.call("/api/auth/refresh", &json!({"refresh_token": token})).await;
        let second = Tokens::of(&refresh(&first.refresh).await.1);
        refresh(&first.refresh).await;
        refresh(&second.refresh).await;
        refresh(&first.refresh).await;
        refresh("nonsense").await;
        node.get("/api/stocks/900010").bearer_auth("x").send().await.unwrap();
        node.request("BREW".parse().unwrap(), "/nowhere/at/all")
            .send()
            .await
            .unwrap();

        let text = scrape().await;
        for (kind, of, times) in [
            ("sign_ins", "success", 3.0),
            ("sign_ins", "invalid_credentials", 1.0),
            ("sign_ins", "rate_limited", 1.0),
            ("refreshes", "rotated", 2.0),
            ("refreshes", "repeated", 1.0),
            ("refreshes", "reused", 1.0),
            ("refreshes", "invalid", 1.0),
        ] {
            assert_eq!(value(&text, &result(kind, of)), times, "{kind} {of}\n{text}");
        }
        for (sample, expected) in [
            ("secondarymarket_rate_limited_total{limit=\"login\"}", 1.0),
            ("secondarymarket_market_loaded", 1.0),
            ("secondarymarket_market_issues", 6.0),
            ("secondarymarket_market_as_of_timestamp_seconds", 1_773_964_800.0),
            ("secondarymarket_database_up", 1.0),
            ("secondarymarket_scheduler_leader", 1.0),
            ("secondarymarket_password_hash_waiting", 0.0),
            (
                "secondarymarket_http_requests_total{method=\"GET\",route=\"/api/stocks/{code}\",status=\"401\"}",
                1.0,
            ),
            (
                "secondarymarket_http_requests_total{method=\"POST\",route=\"/api/auth/signup\",status=\"201\"}",
                1.0,
            ),
        ] {
            assert_eq!(value(&text, sample), expected, "{sample}");
        }
        assert!(text.contains("method=\"other\",route=\"other\""), "{text}");
        assert!(value(&text, "secondarymarket_database_connections_max") > 0.0);
        assert!(value(&text, "process_resident_memory_bytes") > 1_000_000.0);
        assert!(
            text.contains("secondarymarket_http_request_duration_seconds_bucket"),
            "{text}"
        );
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
        // Nobody's name, address or token.
        for secret in ["hong_gd", "example.com", &first.refresh, "nonsense"] {
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
