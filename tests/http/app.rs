//! A running application for one test.

use std::{net::SocketAddr, sync::Arc};

use reqwest::{Method, RequestBuilder, StatusCode};
use secondarymarket::server::{
    auth::Keys,
    clock::{ManualClock, SharedClock},
    config::Config,
    random::OsRandomness,
    routes::router,
    state::AppState,
    store::{login_history, testing::TestDb},
};
use serde_json::{Value, json};
use time::macros::datetime;

/// Runs the test on each database, with settings of its own if it names some:
/// `async fn test(app: [("MAX_LOGIN_ATTEMPTS", "3")]) { ... }`.
macro_rules! on_each_database {
    ($($(#[$doc:meta])* async fn $name:ident($app:ident $(: $settings:expr)?) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, reason = "not every test needs everything")]
            use super::*;

            async fn test($app: &crate::app::TestApp) $body

            fn settings() -> Vec<(&'static str, &'static str)> {
                #[allow(unused_mut, unused_assignments, reason = "most tests have no settings")]
                let mut settings = Vec::new();
                $(settings = $settings.into();)?
                settings
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let db = secondarymarket::server::store::testing::TestDb::sqlite().await;
                let app = crate::app::TestApp::start(db, &settings()).await;
                test(&app).await;
                app.stop().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let Some(db) = secondarymarket::server::store::testing::TestDb::postgres().await else {
                    return;
                };
                let app = crate::app::TestApp::start(db, &settings()).await;
                test(&app).await;
                app.stop().await;
            }
        }
    )*};
}
pub(crate) use on_each_database;

pub const SECRET: &str = "a secret that only the tests know: 0123456789";
/// Fits the policy and stands in no list.
pub const PASSWORD: &str = "Quartz-Zebra-71!";

/// A server as its clients see it.
#[derive(Clone)]
pub struct Caller {
    pub base: String,
    /// Follows no redirect and keeps no cookie.
    http: reqwest::Client,
}

pub struct TestApp {
    caller: Caller,
    pub clock: Arc<ManualClock>,
    pub state: AppState,
    server: tokio::task::JoinHandle<()>,
    db: TestDb,
}

impl TestApp {
    /// Starts the application with settings over the tests' own.
    pub async fn start(db: TestDb, settings: &[(&str, &str)]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let config = Config::from_values(&|name| {
            let own = match name {
                "LEPTOS_SITE_ADDR" => Some(address.clone()),
                "DATABASE_URL" => Some(db.url.clone()),
                "JWT_SECRET_KEY" => Some(SECRET.to_owned()),
                // Tests that are about limits turn them on.
                "RATE_LIMIT_ENABLED" => Some("false".to_owned()),
                // Hashing is not what these tests are about.
                "ARGON2_MEMORY_KIB" => Some("64".to_owned()),
                "ARGON2_ITERATIONS" => Some("1".to_owned()),
                _ => None,
            };
            settings
                .iter()
                .find(|(setting, _)| *setting == name)
                .map(|(_, value)| (*value).to_owned())
                .or(own)
        })
        .unwrap();
        let clock = Arc::new(ManualClock::new(datetime!(2026-03-20 09:00 UTC)));
        let shared: SharedClock = clock.clone();
        let keys = Keys::load(&config, &OsRandomness).unwrap();
        let options = leptos::config::LeptosOptions::builder()
            .output_name("secondarymarket")
            .site_root("target/no-site")
            // As the program answers where nobody develops.
            .env(leptos::config::Env::PROD)
            .build();
        let state = AppState::new(options, config, db.db.clone(), shared, Arc::new(OsRandomness), &keys).unwrap();
        let service = router(state.clone(), Arc::new(OsRandomness)).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            axum::serve(listener, service).await.unwrap();
        });
        Self {
            caller: Caller::new(format!("http://{address}")),
            clock,
            state,
            server,
            db,
        }
    }

    pub fn database_url(&self) -> &str {
        &self.db.url
    }

    pub fn clock_now(&self) -> time::OffsetDateTime {
        self.state.clock.now()
    }

    pub fn database(&self) -> &TestDb {
        &self.db
    }

    /// The same database under a new start, with other settings; the clock begins anew.
    pub async fn restarted(self, settings: &[(&str, &str)]) -> Self {
        self.server.abort();
        let _ = self.server.await;
        Self::start(self.db, settings).await
    }

    pub async fn stop(self) {
        self.server.abort();
        let _ = self.server.await;
        self.db.clean_up().await;
    }

    /// As the operator's `user activate` and `user deactivate`, on this node.
    pub async fn set_active(&self, user_id: &str, active: bool) {
        let auth = &self.state.auth;
        let user = auth.account(user_id).await.unwrap().unwrap();
        if active {
            auth.activate(user.id).await.unwrap();
        } else {
            auth.deactivate(user.id).await.unwrap();
        }
    }

    /// All attempts to sign in: whether the user is known, whether it worked.
    pub async fn login_history(&self) -> Vec<(bool, bool)> {
        let rows = login_history::all(&self.state.db).await.unwrap();
        rows.into_iter()
            .map(|row| (row.user_id.is_some(), row.success))
            .collect()
    }

    /// Why each attempt to sign in failed, oldest first; empty for those that worked.
    pub async fn failure_reasons(&self) -> Vec<String> {
        let rows = login_history::all(&self.state.db).await.unwrap();
        rows.into_iter()
            .map(|row| row.failure_reason.unwrap_or_default())
            .collect()
    }
}

