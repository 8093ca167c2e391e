//! E-mail addresses, in the one form in which they are stored.

use std::fmt;

use axum::http::StatusCode;
use bugdrill_web::Problem;

/// The longest address that mail can be sent to, in bytes (RFC 5321).
const MAX_LENGTH: usize = 254;

/// The longest part before the `@`, in bytes.
const MAX_LOCAL_LENGTH: usize = 64;

/// An e-mail address in normal form: the local part in lower-case ASCII, the domain as it is looked up. Two of them are
/// equal when they are one mailbox's.
///
/// It is shown to nobody but its owner: `Debug` leaves it out, and there is no `Display`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// The text is not the address of a mailbox on the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidEmailAddress;

impl EmailAddress {
    /// Reads an address as somebody typed it.
    ///
    /// Quoted local parts and those outside ASCII are refused although mail knows them: hardly anybody has one, and what
    /// looks like somebody else's address must not be another one.
    pub fn parse(text: &str) -> Result<Self, InvalidEmailAddress> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(InvalidEmailAddress)?;
        if text.len() > MAX_LENGTH || !is_local_part(local) || domain.chars().any(is_invisible) {
            return Err(InvalidEmailAddress);
        }
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| InvalidEmailAddress)?;
        let address = format!("{}@{domain}", local.to_ascii_lowercase());
        if address.len() > MAX_LENGTH || !is_public(&domain) {
            return Err(InvalidEmailAddress);
        }
        Ok(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }
}

/// Whether this is a dot-atom of RFC 5322: words of ASCII with single dots between them.
fn is_local_part(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    text.len() <= MAX_LOCAL_LENGTH && text.split('.').all(is_word)
}

/// Whether nobody sees this character. The rules of domain names drop most of them; who sends one has no good reason.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether this can be a domain of the internet: neither a bare host name nor an IP address in disguise.
fn is_public(domain: &str) -> bool {
    domain
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.len() >= 2 && top.starts_with(|letter: char| letter.is_ascii_alphabetic()))
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

