//! Several servers on one PostgreSQL: what one does counts on the others, and what may be done once
//! is done once.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use reqwest::StatusCode;
use secondarymarket::server::store::testing::TestDb;
use serde_json::json;

use crate::{
    app::{PASSWORD, Tokens, sign_up},
    listings::ROWS,
    node::{Node, import, operator, signal},
};

/// Two servers, with a market, on a database of their own.
struct Pair {
    one: Node,
    other: Node,
    test: TestDb,
}

impl Pair {
    /// `None` where there is no PostgreSQL.
    async fn start(settings: &[(&str, &str)]) -> Option<Self> {
        let test = TestDb::postgres().await?;
        import(&test.url, ROWS, "2026-03-20");
        let (one, other) = tokio::join!(Node::start(&test.url, settings), Node::start(&test.url, settings));
        one.until_ready().await;
        other.until_ready().await;
        Some(Self { one, other, test })
    }

    async fn stop(self) {
        drop((self.one, self.other));
        self.test.clean_up().await;
    }
}

/// How long until `node` answers a token otherwise than with 200.
async fn until_out(node: &Node, token: &str) -> Duration {
    let begun = Instant::now();
    node.until("signed out", async || {
        node.ask("/api/auth/me", token).await.0 != StatusCode::OK
    })
    .await;
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_on_one_counts_on_the_others() {
    let Some(pair) = Pair::start(&[]).await else { return };
    let (one, other) = (&pair.one, &pair.other);
    one.sign_up("hong_gd").await;
    let mut slowest = Duration::ZERO;
    for _ in 0..3 {
        let tokens = one.sign_in("hong_gd").await;
        // The other has looked a moment ago, and remembers.
        assert_eq!(other.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
        let (status, _) = one
            .call("/api/auth/logout", &json!({"refresh_token": tokens.refresh}))
            .await;
        assert_eq!(status, StatusCode::OK);
        slowest = slowest.max(until_out(other, &tokens.access).await);
        let (status, _) = other
            .call("/api/auth/refresh", &json!({"refresh_token": tokens.refresh}))
            .await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    // By the operator, beside both.
    let tokens = one.sign_in("hong_gd").await;
    assert_eq!(other.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    operator(&pair.test.url, &["user", "deactivate", "hong_gd"]);
    until_out(one, &tokens.access).await;
    slowest = slowest.max(until_out(other, &tokens.access).await);
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_shows_on_all() {
    let Some(pair) = Pair::start(&[]).await else { return };
    let token = pair.one.member("hong_gd").await.access;
    let begun = Instant::now();
    import(&pair.test.url, ROWS, "2026-03-23");
    for node in [&pair.one, &pair.other] {
        node.until("the new day is shown", async || {
            node.ask("/api/stocks/listings?limit=1", &token).await.1["as_of"] == "2026-03-23"
        })
        .await;
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    pair.stop().await;
}

/// Of any number of calls at the same time on both, one rotates and all get the same successor.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_token_rotates_once_on_all() {
    let Some(pair) = Pair::start(&[]).await else { return };
    let mut tokens = pair.one.member("hong_gd").await;
    for _ in 0..10 {
        let body = json!({"refresh_token": tokens.refresh});
        let calls = (0..12).map(|n| {
            let node = if n % 2 == 0 { &pair.one } else { &pair.other };
            node.call("/api/auth/refresh", &body)
        });
        let answers = futures::future::join_all(calls).await;
        let successors: BTreeSet<String> = answers
            .iter()
            .map(|(status, body)| {
                assert_eq!(*status, StatusCode::OK, "{body}");
                Tokens::of(body).refresh
            })
            .collect();
        assert_eq!(successors.len(), 1);
        tokens = Tokens::of(&answers[0].1);
    }
    assert_eq!(pair.other.ask("/api/auth/me", &tokens.access).await.0, StatusCode::OK);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stolen_token_ends_the_device_on_all() {
    let Some(pair) = Pair::start(&[]).await else { return };
    let first = pair.one.member("hong_gd").await;
    let mut latest = first.clone();
    for node in [&pair.one, &pair.other] {
        let (status, body) = node
            .call("/api/auth/refresh", &json!({"refresh_token": latest.refresh}))
            .await;
        assert_eq!(status, StatusCode::OK);
        latest = Tokens::of(&body);
    }
    // Two generations old.
    let (status, _) = pair
        .one
        .call("/api/auth/refresh", &json!({"refresh_token": first.refresh}))
        .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    until_out(&pair.other, &latest.access).await;
    let (status, _) = pair
        .other
        .call("/api/auth/refresh", &json!({"refresh_token": latest.refresh}))
        .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_is_one_limit_for_all() {
    let Some(pair) = Pair::start(&[("RATE_LIMIT_ENABLED", "true"), ("RATE_LIMIT_LOGIN", "6/day")]).await else {
        return;
    };
    pair.one.sign_up("hong_gd").await;
    let body = json!({"user_id": "hong_gd", "password": PASSWORD});
    let calls = (0..16).map(|n| {
        let node = if n % 2 == 0 { &pair.one } else { &pair.other };
        node.call("/api/auth/login", &body)
    });
    let answers = futures::future::join_all(calls).await;
    let with = |status: StatusCode| answers.iter().filter(|(found, _)| *found == status).count();
    assert_eq!((with(StatusCode::OK), with(StatusCode::TOO_MANY_REQUESTS)), (6, 10));
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_are_counted_together() {
    let Some(pair) = Pair::start(&[]).await else { return };
    pair.one.sign_up("hong_gd").await;
    let wrong = json!({"user_id": "hong_gd", "password": "Wrong-Zebra-71!"});
    let calls = (0..5).map(|n| {
        let node = if n % 2 == 0 { &pair.one } else { &pair.other };
        node.call("/api/auth/login", &wrong)
    });
    futures::future::join_all(calls).await;
    let right = json!({"user_id": "hong_gd", "password": PASSWORD});
    for node in [&pair.one, &pair.other] {
        assert_eq!(node.call("/api/auth/login", &right).await.0, StatusCode::UNAUTHORIZED);
    }
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_is_taken_once() {
    let Some(pair) = Pair::start(&[]).await else { return };
    for round in 0..5 {
        let user = sign_up(&format!("hong_{round}"));
        let (a, b) = tokio::join!(
            pair.one.call("/api/auth/signup", &user),
            pair.other.call("/api/auth/signup", &user)
        );
        let statuses: BTreeSet<u16> = [a.0.as_u16(), b.0.as_u16()].into();
        assert_eq!(statuses, [201, 409].into());
    }
    pair.stop().await;
}

/// What only one may run moves when that one dies.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_runs_the_schedules_and_another_when_it_is_killed() {
    const LEADS: &str = "this server runs the schedules";
    let Some(mut pair) = Pair::start(&[]).await else { return };
    let leads = |node: &Node| node.log().contains(LEADS);
    pair.one
        .until("one of both leads", async || leads(&pair.one) || leads(&pair.other))
        .await;
    assert!(leads(&pair.one) != leads(&pair.other));
    if leads(&pair.other) {
        std::mem::swap(&mut pair.one, &mut pair.other);
    }
    pair.one.kill();
    pair.other.until("the other leads", async || leads(&pair.other)).await;
    pair.stop().await;
}

/// Frozen, it neither dies nor answers: as when a machine loses its power or its network.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_runs_the_schedules_when_the_leader_freezes() {
    const LEADS: &str = "this server runs the schedules";
    let Some(mut pair) = Pair::start(&[]).await else { return };
    let leads = |node: &Node| node.log().contains(LEADS);
    pair.one
        .until("one of both leads", async || leads(&pair.one) || leads(&pair.other))
        .await;
    if leads(&pair.other) {
        std::mem::swap(&mut pair.one, &mut pair.other);
    }
    signal("STOP", pair.one.id());
    pair.other.until("the other leads", async || leads(&pair.other)).await;
    signal("CONT", pair.one.id());
    pair.one
        .until("the first one has noticed", async || {
            pair.one.log().contains("does not run the schedules any longer")
        })
        .await;
    pair.stop().await;
}
