//! `healthcheck`: asks the server of these settings whether it is ready, for supervisors that have
//! no HTTP client at hand.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use super::Failure;
use crate::server::config::Config;

const TIMEOUT: Duration = Duration::from_secs(3);

pub async fn run(config: &Config) -> Result<(), Failure> {
    let url = format!("http://{}/readyz", within_reach(config.site_addr));
    let asked = url.clone();
    let answer = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build()
            .into();
        agent.get(&asked).call().map(|answer| answer.status().as_u16())
    })
    .await
    .map_err(|error| Failure::Other(error.to_string()))?;
    match answer {
        Ok(200) => {
            println!("{url}: ready");
            Ok(())
        }
        Ok(status) => Err(Failure::Other(format!("{url}: not ready ({status})"))),
        Err(error) => Err(Failure::Other(format!("{url}: no answer ({error})"))),
    }
}

/// A server that listens everywhere is asked on loopback.
fn within_reach(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_on_loopback() {
        for (listens, asked) in [
            ("0.0.0.0:3000", "127.0.0.1:3000"),
            ("[::]:3000", "[::1]:3000"),
            ("10.0.0.5:80", "10.0.0.5:80"),
        ] {
            assert_eq!(within_reach(listens.parse().unwrap()), asked.parse().unwrap());
        }
    }
}
