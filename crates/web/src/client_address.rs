//! Where a request comes from, also behind proxies.

use std::{net::IpAddr, str::FromStr, sync::Arc};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use bugdrill_platform::ClientNetwork;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer, de::Error};

/// Networks whose proxies are believed when they tell for whom they ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// The address of the client that a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What is counted as one client.
    pub fn network(self) -> ClientNetwork {
        ClientNetwork::of(self.0)
    }
}

impl TrustedProxies {
    /// Believes the proxies in these networks.
    pub fn new(networks: impl IntoIterator<Item = IpNet>) -> Self {
        Self(networks.into_iter().collect())
    }

    fn includes(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client that `peer` speaks for: the last address of `X-Forwarded-For` that is not a trusted proxy's.
    ///
    /// Each proxy adds the address of the one before it at the end; what stands further ahead, anybody can have
    /// written.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.includes(client) {
            return client;
        }
        let values = headers.get_all("x-forwarded-for");
        let values: Vec<&str> = values.iter().filter_map(|value| value.to_str().ok()).collect();
        let mut hops = values.iter().flat_map(|value| value.split(',')).rev();
        while self.includes(client)
            && let Some(hop) = hops.next().and_then(address_of)
        {
            client = hop;
        }
        client
    }

    /// Notes the client's address with the request.
    pub(crate) fn identify(&self, request: &mut Request) {
        let peer = request.extensions().get().map(|ConnectInfo(peer): &ConnectInfo<std::net::SocketAddr>| peer.ip());
        if let Some(peer) = peer {
            let client = ClientAddress(self.client(peer, request.headers()));
            request.extensions_mut().insert(client);
        }
    }
}

/// Reads the forms that proxies write: an address, or one with a port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = IpAddr::from_str(hop)
        .or_else(|_| std::net::SocketAddr::from_str(hop).map(|address| address.ip()))
        .or_else(|_| IpAddr::from_str(hop.trim_start_matches('[').trim_end_matches(']')));
    address.ok().map(|address| address.to_canonical())
}

impl<'de> Deserialize<'de> for TrustedProxies {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let network = |text: &String| {
            let single = || IpAddr::from_str(text).map(IpNet::from);
            IpNet::from_str(text).or_else(|_| single()).map_err(|_| {
                D::Error::custom(format!("`{text}` is neither an address nor a network such as 10.0.0.0/8"))
            })
        };
        texts.iter().map(network).collect::<Result<Vec<_>, _>>().map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::new(["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(client("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("fd00::1", &["2001:db8::5"]), "2001:db8::5");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        assert_eq!(client("10.0.0.1", &["127.0.0.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["10.9.9.9, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["203.0.113.9", "10.0.0.2"]), "203.0.113.9");
    }

    #[test]
    fn ports_are_cut_off_and_rubbish_is_the_proxy_that_sent_it() {
        assert_eq!(client("10.0.0.1", &["203.0.113.9:4711"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["[2001:db8::5]:4711"]), "2001:db8::5");
        assert_eq!(client("10.0.0.1", &["[2001:db8::5]"]), "2001:db8::5");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, unknown"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9, , 10.0.0.3"]), "10.0.0.3");
    }
}
