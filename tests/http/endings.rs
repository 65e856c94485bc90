//! Whatever ends a session ends its tokens at once, at every door.

use reqwest::StatusCode;
use secondarymarket::server::store::{refresh_tokens, users};
use serde_json::{Value, json};

use crate::app::{TestApp, Tokens, cookies_of, on_each_database};

/// The cookies of a browser with these tokens.
pub fn cookies(tokens: &Tokens) -> String {
    format!("access_token={}; refresh_token={}", tokens.access, tokens.refresh)
}

impl TestApp {
    /// By Bearer token and by cookies, at REST, server functions and pages.
    async fn assert_out(&self, tokens: &Tokens, status: StatusCode, how: &str) {
        assert_eq!(self.ask("/api/auth/me", &tokens.access).await.0, status, "{how}: REST");
        let function = self
            .post("/_fn/listings")
            .bearer_auth(&tokens.access)
            .form(&[("query", "")]);
        assert_eq!(
            function.send().await.unwrap().status(),
            status,
            "{how}: server function"
        );
        let cookies = cookies(tokens);
        let rest = self
            .get("/api/auth/me")
            .header("Cookie", &cookies)
            .send()
            .await
            .unwrap();
        assert_eq!(rest.status(), StatusCode::UNAUTHORIZED, "{how}: REST with cookies");
        let page = self.get("/account").header("Cookie", &cookies).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::SEE_OTHER, "{how}: page");
        assert_eq!(cookies_of(&page), "", "{how}: nothing is cleared");
        let (refreshed, _) = self.refresh(&tokens.refresh).await;
        assert_eq!(refreshed, status, "{how}: refresh");
    }

    pub async fn refresh(&self, token: &str) -> (StatusCode, Value) {
        self.call("/api/auth/refresh", &json!({"refresh_token": token})).await
    }

    async fn row_id(&self, user_id: &str) -> i64 {
        users::find_by_key(&self.state.db, user_id).await.unwrap().unwrap().id
    }
}

on_each_database! {
    async fn whatever_ends_a_session_ends_its_tokens_at_once(app) {
        let stays = app.member("kim_gd").await;
        let out = StatusCode::UNAUTHORIZED;

        let tokens = app.member("hong_gd").await;
        let (status, _) = app.call("/api/auth/logout", &json!({"refresh_token": tokens.refresh})).await;
        assert_eq!(status, StatusCode::OK);
        app.assert_out(&tokens, out, "signed out by REST").await;

        let tokens = app.sign_in("hong_gd").await;
        app.post("/logout").header("Cookie", cookies(&tokens)).send().await.unwrap();
        app.assert_out(&tokens, out, "signed out by form").await;

        // With the token before, which still signs in for some seconds.
        let first = app.sign_in("hong_gd").await;
        let second = Tokens::of(&app.refresh(&first.refresh).await.1);
        let (status, _) = app.call("/api/auth/logout", &json!({"refresh_token": first.refresh})).await;
        assert_eq!(status, StatusCode::OK);
        app.assert_out(&second, out, "signed out with the token before").await;

        let first = app.sign_in("hong_gd").await;
        let second = Tokens::of(&app.refresh(&first.refresh).await.1);
        let third = Tokens::of(&app.refresh(&second.refresh).await.1);
        assert_eq!(app.refresh(&first.refresh).await.0, out, "two generations old: stolen");
        for tokens in [&first, &second, &third] {
            app.assert_out(tokens, out, "stolen").await;
        }

        let tokens = app.sign_in("hong_gd").await;
        let id = app.row_id("hong_gd").await;
        refresh_tokens::revoke_all(&app.state.db, id, "operator", app.state.clock.now().into()).await.unwrap();
        app.assert_out(&tokens, out, "signed out by the operator").await;

        let tokens = app.sign_in("hong_gd").await;
        app.set_active("hong_gd", false).await;
        app.assert_out(&tokens, StatusCode::FORBIDDEN, "deactivated").await;
        app.set_active("hong_gd", true).await;

        let tokens = app.sign_in("hong_gd").await;
        users::delete(&app.state.db, id).await.unwrap();
        app.assert_out(&tokens, out, "deleted").await;

        assert_eq!(app.ask("/api/auth/me", &stays.access).await.0, StatusCode::OK, "others stay");
    }

}
