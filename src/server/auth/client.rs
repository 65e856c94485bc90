//! Who asks, whatever the door.

use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
};

use ipnet::Ipv6Net;

use super::{DeviceToken, limits::Allowance};

/// The address behind trusted proxies, what the program calls itself, and the device that it says
/// it is.
#[derive(Debug, Clone)]
pub struct Client {
    pub ip: IpAddr,
    /// The `User-Agent`, cut to [`Client::MAX_USER_AGENT`] characters.
    pub user_agent: String,
    /// The browser's `device` cookie.
    pub device: Option<DeviceToken>,
    /// How this request was limited: written by the service, read by the door that answers.
    allowance: Arc<OnceLock<Allowance>>,
}

impl Client {
    pub const MAX_USER_AGENT: usize = 300;

    /// Cleans and cuts what the client says about itself: it goes into the database.
    #[must_use]
    pub fn new(ip: IpAddr, user_agent: &str, device: Option<DeviceToken>) -> Self {
        Self {
            ip: ip.to_canonical(),
            user_agent: user_agent
                .chars()
                .filter(|c| !c.is_control())
                .take(Self::MAX_USER_AGENT)
                .collect(),
            device,
            allowance: Arc::default(),
        }
    }

    /// What limits go by: the address, and of IPv6 the /64, because that is what one customer has.
    #[must_use]
    pub fn network(&self) -> String {
        match self.ip {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => Ipv6Net::new(ip, 64).map_or_else(|_| ip.to_string(), |net| net.trunc().to_string()),
        }
    }

    pub(super) fn note(&self, allowance: Allowance) {
        // A request is charged once; were it twice, the first would stand.
        let _ = self.allowance.set(allowance);
    }

    /// How this request was limited, if it was.
    #[must_use]
    pub fn allowance(&self) -> Option<Allowance> {
        self.allowance.get().copied()
    }
}
