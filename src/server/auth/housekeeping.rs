//! What is over is deleted now and then; nothing depends on it but the size of the tables.

use time::Duration;

use super::{Auth, limits::micros};
use crate::server::{
    error::Error,
    store::{known_devices, login_failures, rate_limits},
};

/// As long as browsers keep the cookie.
const DEVICE_LIFETIME: Duration = Duration::days(400);

impl Auth {
    /// Deletes limits and failures whose time is over and devices that did not come back, and gives
    /// back the memory of sessions that nobody uses.
    pub async fn tidy(&self) -> Result<(), Error> {
        let now = self.clock.now();
        self.session_cache.tidy();
        rate_limits::purge(&self.db, micros(now)).await?;
        login_failures::purge(&self.db, now.into()).await?;
        known_devices::purge(&self.db, (now - DEVICE_LIFETIME).into()).await?;
        Ok(())
    }
}