impl From<InvalidEmailAddress> for Problem {
    fn from(_: InvalidEmailAddress) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "email_invalid", "This is not an e-mail address.")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_one_form() {
        let long_local = format!("{}@example.com", "a".repeat(64));
        let label = "b".repeat(60);
        let longest = format!("a@{label}.{label}.{label}.{label}.example");
        assert_eq!(longest.len(), 253);
        for (typed, normal) in [
            ("ada@example.com", "ada@example.com"),
            ("  Ada@Example.COM\n", "ada@example.com"),
            ("\u{a0}ada@example.com\u{2003}", "ada@example.com"),
            ("ADA.LOVELACE+drill@example.com", "ada.lovelace+drill@example.com"),
            ("o'hara@example.com", "o'hara@example.com"),
            ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"),
            ("ada@sub.domain.example.com", "ada@sub.domain.example.com"),
            ("ada@1and1.example", "ada@1and1.example"),
            // Domains of other scripts, typed or as they are looked up.
            ("ada@bücher.example", "ada@xn--bcher-kva.example"),
            ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
            ("ada@bu\u{308}cher.example", "ada@xn--bcher-kva.example"),
            ("ada@XN--Bcher-KVA.example", "ada@xn--bcher-kva.example"),
            ("ada@faß.example", "ada@xn--fa-hia.example"),
            ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
            ("ada@почта.рф", "ada@xn--80a1acny.xn--p1ai"),
            // Other ways to write the same domain.
            ("ada@ｅｘａｍｐｌｅ.com", "ada@example.com"),
            ("ada@example。com", "ada@example.com"),
            // U+212A, the sign of kelvin, which lower case makes a k.
            ("ada@\u{212a}elvin.example", "ada@kelvin.example"),
            (&long_local, &long_local),
            (&longest, &longest),
        ] {
            let address = EmailAddress::parse(typed).unwrap_or_else(|_| panic!("{typed:?} is refused"));
            assert_eq!(address.as_str(), normal, "{typed:?}");
        }
    }

    #[test]
    fn what_looks_like_another_address_is_not_that() {
        // Cyrillic letters.
        let look_alike = EmailAddress::parse("ada@аррӏе.com").unwrap();
        assert_eq!(look_alike.as_str(), "ada@xn--80ak6aa92e.com");
        assert_ne!(look_alike, EmailAddress::parse("ada@apple.com").unwrap());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_label = format!("a@{}.example", "b".repeat(64));
        let label = "b".repeat(60);
        let too_long = format!("abc@{label}.{label}.{label}.{label}.example");
        assert_eq!(too_long.len(), 255);
        // Short as it is typed, too long as it would be stored.
        let long_as_stored = format!("a@{}example", "ü.".repeat(80));
        for text in [
            "",
            " ",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@@example.com",
            "ada@example.com@example.org",
            "ada@localhost",
            "ada@.example.com",
            "ada@example..com",
            "ada@example.com.",
            "ada@example.c",
            "ada@-example.com",
            "ada@example-.com",
            "ada@exa_mple.com",
            "ada@exa mple.com",
            "ada@example.com, bob@example.com",
            "ada@example.com\r\nBcc: bob@example.com",
            "ada\r\n@example.com",
            "ada\0@example.com",
            "ada@exam\0ple.com",
            "ada@exam\u{7f}ple.com",
            ".ada@example.com",
            "ada.@example.com",
            "ada..lovelace@example.com",
            "ada lovelace@example.com",
            "\"ada lovelace\"@example.com",
            "\"ada\"@example.com",
            "ada(comment)@example.com",
            "ada@(comment)example.com",
            "Ada <ada@example.com>",
            "<ada@example.com>",
            "mailto:ada@example.com",
            "ada;bob@example.com",
            "ada\\@example.com",
            "ada@[127.0.0.1]",
            "ada@[IPv6:::1]",
            "ada@127.0.0.1",
            "ada@::1",
            "ada@0x7f.1",
            "ada@example.123",
            // The local part of other scripts, or of characters that only look like ASCII.
            "аda@example.com",
            "ädä@example.com",
            "ａｄａ@example.com",
            "ada＠example.com",
            "ada@example＠.com",
            "\u{212a}elvin@example.com",
            // Nobody sees these: a soft hyphen, joiners, the order of writing, a byte order mark, a tag.
            "a\u{ad}da@example.com",
            "ada@exam\u{ad}ple.com",
            "ada@exam\u{200b}ple.com",
            "ada@exam\u{200d}ple.com",
            "ada@\u{202e}example.com",
            "ada@example\u{2069}.com",
            "\u{feff}ada@example.com",
            "ada@exam\u{e0061}ple.com",
            "ada@exam\u{fe0f}ple.com",
            // Punycode that is none, or of what should have been written plainly.
            "ada@xn--a.example",
            "ada@xn--example-.com",
            "ada@xn--ü.example",
            &long_local,
            &long_label,
            &too_long,
            &long_as_stored,
        ] {
            assert_eq!(EmailAddress::parse(text), Err(InvalidEmailAddress), "{text:?}");
        }
    }

    #[test]
    fn nothing_shows_the_address() {
        let address = EmailAddress::parse("ada@example.com").unwrap();
        assert_eq!(format!("{address:?} {address:#?}"), "EmailAddress(…) EmailAddress(…)");
        assert_eq!((address.as_str(), address.local_part()), ("ada@example.com", "ada"));
    }

    fn is_normal(address: &EmailAddress) -> bool {
        let text = address.as_str();
        text.len() <= MAX_LENGTH
            && text.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
            && text.matches('@').count() == 1
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_in_normal_form(text in ".*@.*\\..*|\\PC{1,20}@\\PC{1,20}\\.\\PC{2,8}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(is_normal(&address), "{:?} becomes {:?}", text, address.as_str());
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
            }
        }

        #[test]
        fn letter_case_makes_no_difference(text in "[a-zA-Z0-9.+-]{1,12}@[a-zA-Zäöüéß0-9-]{1,12}\\.[a-zA-Z]{2,5}") {
            let (typed, shouted) = (EmailAddress::parse(&text), EmailAddress::parse(&text.to_ascii_uppercase()));
            prop_assert_eq!(typed, shouted);
        }
    }
}
