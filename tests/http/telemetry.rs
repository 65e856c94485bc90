//! Where the log's lines go beside standard error, when the operator says so.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Uri},
    routing::post,
};
use secondarymarket::server::store::testing::TestDb;

use crate::{
    listings::ROWS,
    node::{Node, import},
};

/// What was sent: path, content type, body.
type Received = Arc<Mutex<Vec<(String, String, Vec<u8>)>>>;

/// Takes whatever is posted.
async fn collector() -> (String, Received) {
    async fn take(State(received): State<Received>, uri: Uri, headers: HeaderMap, body: Bytes) {
        let kind = headers
            .get("content-type")
            .map(|kind| kind.to_str().unwrap().to_owned());
        received
            .lock()
            .unwrap()
            .push((uri.path().to_owned(), kind.unwrap_or_default(), body.to_vec()));
    }
    let received = Received::default();
    let router = Router::new()
        .route("/{*path}", post(take))
        .with_state(Arc::clone(&received));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address.to_string(), received)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_traced_when_a_collector_is_named() {
    let test = TestDb::sqlite().await;
    let (address, received) = collector().await;
    let endpoint = format!("http://{address}");
    let mut node = Node::start(&test.url, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]).await;
    node.sign_up("hong_gd").await;
    node.get("/login?next=/secret-place").send().await.unwrap();
    // What waits is sent before the end.
    node.tell_to_stop();
    assert_eq!(node.ended().await, Some(0));
    let received = std::mem::take(&mut *received.lock().unwrap());
    assert!(!received.is_empty());
    for (path, kind, _) in &received {
        assert_eq!((path.as_str(), kind.as_str()), ("/v1/traces", "application/x-protobuf"));
    }
    let all: Vec<u8> = received.iter().flat_map(|(_, _, body)| body.clone()).collect();
    for sent in ["secondarymarket", "service.version", "/api/auth/signup", "POST"] {
        assert!(holds(&all, sent), "{sent}");
    }
    for kept in [
        "127.0.0.1",
        "account made",
        "hong_gd",
        "example.com",
        "secret-place",
        crate::app::PASSWORD,
    ] {
        assert!(!holds(&all, kept), "{kept}");
    }
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_are_reported_when_a_service_is_named() {
    let test = TestDb::sqlite().await;
    import(&test.url, ROWS, "2026-03-20");
    let (address, received) = collector().await;
    let dsn = format!("http://0123456789abcdef@{address}/7");
    let mut node = Node::start(&test.url, &[("SENTRY_DSN", &dsn)]).await;
    node.until_ready().await;
    test.take_away("import_runs").await;
    node.until("the fault is reported", async || {
        let received = received.lock().unwrap();
        received
            .iter()
            .any(|(_, _, body)| holds(body, "the market cannot be loaded"))
    })
    .await;
    assert_eq!(received.lock().unwrap()[0].0, "/api/7/envelope/");
    test.bring_back("import_runs").await;
    node.tell_to_stop();
    assert_eq!(node.ended().await, Some(0));
    assert!(!node.log().contains("0123456789abcdef"));
    test.clean_up().await;
}

/// A collector that is not there is no reason not to serve, nor to stop late.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_sent_is_no_fault() {
    let test = TestDb::sqlite().await;
    let settings = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
        ("SENTRY_DSN", "http://key@127.0.0.1:9/1"),
    ];
    let mut node = Node::start(&test.url, &settings).await;
    node.member("hong_gd").await;
    let begun = std::time::Instant::now();
    node.tell_to_stop();
    assert_eq!(node.ended().await, Some(0));
    assert!(
        begun.elapsed() < std::time::Duration::from_secs(15),
        "{:?}",
        begun.elapsed()
    );
    test.clean_up().await;
}
