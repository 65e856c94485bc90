//! Clients that are slow, idle, endless or very many: they get little, and keep nobody else.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use secondarymarket::server::store::testing::TestDb;

use crate::node::Node;

fn connect(node: &Node) -> TcpStream {
    let stream = TcpStream::connect(node.base.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream
}

/// What comes until the server closes.
fn all_of(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset is an end, too.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heads_without_end_are_refused_and_memory_is_bounded() {
    let test = TestDb::sqlite().await;
    let node = Node::start(&test.url, &[]).await;
    let before = node.resident_kib();
    // One long line, and many short ones.
    for (line, times) in [("a".repeat(1024), 100), ("X-Filler: 0123456789\r\n".repeat(20), 100)] {
        for _ in 0..20 {
            let mut stream = connect(&node);
            stream
                .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
                .unwrap();
            for _ in 0..times {
                // Refused before it is all read.
                if stream.write_all(line.as_bytes()).is_err() {
                    break;
                }
            }
            let answer = all_of(stream);
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
        }
    }
    let mut stream = connect(&node);
    stream
        .write_all(format!("GET /{} HTTP/1.1\r\n", "a".repeat(100_000)).as_bytes())
        .ok();
    let answer = all_of(stream);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(node.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    assert!(
        node.resident_kib() < before + 30_000,
        "{} -> {}",
        before,
        node.resident_kib()
    );
    drop(node);
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_and_idle_clients_keep_nobody_and_are_let_go() {
    let test = TestDb::sqlite().await;
    let node = Node::start(&test.url, &[]).await;
    let before = node.resident_kib();
    let begun = Instant::now();
    // Nothing, half a head, and one request with nothing after it.
    let mut slow = Vec::new();
    for sent in [
        "",
        "GET /healthz HTTP/1.1\r\nHost: loc",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        for _ in 0..100 {
            let mut stream = connect(&node);
            stream.write_all(sent.as_bytes()).unwrap();
            slow.push(stream);
        }
    }
    for _ in 0..20 {
        let asked = Instant::now();
        assert_eq!(node.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
        assert!(asked.elapsed() < Duration::from_secs(2));
    }
    assert!(
        node.resident_kib() < before + 30_000,
        "{} -> {}",
        before,
        node.resident_kib()
    );
    let ended = tokio::task::spawn_blocking(move || slow.into_iter().map(all_of).collect::<Vec<_>>());
    let answers = ended.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(50), "{:?}", begun.elapsed());
    let ok = answers
        .iter()
        .filter(|answer| answer.starts_with("HTTP/1.1 200"))
        .count();
    assert_eq!(ok, 100, "those that asked were answered");
    drop(node);
    test.clean_up().await;
}

/// A body that never comes to its end is given up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_does_not_come_is_given_up() {
    let test = TestDb::sqlite().await;
    let node = Node::start(&test.url, &[]).await;
    let mut stream = connect(&node);
    stream
        .write_all(
            b"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        )
        .unwrap();
    let begun = Instant::now();
    let answer = tokio::task::spawn_blocking(move || all_of(stream)).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    drop(node);
    test.clean_up().await;
}

/// A byte now and then is not enough for a body, and who does not read is let go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_drips_and_who_never_reads_is_let_go() {
    let test = TestDb::sqlite().await;
    let node = Node::start(&test.url, &[]).await;
    let begun = Instant::now();
    let mut drips = connect(&node);
    drips
        .write_all(
            b"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
        )
        .unwrap();
    // More than the buffers of both sides hold, and nothing of it is read.
    let mut deaf = connect(&node);
    let request = b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    deaf.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    for _ in 0..2_000 {
        if deaf.write_all(request).is_err() {
            break;
        }
    }
    let ended = tokio::task::spawn_blocking(move || {
        while drips.write_all(b" ").is_ok() {
            assert!(begun.elapsed() < Duration::from_mins(1), "it drips still");
            std::thread::sleep(Duration::from_secs(3));
        }
        while deaf.write_all(b"x").is_ok() {
            assert!(
                begun.elapsed() < Duration::from_secs(90),
                "it never read, and is there still"
            );
            std::thread::sleep(Duration::from_secs(3));
        }
    });
    ended.await.unwrap();
    assert_eq!(node.get("/healthz").send().await.unwrap().status(), StatusCode::OK);
    drop(node);
    test.clean_up().await;
}
