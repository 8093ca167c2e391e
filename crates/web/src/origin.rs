//! Origins: what browsers call the site that a page came from.

use serde::{Deserialize, Deserializer, de::Error};

/// An origin as browsers write it: a scheme, a host and perhaps a port, such as `https://drill.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Reads an origin; `None` when the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let is_host = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
        (!host.is_empty() && host.chars().all(is_host)).then(|| Self(text.to_owned()))
    }

    /// The origin as text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether its pages come encrypted.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Its host and port, as in the `Host` header.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is no origin: write it like https://drill.example.com, without a path"))
        })
    }
}