impl std::ops::Deref for TestApp {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Caller {
    pub fn new(base: String) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A test that hangs fails.
            .timeout(std::time::Duration::from_mins(1))
            .build()
            .unwrap();
        Self { base, http }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// Posts JSON; gives status and body.
    pub async fn call(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.post(path).json(body)).await
    }

    /// The same where the server may be gone before it answers.
    pub async fn try_call(&self, path: &str, body: &Value) -> Option<(StatusCode, Value)> {
        let response = self.post(path).json(body).send().await.ok()?;
        let status = response.status();
        Some((status, response.json().await.ok()?))
    }

    /// Gets JSON with a Bearer token.
    pub async fn ask(&self, path: &str, token: &str) -> (StatusCode, Value) {
        answer(self.get(path).bearer_auth(token)).await
    }

    /// Signs up; the account must come about.
    pub async fn sign_up(&self, user_id: &str) {
        let (status, body) = self.call("/api/auth/signup", &sign_up(user_id)).await;
        assert_eq!(status, StatusCode::CREATED, "{body}");
    }

    pub async fn sign_in(&self, user_id: &str) -> Tokens {
        let (status, body) = self
            .call("/api/auth/login", &json!({"user_id": user_id, "password": PASSWORD}))
            .await;
        assert_eq!(status, StatusCode::OK, "{body}");
        Tokens::of(&body)
    }

    /// Signs up and in.
    pub async fn member(&self, user_id: &str) -> Tokens {
        self.sign_up(user_id).await;
        self.sign_in(user_id).await
    }

    /// Signs in by the form, as a browser does; gives the `Cookie` header.
    pub async fn browser(&self, user_id: &str) -> String {
        let response = self
            .post("/login")
            .form(&[("user_id", user_id), ("password", PASSWORD)])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        cookies_of(&response)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl Tokens {
    pub fn of(body: &Value) -> Self {
        Self {
            access: body["access_token"].as_str().unwrap().to_owned(),
            refresh: body["refresh_token"].as_str().unwrap().to_owned(),
        }
    }
}

/// A valid sign-up.
pub fn sign_up(user_id: &str) -> Value {
    json!({
        "user_id": user_id,
        "email": format!("{user_id}@example.com"),
        "name": "홍길동",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
        "agree": true,
    })
}

pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_else(|_| json!({"not JSON": text}));
    (status, body)
}

/// A page without the empty comments by which the browser's side finds its way.
pub fn without_marks(page: &str) -> String {
    page.replace("<!>", "")
}

/// What a browser would send back, by name.
pub fn cookies_of(response: &reqwest::Response) -> String {
    let mut cookies = response
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned())
        .collect::<Vec<_>>();
    cookies.sort();
    cookies.join("; ")
}

/// The fields that an error answer names, in its order.
pub fn fields(body: &Value) -> Vec<String> {
    body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect()
}
