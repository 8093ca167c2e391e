//! What of the internet is one client's.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// The network of a client, which is what limits and shares are counted by: an IPv4 address, or of IPv6 the /64, in
/// which a client may call itself what it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientNetwork(IpAddr);

impl ClientNetwork {
    /// The network of the client with this address.
    pub fn of(address: IpAddr) -> Self {
        Self(prefix(address.to_canonical(), 64))
    }

    /// The first address of the site, which is what one customer may have of a provider: of IPv6 the /48, with 65,536
    /// networks. An IPv4 address is a site of its own: those beside it are strangers', and cost money.
    pub fn site(self) -> IpAddr {
        prefix(self.0, 48)
    }
}

impl fmt::Display for ClientNetwork {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The first address with these bits of an IPv6 address.
fn prefix(address: IpAddr, bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !(u128::MAX >> bits)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> ClientNetwork {
        ClientNetwork::of(address.parse().unwrap())
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        assert_eq!(network("192.0.2.7").to_string(), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_eq!(network("2001:db8:1:2:3::4").to_string(), "2001:db8:1:2::");
        assert_eq!(network("2001:db8:1:2:ffff::1"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:3::9"), network("2001:db8:1:2::9"));
    }

    #[test]
    fn networks_of_a_site_are_told_by_its_48_bits() {
        assert_eq!(network("2001:db8:1:2::9").site(), network("2001:db8:1:ffff::9").site());
        assert_ne!(network("2001:db8:1:2::9").site(), network("2001:db8:2:2::9").site());
        assert_ne!(network("192.0.2.7").site(), network("192.0.2.8").site());
    }
}
