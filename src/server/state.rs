//! What every handler can ask for, built once.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::server::{
    auth::Auth,
    clock::SharedClock,
    config::Config,
    error::Error,
    market::Market,
    random::SharedRandomness,
    store::{Db, health::Health},
};

/// The services, shared: every layer of every request takes a clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Services>);

#[derive(Debug)]
pub struct Services {
    pub leptos_options: LeptosOptions,
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: SharedClock,
    pub auth: Auth,
    pub market: Arc<Market>,
    pub health: Arc<Health>,
}

impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

/// What Leptos' own handlers ask for.
impl FromRef<AppState> for LeptosOptions {
    fn from_ref(app: &AppState) -> Self {
        app.leptos_options.clone()
    }
}

impl AppState {
    /// # Errors
    /// When the auth services cannot start; see [`Auth::new`].
    pub fn new(
        leptos_options: LeptosOptions,
        config: Config,
        db: Db,
        clock: SharedClock,
        random: SharedRandomness,
        keys: &crate::server::auth::Keys,
    ) -> Result<Self, Error> {
        let config = Arc::new(config);
        Ok(Self(Arc::new(Services {
            leptos_options,
            auth: Auth::new(db.clone(), Arc::clone(&clock), random, Arc::clone(&config), keys)?,
            config,
            db,
            clock,
            market: Arc::new(Market::default()),
            health: Arc::default(),
        })))
    }
}
