//! What the user watches.

use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use crate::model::{
    Problem,
    market::{WatchlistItem, WatchlistPage},
};

/// What is done to the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WatchAction {
    /// Puts an issue on it.
    #[default]
    Add,
    Remove,
    /// A place further within its group.
    Up,
    Down,
    /// Changes what is written about an issue that is on it.
    Edit,
}

/// The fields of the forms that post to `/watchlist`. What is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchForm {
    pub action: WatchAction,
    pub code: String,
    /// In place of a code: what somebody typed who wants to add an issue.
    pub q: String,
    pub group: Option<String>,
    pub note: Option<String>,
    pub position: Option<i64>,
    /// Where to go afterwards.
    pub next: String,
}

impl WatchForm {
    /// Puts an issue back as it was.
    #[must_use]
    pub fn putting_back(item: &WatchlistItem) -> Self {
        Self {
            code: item.code.clone(),
            group: item.group.clone(),
            note: item.note.clone(),
            position: Some(item.position),
            ..Self::default()
        }
    }
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WatchOutcome {
    /// The item as it is now; one that was removed as it was, if it was there.
    Done(Option<WatchlistItem>),
    /// Not done, and why.
    Refused(Problem),
}

/// The list with the figures of the day.
#[server(prefix = "/_fn", endpoint = "watchlist")]
pub async fn watchlist() -> Result<WatchlistPage, Problem> {
    submit::page().await.map_err(|error| super::request::fail(&error))
}

/// The codes on the list when the page was rendered; none for a visitor. The browser finds them in
/// the page.
#[must_use]
pub fn watched_codes() -> Vec<String> {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return super::request::watched();
        #[cfg(not(feature = "ssr"))]
        Vec::new()
    })
    .into_inner()
}

/// Changes the list. As JSON, because a form's encoding does not tell an empty note from none.
#[server(prefix = "/_fn", endpoint = "change-watchlist", input = Json)]
pub async fn change_watchlist(form: WatchForm) -> Result<WatchOutcome, Problem> {
    use super::request::{fail, problem};

    match submit::change_here(form).await {
        Ok(item) => Ok(WatchOutcome::Done(item)),
        Err(error) if error.status().is_server_error() => Err(fail(&error)),
        Err(error) => Ok(WatchOutcome::Refused(problem(&error))),
    }
}

/// What both ways of changing the list do: the server function and the plain post.
#[cfg(feature = "ssr")]
pub mod submit {
    use super::{WatchAction, WatchForm};
    use crate::{
        functions::request,
        model::{
            market::{WatchlistChange, WatchlistItem, WatchlistPage, read_code, watched::Step},
            navigation,
        },
        server::{auth::Identity, error::Error, market::watchlist, state::AppState},
    };

    /// Gives the item as it is now; one that was removed as it was, if it was there.
    pub async fn change(app: &AppState, identity: &Identity, form: WatchForm) -> Result<Option<WatchlistItem>, Error> {
        let market = app.market.current().ok_or(Error::NoMarket)?;
        let (db, clock, user) = (&app.db, &*app.clock, identity.user.id);
        let code = if form.action == WatchAction::Add && form.code.is_empty() {
            watchlist::meant(&market, &form.q)?
        } else {
            read_code(&form.code).ok_or(Error::StockNotFound)?
        };
        let change = WatchlistChange {
            group: form.group,
            note: form.note,
            position: form.position,
        };
        let item = match form.action {
            WatchAction::Remove => return watchlist::remove(db, Some(&market), user, &code).await,
            WatchAction::Up => watchlist::step(db, clock, &market, user, &code, Step::Up).await?,
            WatchAction::Down => watchlist::step(db, clock, &market, user, &code, Step::Down).await?,
            WatchAction::Add => watchlist::put(db, clock, &market, user, &code, &change).await?,
            WatchAction::Edit => {
                // Otherwise a stale page would put back what was taken off elsewhere.
                watchlist::find(db, Some(&market), user, &code).await?;
                watchlist::put(db, clock, &market, user, &code, &change).await?
            }
        };
        Ok(Some(item))
    }

    /// The page to go to after a plain post: where it came from, or to the item on the list.
    #[must_use]
    pub fn way_on(next: &str, item: Option<&WatchlistItem>) -> String {
        match (navigation::same_site(next), item) {
            (Some(next), _) => next.to_owned(),
            (None, Some(item)) => format!("{}#w-{}", navigation::WATCHLIST, item.code),
            (None, None) => navigation::WATCHLIST.to_owned(),
        }
    }

    fn who() -> Result<Identity, Error> {
        request::identity().ok_or(Error::MissingToken)
    }

    pub(super) async fn change_here(form: WatchForm) -> Result<Option<WatchlistItem>, Error> {
        change(&request::app()?, &who()?, form).await
    }

    pub(super) async fn page() -> Result<WatchlistPage, Error> {
        let (app, identity) = (request::app()?, who()?);
        let market = app.market.current().ok_or(Error::NoMarket)?;
        watchlist::page(&app.db, &market, identity.user.id).await
    }
}
