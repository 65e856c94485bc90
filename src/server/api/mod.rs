//! REST, for programs: thin handlers over the services, by topic.

pub mod account;
pub mod auth;
pub mod extract;
pub mod health;
pub mod listings;
pub mod stocks;
pub mod watchlist;

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::server::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(title = "secondarymarket", description = "Korean stock market listings behind a sign-in. Errors are RFC 9457 problem details; `detail` is Korean, `code` is stable."),
    servers((url = "/api")),
    modifiers(&BearerToken),
    tags((name = "auth", description = "Accounts and sessions"), (name = "stocks", description = "Listings and single issues"),
        (name = "watchlist", description = "What the user watches"))
)]
struct Description;

/// `Authorization: Bearer`, as the protected operations name it.
struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        // No licence is chosen for the project: an empty name would say that one is.
        openapi.info.license = None;
        if let Some(components) = openapi.components.as_mut() {
            components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        }
    }
}

/// The routes below `/api`, and what they say of themselves.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(auth::signup))
        .routes(routes!(auth::login))
        .routes(routes!(auth::refresh))
        .routes(routes!(auth::logout))
        .routes(routes!(auth::me, account::delete_account))
        .routes(routes!(account::sessions, account::end_other_sessions))
        .routes(routes!(account::end_session))
        .routes(routes!(account::login_history))
        .routes(routes!(account::change_password))
        .routes(routes!(listings::listings))
        .routes(routes!(listings::csv))
        .routes(routes!(stocks::search))
        .routes(routes!(stocks::stock))
        .routes(routes!(stocks::history))
        .routes(routes!(stocks::statistics))
        .routes(routes!(stocks::overview))
        .routes(routes!(stocks::industries))
        .routes(routes!(watchlist::list))
        .routes(routes!(watchlist::item, watchlist::put, watchlist::remove))
}

/// A short sentence for the user.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Message {
    pub message: &'static str,
}

impl Message {
    fn json(message: &'static str) -> Json<Self> {
        Json(Self { message })
    }
}
