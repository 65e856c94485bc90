use std::net::IpAddr;

use futures::future::join_all;
use time::{Duration, macros::datetime};

use super::*;
use crate::server::{clock::ManualClock, store::testing::TestDb};

fn limits(db: &TestDb, login: Quota) -> (Limits, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::new(datetime!(2026-03-20 09:00 UTC)));
    let settings = RateLimits {
        login,
        ..RateLimits::default()
    };
    (Limits::new(db.db.clone(), clock.clone(), settings), clock)
}

fn client(ip: &str) -> Client {
    Client::new(ip.parse::<IpAddr>().unwrap(), "", None)
}

async fn passes(limits: &Limits, ip: &str) -> bool {
    limits.take(Limited::SignIn, &client(ip)).await.is_ok()
}

#[tokio::test]
async fn a_client_has_its_quota_and_no_more() {
    for db in TestDb::all().await {
        let (limits, clock) = limits(&db, Quota::new(5, Duration::minutes(1)));
        for _ in 0..5 {
            assert!(passes(&limits, "203.0.113.9").await);
        }
        let refused = client("203.0.113.9");
        let error = limits.take(Limited::SignIn, &refused).await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { retry_after: 12 }), "{error:?}");
        let allowance = refused.allowance().unwrap();
        assert_eq!(
            (allowance.name, allowance.refused, allowance.standing.remaining),
            ("login", true, 0)
        );
        assert!(passes(&limits, "203.0.113.10").await, "another client");
        clock.advance(Duration::seconds(12));
        assert!(passes(&limits, "203.0.113.9").await);
        assert!(!passes(&limits, "203.0.113.9").await);
        db.clean_up().await;
    }
}

#[tokio::test]
async fn an_ipv6_network_is_one_client() {
    for db in TestDb::all().await {
        let (limits, _) = limits(&db, Quota::new(1, Duration::minutes(1)));
        assert!(passes(&limits, "2001:db8:1:2::1").await);
        assert!(!passes(&limits, "2001:db8:1:2:ffff::9").await);
        assert!(passes(&limits, "2001:db8:1:3::1").await);
        assert!(passes(&limits, "::ffff:203.0.113.9").await);
        assert!(
            !passes(&limits, "203.0.113.9").await,
            "the same address, written otherwise"
        );
        db.clean_up().await;
    }
}

/// Two nodes on one database, each asked by many at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_count_is_exact_over_nodes() {
    for db in TestDb::all().await {
        let quota = Quota::new(7, Duration::hours(1));
        let nodes = [limits(&db, quota).0, limits(&db, quota).0];
        let tries = (0..100).map(|i| {
            let node = nodes[i % 2].clone();
            tokio::spawn(async move { passes(&node, "203.0.113.9").await })
        });
        let passed = join_all(tries)
            .await
            .into_iter()
            .filter(|passed| *passed.as_ref().unwrap())
            .count();
        assert_eq!(passed, 7);
        db.clean_up().await;
    }
}

/// What is refused by memory costs no statement, so it is refused with the database gone.
#[tokio::test]
async fn a_flood_does_not_reach_the_database() {
    let db = TestDb::sqlite().await;
    let (limits, _) = limits(&db, Quota::new(2, Duration::minutes(1)));
    assert!(passes(&limits, "203.0.113.9").await && passes(&limits, "203.0.113.9").await);
    db.db.close().await;
    let refused = limits.take(Limited::SignIn, &client("203.0.113.9")).await;
    assert!(matches!(refused, Err(Error::RateLimited { .. })), "{refused:?}");
    let other = limits.take(Limited::SignIn, &client("203.0.113.10")).await;
    assert!(matches!(other, Err(Error::Database(_))), "fails closed: {other:?}");
    db.clean_up().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_locks_nobody_out() {
    for db in TestDb::all().await {
        let (limits, clock) = limits(&db, Quota::new(2, Duration::minutes(1)));
        assert!(passes(&limits, "203.0.113.9").await && passes(&limits, "203.0.113.9").await);
        clock.advance(Duration::days(-2));
        assert!(passes(&limits, "203.0.113.9").await && passes(&limits, "203.0.113.9").await);
        assert!(!passes(&limits, "203.0.113.9").await);
        db.clean_up().await;
    }
}

#[tokio::test]
async fn what_is_over_is_purged() {
    for db in TestDb::all().await {
        let (limits, clock) = limits(&db, Quota::new(2, Duration::minutes(1)));
        assert!(passes(&limits, "203.0.113.9").await);
        clock.advance(Duration::seconds(20));
        assert!(passes(&limits, "203.0.113.10").await);
        clock.advance(Duration::seconds(20));
        let now = micros(limits.clock.now());
        assert_eq!(rate_limits::purge(&db.db, now).await.unwrap(), 1);
        db.clean_up().await;
    }
}

#[tokio::test]
async fn limits_can_be_switched_off() {
    let db = TestDb::sqlite().await;
    let (mut limits, _) = limits(&db, Quota::new(1, Duration::minutes(1)));
    limits.settings.enabled = false;
    for _ in 0..10 {
        assert!(passes(&limits, "203.0.113.9").await);
    }
    db.clean_up().await;
}
