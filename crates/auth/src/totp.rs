//! Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, six digits, 30 seconds; and
//! the recovery codes that stand in for them.

use bugdrill_platform::Ambient;
use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Secret, TOTP};

/// How many seconds a code holds.
const STEP_SECONDS: i64 = 30;

/// How many steps the clocks of server and device may be apart.
const SKEW: i64 = 1;

const DIGITS: usize = 6;

/// How many recovery codes there are.
pub(crate) const RECOVERY_CODES: usize = 10;

/// How many letters and digits a recovery code has: 120 bits of them.
const RECOVERY_LENGTH: usize = 24;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A new secret, of 160 random bits, as RFC 4226 recommends.
pub(crate) fn new_secret(ambient: &Ambient) -> [u8; 20] {
    ambient.random_bytes()
}

/// The secret as it is typed into an app that cannot scan.
pub(crate) fn shown_secret(secret: &[u8]) -> String {
    base32(secret)
}

/// The URI that apps scan. `account` tells several accounts apart.
pub(crate) fn uri(secret: &[u8], account: &str) -> String {
    let (account, secret) = (utf8_percent_encode(account, RESERVED), shown_secret(secret));
    format!("otpauth://totp/bugdrill:{account}?secret={secret}&issuer=bugdrill&algorithm=SHA1&digits=6&period=30")
}

/// The time step whose code this is: the present one, or one beside it. `None` when the code is wrong.
pub(crate) fn step_of(secret: &[u8], code: &str, now: DateTime<Utc>) -> Option<i64> {
    let code: String = code.chars().filter(|character| *character != ' ').collect();
    let codes = TOTP::new_unchecked(Algorithm::SHA1, DIGITS, 0, STEP_SECONDS.unsigned_abs(), secret.to_vec());
    let present = now.timestamp().div_euclid(STEP_SECONDS);
    let steps = present - SKEW..=present + SKEW;
    // All of them, so that the time does not tell which it is.
    steps.filter(|step| codes.check(&code, (step * STEP_SECONDS).unsigned_abs())).max()
}

/// A new recovery code, of 120 random bits: six groups of four letters and digits.
pub(crate) fn new_recovery_code(ambient: &Ambient) -> String {
    let letters: Vec<char> = base32(&ambient.random_bytes::<15>()).chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
    groups.join("-")
}

/// What is stored of a recovery code, however it is typed; `None` when it cannot be one. It has 120 random bits, so
/// a fast hash is enough.
pub(crate) fn hash_recovery_code(code: &str) -> Option<Vec<u8>> {
    let letters: String = code.chars().filter(|character| !matches!(character, ' ' | '-')).take(100).collect();
    let letters = letters.to_ascii_uppercase();
    let is_one = letters.len() == RECOVERY_LENGTH && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_one.then(|| Sha256::digest(letters).to_vec())
}

fn base32(bytes: &[u8]) -> String {
    Secret::Raw(bytes.to_vec()).to_encoded().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use bugdrill_platform::ambient::testing::manual_ambient;
    use chrono::TimeDelta;

    use super::*;

    /// That of RFC 6238's appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // The standard's have eight digits; ours are the last six of them.
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(step_of(SECRET, &code[2..], at(seconds)), Some(seconds / STEP_SECONDS), "{code}");
        }
    }

    #[test]
    fn clocks_may_be_a_step_apart_and_no_more() {
        let (now, step) = (at(1_111_111_111), 1_111_111_111 / STEP_SECONDS);
        for apart in -1..=1 {
            assert_eq!(step_of(SECRET, "050471", now + TimeDelta::seconds(apart * STEP_SECONDS)), Some(step));
        }
        for apart in [-2, 2] {
            assert_eq!(step_of(SECRET, "050471", now + TimeDelta::seconds(apart * STEP_SECONDS)), None);
        }
    }

    #[test]
    fn what_is_no_code_is_wrong() {
        for text in ["", "05047", "0504711", "05047a", "+50471", "٠٥٠٤٧١", "-50471", "050 47", "14050471"] {
            assert_eq!(step_of(SECRET, text, at(1_111_111_111)), None, "{text}");
        }
        assert!(step_of(SECRET, "050 471", at(1_111_111_111)).is_some(), "apps show it so");
    }

    #[test]
    fn an_app_gets_all_that_it_needs() {
        assert_eq!(shown_secret(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            uri(SECRET, "ada+1@example.com"),
            "otpauth://totp/bugdrill:ada%2B1%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=bugdrill\
             &algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let (ambient, _) = manual_ambient();
        let codes: HashSet<String> = (0..RECOVERY_CODES).map(|_| new_recovery_code(&ambient)).collect();
        assert_eq!(codes.len(), RECOVERY_CODES);
        for code in &codes {
            let hash = hash_recovery_code(code).unwrap();
            assert_eq!(hash_recovery_code(&code.to_lowercase().replace('-', " ")), Some(hash));
        }
        for wrong in ["", "050471", "AAAA-AAAA-AAAA", "AAAA-AAAA-AAAA-AAA_", "AAAA-AAAA-AAAA-AAAAA"] {
            assert_eq!(hash_recovery_code(wrong), None, "{wrong}");
        }
    }
}
