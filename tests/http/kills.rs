//! A server that is killed under load: what it acknowledged is there, and nobody is let in whom it
//! had put out.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use reqwest::StatusCode;
use secondarymarket::server::store::testing::TestDb;
use serde_json::json;
use tokio::sync::Notify;

use crate::{
    app::{Caller, PASSWORD, Tokens, sign_up},
    node::Node,
};

/// What a client was told before the server was gone.
#[derive(Default)]
struct Told {
    /// Users whose sign-up was acknowledged.
    signed_up: Vec<String>,
    /// The newest refresh token of each user who goes on rotating.
    tokens: HashMap<String, String>,
    /// Tokens whose sign-out was acknowledged.
    signed_out: Vec<String>,
}

/// Signs up, in, out and on until the server is gone or it is told to stop; says when something was
/// acknowledged.
async fn work(caller: Caller, name: String, stop: Arc<AtomicBool>, acknowledged: Arc<Notify>) -> Told {
    let mut told = Told::default();
    for round in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let user = format!("{name}_{round}");
        let Some((StatusCode::CREATED, _)) = caller.try_call("/api/auth/signup", &sign_up(&user)).await else {
            break;
        };
        told.signed_up.push(user.clone());
        acknowledged.notify_one();
        let login = json!({"user_id": user, "password": PASSWORD});
        let Some((StatusCode::OK, body)) = caller.try_call("/api/auth/login", &login).await else {
            break;
        };
        let mut token = Tokens::of(&body).refresh;
        told.tokens.insert(user.clone(), token.clone());
        for _ in 0..4 {
            let Some((status, body)) = caller
                .try_call("/api/auth/refresh", &json!({"refresh_token": token}))
                .await
            else {
                return told;
            };
            assert_eq!(status, StatusCode::OK, "{body}");
            token = Tokens::of(&body).refresh;
            told.tokens.insert(user.clone(), token.clone());
        }
        if round % 2 == 0 {
            // From here on nobody knows, until it is acknowledged.
            told.tokens.remove(&user);
            let Some((StatusCode::OK, _)) = caller
                .try_call("/api/auth/logout", &json!({"refresh_token": token}))
                .await
            else {
                break;
            };
            told.signed_out.push(token);
        }
    }
    told
}

async fn a_server_is_killed(test: TestDb) {
    let mut node = Node::start(&test.url, &[]).await;
    for (kill, after) in [150, 400, 900].into_iter().enumerate() {
        let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let workers: Vec<_> = (0..6)
            .map(|n| {
                tokio::spawn(work(
                    node.caller.clone(),
                    format!("u{kill}{n}"),
                    Arc::clone(&stop),
                    Arc::clone(&acknowledged),
                ))
            })
            .collect();
        // On a busy machine nothing may be done in the shortest of these times.
        acknowledged.notified().await;
        tokio::time::sleep(Duration::from_millis(after)).await;
        node.kill();
        stop.store(true, Ordering::Relaxed);
        let told: Vec<Told> = futures::future::join_all(workers)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        node = Node::start(&test.url, &[]).await;
        let mut acknowledged = 0;
        for told in &told {
            for user in &told.signed_up {
                let login = json!({"user_id": user, "password": PASSWORD});
                assert_eq!(
                    node.call("/api/auth/login", &login).await.0,
                    StatusCode::OK,
                    "{user} is lost"
                );
                acknowledged += 1;
            }
            for (user, token) in &told.tokens {
                let (status, body) = node.call("/api/auth/refresh", &json!({"refresh_token": token})).await;
                assert_eq!(status, StatusCode::OK, "{user} is signed out: {body}");
                acknowledged += 1;
            }
            for token in &told.signed_out {
                let (status, _) = node.call("/api/auth/refresh", &json!({"refresh_token": token})).await;
                assert_eq!(status, StatusCode::UNAUTHORIZED, "signed out, and let in again");
                acknowledged += 1;
            }
        }
        assert!(acknowledged > 0, "after {after} ms");
    }
    drop(node);
    test.clean_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    a_server_is_killed(TestDb::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Some(test) = TestDb::postgres().await else { return };
    a_server_is_killed(test).await;
}
