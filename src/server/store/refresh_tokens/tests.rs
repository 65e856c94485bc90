use time::macros::datetime;

use super::*;
use crate::server::store::{testing::TestDb, users::NewUser};

const NOW: Timestamp = Timestamp(datetime!(2026-03-20 09:00 UTC));

fn hash(text: &str) -> PasswordHash {
    text.to_owned().into()
}

/// A user with a number of sessions.
async fn user_with(db: &Db, sessions: usize) -> (UserRow, Vec<i64>) {
    let new = NewUser {
        user_id: "hong_gd",
        user_id_key: "hong_gd",
        email: "hong@example.com",
        email_key: "hong@example.com",
        name: "홍길동",
        password_hash: &hash("old"),
        created_at: NOW,
    };
    let user = users::insert(db, &new, &[]).await.unwrap().unwrap();
    let mut ids = Vec::new();
    for _ in 0..sessions {
        ids.push(signed_in(db, &user).await.unwrap());
    }
    (user, ids)
}

async fn signed_in(db: &Db, user: &UserRow) -> sqlx::Result<i64> {
    let session = NewSession {
        user_id: user.id,
        password_hash: &user.password_hash,
        created_at: NOW,
        expires_at: Timestamp(datetime!(2026-03-21 09:00 UTC)),
        device_info: "",
        device_hash: "a device",
        ip_address: "127.0.0.1",
        remember_me: false,
    };
    let attempt = Attempt {
        user_id: Some(user.id),
        failure_reason: None,
        ip_address: "127.0.0.1",
        user_agent: "",
        login_at: NOW,
    };
    let guard = Guard {
        account: "an account",
        audience: "",
        max: 5,
        now: NOW,
        until: NOW,
    };
    match open(db, &session, &guard, &attempt).await? {
        Opened::Session(id) => Ok(id),
        other => panic!("{other:?}"),
    }
}

async fn alive(db: &Db, user_id: i64) -> Vec<i64> {
    let rows = list_alive(db, user_id, NOW).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_password_changes_with_the_end_of_the_other_sessions_or_not_at_all() {
    for test in TestDb::all().await {
        let db = &test.db;
        let (user, ids) = user_with(db, 3).await;
        let (old, new) = (hash("old"), hash("new"));
        let change = PasswordChange {
            user_id: user.id,
            old_hash: &old,
            new_hash: &new,
            kept: ids[1],
            now: NOW,
        };
        test.take_away("refresh_tokens").await;
        assert!(change_password(db, &change).await.is_err());
        test.bring_back("refresh_tokens").await;
        let row = users::find(db, user.id).await.unwrap().unwrap();
        assert!(row.password_hash == old, "nothing half done");
        assert_eq!(alive(db, user.id).await.len(), 3);

        assert_eq!(change_password(db, &change).await.unwrap(), Some(2));
        assert_eq!(alive(db, user.id).await, [ids[1]]);
        // The hash of before is not there any more: nothing happens.
        let user = users::find(db, user.id).await.unwrap().unwrap();
        let other = signed_in(db, &user).await.unwrap();
        assert_eq!(change_password(db, &change).await.unwrap(), None);
        assert_eq!(alive(db, user.id).await, [other, ids[1]]);
        test.clean_up().await;
    }
}

#[tokio::test]
async fn a_user_is_deactivated_with_the_end_of_their_sessions_or_not_at_all() {
    for test in TestDb::all().await {
        let db = &test.db;
        let (user, _) = user_with(db, 2).await;
        test.take_away("refresh_tokens").await;
        assert!(users::deactivate(db, user.id, NOW).await.is_err());
        test.bring_back("refresh_tokens").await;
        assert!(
            users::find(db, user.id).await.unwrap().unwrap().is_active,
            "nothing half done"
        );
        assert_eq!(users::deactivate(db, user.id, NOW).await.unwrap(), 2);
        assert!(!users::find(db, user.id).await.unwrap().unwrap().is_active);
        assert!(alive(db, user.id).await.is_empty());
        test.clean_up().await;
    }
}
