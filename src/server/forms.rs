//! Forms that are posted without JavaScript: to the page's own address, which answers with a
//! redirect, or with itself, what was typed and what is wrong.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest as _, Request, State},
    http::{header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::provide_context;
use serde::de::DeserializeOwned;
use tower_cookies::Cookies;

use crate::{
    app::shell,
    functions::{
        account::{self, AccountForm, DeviceForm},
        appearance::{self, AppearanceForm},
        auth::submit,
        legal,
        stocks::ScreenForm,
        watchlist::{self, WatchAction, WatchForm},
    },
    model::{
        RejectedForm,
        market::{RemovedItem, Screen},
        navigation,
    },
    server::{
        api::extract::{Authenticated, unreadable},
        auth::{Client, Identity},
        cookies,
        error::Error,
        market::screens,
        middleware::{language, render, request_id::RequestId, session::CurrentSession, watched::Watched},
        state::AppState,
    },
};

/// `POST /signup`
pub async fn sign_up(State(app): State<AppState>, client: Client, request: Request) -> Result<Response, Error> {
    let (form, posted) = Posted::read(request, &app).await?;
    let result = submit::sign_up(&app, &client, form).await;
    posted.answer(app, result).await
}

/// `POST /login`
pub async fn sign_in(
    State(app): State<AppState>,
    client: Client,
    jar: Cookies,
    request: Request,
) -> Result<Response, Error> {
    let before = identity(&request);
    let (form, posted) = Posted::read(request, &app).await?;
    let result = submit::sign_in(&app, &client, &jar, before, form).await;
    posted.answer(app, result).await
}

/// `POST /logout`: signs this browser out, whatever its cookies are worth.
pub async fn sign_out(State(app): State<AppState>, jar: Cookies, request: Request) -> Result<Redirect, Error> {
    if let Some(identity) = identity(&request) {
        app.auth.sign_out_session(identity.session_id).await?;
    }
    cookies::clear(&jar, &app.config);
    // Of whoever used the browser before.
    if cookies::draft(&jar, &app.config).is_some() {
        cookies::clear_draft(&jar, &app.config);
    }
    Ok(Redirect::to(navigation::LOGIN))
}

/// `POST /appearance`: how pages look from now on.
pub async fn set_appearance(State(app): State<AppState>, jar: Cookies, request: Request) -> Result<Redirect, Error> {
    let (form, _) = Posted::read::<AppearanceForm>(request, &app).await?;
    appearance::submit::set(&app, &jar, &form);
    Ok(Redirect::to(navigation::within_site(&form.next).unwrap_or("/")))
}

/// `POST /stocks`: keeps the page under a name, or forgets one of that name. The address stays.
pub async fn saved_screen(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    request: Request,
) -> Result<Response, Error> {
    let here = request.uri().query().unwrap_or_default().to_owned();
    let (form, posted) = Posted::read::<ScreenForm>(request, &app).await?;
    let user = identity.user.id;
    let result = match &form.delete {
        Some(name) => screens::remove(&app.db, user, name).await,
        None => screens::save(&app.db, &*app.clock, user, &form).await.map(drop),
    };
    // The list of them shows what has become of them.
    let here = if here.is_empty() { here } else { format!("{here}&") };
    let next = navigation::with_query("/stocks", &format!("{here}{}=1", Screen::SHOWN));
    posted.answer(app, result.map(|()| next)).await
}

/// `POST /account`: another name, or a consent that is given or withdrawn.
pub async fn change_account(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    request: Request,
) -> Result<Response, Error> {
    let (form, posted) = Posted::read::<AccountForm>(request, &app).await?;
    let result = match form.consent {
        Some(action) => legal::submit::change_consent(&app, &identity, action, &form.seen).await,
        None => account::submit::change_name(&app, &identity, form.name).await,
    };
    posted.answer(app, result).await
}

/// `POST /account/password`
pub async fn change_password(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    client: Client,
    request: Request,
) -> Result<Response, Error> {
    let (form, posted) = Posted::read(request, &app).await?;
    let result = account::submit::change_password(&app, &client, &identity, form).await;
    posted.answer(app, result).await
}

/// `POST /account/devices`: signs one device out, or all others.
pub async fn sign_out_device(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    jar: Cookies,
    request: Request,
) -> Result<Response, Error> {
    let (form, posted) = Posted::read::<DeviceForm>(request, &app).await?;
    let result = account::submit::sign_out(&app, &jar, &identity, form).await;
    posted.answer(app, result).await
}

/// `POST /account/delete`
pub async fn delete_account(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    client: Client,
    jar: Cookies,
    request: Request,
) -> Result<Response, Error> {
    let (form, posted) = Posted::read(request, &app).await?;
    let result = account::submit::delete_account(&app, &client, &jar, &identity, form).await;
    posted.answer(app, result).await
}

/// `POST /watchlist`: every change of the list. What was taken off it there can be put back from
/// the page that answers.
pub async fn change_watchlist(
    State(app): State<AppState>,
    Authenticated(identity): Authenticated,
    request: Request,
) -> Result<Response, Error> {
    let (form, mut posted) = Posted::read::<WatchForm>(request, &app).await?;
    let (action, next) = (form.action, form.next.clone());
    match watchlist::submit::change(&app, &identity, form).await {
        Ok(Some(removed)) if action == WatchAction::Remove && navigation::same_site(&next).is_none() => {
            if let Some(watched) = Watched::of(&app, identity.user.id).await {
                posted.parts.extensions.insert(watched);
            }
            Ok(posted.page(app, RemovedItem(removed)).await)
        }
        result => {
            let result = result.map(|item| {
                let item = item.filter(|_| action != WatchAction::Remove);
                watchlist::submit::way_on(&next, item.as_ref())
            });
            posted.answer(app, result).await
        }
    }
}

fn identity(request: &Request) -> Option<Identity> {
    request.extensions().get::<CurrentSession>()?.0.clone()
}

/// A form as it was posted.
struct Posted {
    parts: Parts,
    body: Bytes,
}

impl Posted {
    async fn read<F: DeserializeOwned>(request: Request, app: &AppState) -> Result<(F, Self), Error> {
        let (parts, body) = request.into_parts();
        let is_form = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| {
                kind.to_ascii_lowercase()
                    .starts_with("application/x-www-form-urlencoded")
            });
        if !is_form {
            return Err(Error::UnsupportedMediaType);
        }
        let body = Bytes::from_request(Request::from_parts(parts.clone(), body), app)
            .await
            .map_err(unreadable)?;
        let form = serde_urlencoded::from_bytes(&body).map_err(|error| Error::MalformedBody(error.to_string()))?;
        Ok((form, Self { parts, body }))
    }

    /// On to the next page, or back to this one with what is wrong.
    async fn answer(self, app: AppState, result: Result<String, Error>) -> Result<Response, Error> {
        let error = match result {
            Ok(next) => return Ok(Redirect::to(&next).into_response()),
            Err(error) if error.status().is_server_error() => return Err(error),
            Err(error) => error,
        };
        let instance = self.parts.extensions.get::<RequestId>().map(RequestId::instance);
        let rejected = RejectedForm {
            values: cookies::typed(&self.body),
            problem: error.problem(&instance.unwrap_or_default()),
        };
        let mut response = self.page(app, rejected).await;
        if response.status().is_server_error() {
            return Ok(response);
        }
        *response.status_mut() = error.status();
        Ok(response)
    }

    /// The page that the form belongs to, told what came of it.
    async fn page<T: Clone + Send + Sync + 'static>(self, app: AppState, told: T) -> Response {
        let options = app.leptos_options.clone();
        let context = move || {
            provide_context(app.clone());
            provide_context(told.clone());
            language::provide();
        };
        let page = leptos_axum::render_app_async_with_context(context, move || shell(options.clone()));
        let parts = self.parts;
        render::twice(|| page(Request::from_parts(parts.clone(), Body::empty()))).await
    }
}
