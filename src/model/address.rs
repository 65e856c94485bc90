//! Network addresses as pages show them: enough to recognise one's own connection, not more.

use std::net::{IpAddr, Ipv6Addr};

use crate::model::text;

/// An IPv4 address without its last number, an IPv6 address as the network of one household: its
/// first 64 bits.
#[must_use]
pub fn coarse(address: &str) -> String {
    match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.*")
        }
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Err(_) => text::account::unknown_address().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::coarse;

    #[test]
    fn leaves_the_single_machine_out() {
        for (address, shown) in [
            ("203.0.113.9", "203.0.113.*"),
            ("127.0.0.1", "127.0.0.*"),
            ("::ffff:203.0.113.9", "203.0.113.*"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8::1", "2001:db8::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(coarse(address), shown);
        }
    }

    #[test]
    fn what_is_no_address_is_not_shown() {
        for text in ["", "203.0.113", "<b>", "203.0.113.9:80"] {
            assert_eq!(coarse(text), "알 수 없음");
        }
    }
}
