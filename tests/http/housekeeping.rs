//! What is over is deleted, and nothing else.

use reqwest::StatusCode;
use serde_json::json;
use time::Duration;

use crate::app::{PASSWORD, on_each_database};

on_each_database! {
    async fn what_is_over_goes_and_what_is_not_stays(app: [("LOGIN_HISTORY_DAYS", "90")]) {
        let counts = async || {
            let database = app.database();
            (
                database.count("refresh_tokens").await,
                database.count("login_history").await,
                database.count("known_devices").await,
                database.count("login_failures").await,
            )
        };
        app.sign_up("hong_gd").await;
        let remembered = json!({"user_id": "hong_gd", "password": PASSWORD, "remember_me": true});
        let wrong = json!({"user_id": "hong_gd", "password": "Wrong-Zebra-71!"});
        app.sign_in("hong_gd").await;
        let (_, body) = app.call("/api/auth/login", &remembered).await;
        let refresh = body["refresh_token"].as_str().unwrap().to_owned();
        app.call("/api/auth/login", &wrong).await;
        assert_eq!(app.state.auth.tidy().await.unwrap(), 0, "nothing is over");
        assert_eq!(counts().await, (2, 3, 2, 1));

        // The lock is over; the first device ended a day after its last use.
        app.clock.advance(Duration::days(29));
        app.state.auth.tidy().await.unwrap();
        assert_eq!(counts().await, (2, 3, 2, 0));
        let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": refresh})).await;
        assert_eq!(status, StatusCode::OK);

        app.clock.advance(Duration::days(3));
        app.state.auth.tidy().await.unwrap();
        assert_eq!(counts().await, (1, 3, 2, 0), "a month after its end");

        // The other one ended 30 days after its sign-in, whatever it was used for.
        app.clock.advance(Duration::days(57));
        app.state.auth.tidy().await.unwrap();
        assert_eq!(counts().await, (0, 3, 2, 0), "89 days of history are kept");
        app.clock.advance(Duration::days(2));
        app.state.auth.tidy().await.unwrap();
        assert_eq!(counts().await, (0, 0, 2, 0));
        // A late token is none, and no fault.
        let (status, _) = app.call("/api/auth/refresh", &json!({"refresh_token": refresh})).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);

        app.clock.advance(Duration::days(400));
        app.state.auth.tidy().await.unwrap();
        assert_eq!(counts().await, (0, 0, 0, 0));
        app.sign_in("hong_gd").await;
    }

    /// More than a step deletes at a time.
    async fn all_of_it_goes_however_much_it_is(app: [("LOGIN_HISTORY_DAYS", "1")]) {
        app.database().fill_login_history(2_500, app.clock_now()).await;
        app.clock.advance(Duration::days(2));
        assert_eq!(app.state.auth.tidy().await.unwrap(), 2_500);
        assert_eq!(app.login_history().await, []);
    }
}
