//! Passwords: which are accepted, and how they are stored and compared.
//!
//! Hashing is slow on purpose. It runs on threads that serve no requests, few enough at a time that the rest of the
//! server goes on, and not too many wait for it.

use std::{
    collections::HashSet,
    fmt,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    thread::available_parallelism,
};

use axum::http::StatusCode;
use bcrypt::HashParts;
use bugdrill_platform::{Ambient, metrics as names};
use bugdrill_web::Problem;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};
use utoipa::{PartialSchema, ToSchema, openapi};
use zeroize::Zeroizing;

use crate::EmailAddress;

/// The shortest password, in characters.
const MIN_CHARACTERS: usize = 8;

/// The longest, in bytes: bcrypt reads no more.
const MAX_BYTES: usize = 72;

/// The name of this service, which would be many a password for it.
const SERVICE: &str = "bugdrill";

/// When to come back, in seconds, when too many wait.
const RETRY_AFTER_SECONDS: u64 = 2;

/// What other people's passwords are, in lower case. `data/README.md` tells where they come from.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let compressed: &[u8] = include_bytes!("../data/common-passwords.txt.zst");
    let lines = zstd::decode_all(compressed).ok().and_then(|lines| String::from_utf8(lines).ok());
    lines.expect("the list is in the binary").lines().map(str::to_owned).collect()
});

/// A password as it was received. It is wiped from memory after use, and never shown.
#[derive(Clone, Debug)]
pub struct Password(SecretString);

impl Password {
    fn text(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether bcrypt could tell it from all others: it reads 72 bytes, and takes a NUL for the end.
    fn is_distinct(&self) -> bool {
        self.text().len() <= MAX_BYTES && !self.text().contains('\0')
    }

    /// Whether it may be the password of a new account, or replace the old one. `email` is the account's address.
    ///
    /// Anything of a reasonable length may be, but what is guessed first. Rules on its composition make passwords worse.
    pub fn check(&self, email: Option<&EmailAddress>) -> Result<(), PasswordError> {
        if self.text().len() > MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        if self.text().chars().count() < MIN_CHARACTERS {
            return Err(PasswordError::TooShort);
        }
        if !self.is_distinct() {
            return Err(PasswordError::Nul);
        }
        let lower = Zeroizing::new(self.text().to_lowercase());
        let is_of_address = email.is_some_and(|email| [email.as_str(), email.local_part()].contains(&lower.as_str()));
        let is_of_service = lower.trim_matches(|letter: char| !letter.is_alphabetic()) == SERVICE;
        if is_of_address || is_of_service || COMMON.contains(lower.as_str()) {
            return Err(PasswordError::Common);
        }
        Ok(())
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl PartialSchema for Password {
    fn schema() -> openapi::RefOr<openapi::Schema> {
        let format = openapi::SchemaFormat::KnownFormat(openapi::KnownFormat::Password);
        openapi::ObjectBuilder::new().schema_type(openapi::Type::String).format(Some(format)).into()
    }
}

impl ToSchema for Password {}

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordError {
    /// It has fewer than 8 characters.
    TooShort,
    /// It has more than 72 bytes.
    TooLong,
    /// It is what would be guessed first.
    Common,
    /// It holds a NUL.
    Nul,
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        let refused = |code, detail| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail);
        match error {
            PasswordError::TooShort => refused("password_too_short", "A password has 8 or more characters."),
            PasswordError::TooLong => refused("password_too_long", "A password has at most 72 bytes."),
            PasswordError::Common => refused("password_common", "This password would be guessed. Take another one."),
            PasswordError::Nul => Self::invalid("A password cannot hold a NUL character."),
        }
    }
}

/// How passwords are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordOptions {
    /// bcrypt's cost: one more doubles the time.
    pub cost: u32,
    /// How many are hashed at a time; 0 for half of the cores.
    pub threads: usize,
    /// How many may wait for that.
    pub waiting: usize,
}

impl Default for PasswordOptions {
    fn default() -> Self {
        Self { cost: 12, threads: 0, waiting: 32 }
    }
}

impl PasswordOptions {
    /// The costs that bcrypt knows.
    pub const COSTS: std::ops::RangeInclusive<u32> = 4..=31;
}

/// Hashes passwords and compares them, a few at a time.
#[derive(Clone)]
pub struct Passwords(Arc<Shared>);

struct Shared {
    ambient: Ambient,
    cost: u32,
    /// What is compared with where there is no account: as slow, and never right.
    nobody: String,
    computing: Arc<Semaphore>,
    waiting: Semaphore,
    computations: AtomicU64,
}

impl Passwords {
    /// Hashes as `options` say, with salts from `ambient`.
    pub fn new(options: PasswordOptions, ambient: Ambient) -> Self {
        let threads = match options.threads {
            0 => available_parallelism().map_or(1, |cores| usize::from(cores) / 2).max(1),
            threads => threads,
        };
        Self(Arc::new(Shared {
            ambient,
            cost: options.cost,
            nobody: format!("$2b${:02}${}", options.cost, ".".repeat(53)),
            computing: Arc::new(Semaphore::new(threads)),
            waiting: Semaphore::new(options.waiting),
            computations: AtomicU64::new(0),
        }))
    }

    /// What is stored of a password.
    pub async fn hash(&self, password: Password) -> Result<String, Problem> {
        let (cost, salt) = (self.0.cost, self.0.ambient.random_bytes());
        let hashed = self.compute(move || bcrypt::hash_with_salt(password.text().as_bytes(), cost, salt)).await?;
        hashed.map(|parts| parts.to_string()).map_err(|error| Problem::internal(&error))
    }

    /// Whether this is the password that `hash` was made of. It takes one computation in any case, so that its time does
    /// not tell whether there is an account, or whether that has a password.
    pub async fn verify(&self, password: Password, hash: Option<&str>) -> Result<bool, Problem> {
        let usable = hash.filter(|hash| hash.parse::<HashParts>().is_ok());
        if usable.is_none() && hash.is_some() {
            tracing::error!("a stored hash of a password is not bcrypt's");
        }
        let could_be = usable.is_some() && password.is_distinct();
        let hash = usable.unwrap_or(&self.0.nobody).to_owned();
        let same = self.compute(move || bcrypt::verify(password.text().as_bytes(), &hash)).await?;
        Ok(same.map_err(|error| Problem::internal(&error))? && could_be)
    }

    /// Whether `hash` was made for less work than a new one would be.
    pub fn is_outdated(&self, hash: &str) -> bool {
        hash.parse::<HashParts>().is_ok_and(|hash| hash.get_cost() < self.0.cost)
    }

    /// How many passwords were hashed or compared until now.
    pub fn computations(&self) -> u64 {
        self.0.computations.load(Ordering::Relaxed)
    }

    /// Computes on a thread that serves no requests. Who gives up waiting leaves the queue; what has begun ends, and only
    /// then is its place free.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let place = self.place().await?;
        self.0.computations.fetch_add(1, Ordering::Relaxed);
        metrics::counter!(names::PASSWORD_HASHES).increment(1);
        let computing = spawn_blocking(move || {
            let _place = place;
            work()
        });
        computing.await.map_err(|error| Problem::internal(&error))
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(place) = Arc::clone(&self.0.computing).try_acquire_owned() {
            return Ok(place);
        }
        let busy = |_| {
            metrics::counter!(names::PASSWORD_HASHES_REFUSED).increment(1);
            let detail = "Too many people log in at the moment. Please try again.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).retry_after(RETRY_AFTER_SECONDS)
        };
        let _waiting = self.0.waiting.try_acquire().map_err(busy)?;
        Arc::clone(&self.0.computing).acquire_owned().await.map_err(|error| Problem::internal(&error))
    }

    /// Takes all places until what it returns is dropped: others have to wait.
    #[cfg(any(test, feature = "testing"))]
    pub fn occupy(&self) -> Vec<OwnedSemaphorePermit> {
        std::iter::from_fn(|| Arc::clone(&self.0.computing).try_acquire_owned().ok()).collect()
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passwords").field("cost", &self.0.cost).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bugdrill_platform::ambient::testing::manual_ambient;
    use futures::{FutureExt, future::join_all};
    use proptest::prelude::*;

    use super::*;

    fn passwords(waiting: usize) -> Passwords {
        Passwords::new(PasswordOptions { cost: 4, threads: 1, waiting }, manual_ambient().0)
    }

    fn password(text: &str) -> Password {
        text.to_owned().into()
    }

    fn check(text: &str) -> Result<(), PasswordError> {
        password(text).check(Some(&EmailAddress::parse("Ada.Lovelace@example.com").unwrap()))
    }

    #[test]
    fn a_password_has_8_characters_to_72_bytes_as_they_are_received() {
        for good in ["tgbyhnuj", " tgbyhn ", "ünïcödé!", "🦀🦀🦀🦀🦀🦀🦀🦀", "zzzzzzzzzzzzzzz zz zzzz", &"ü".repeat(36)]
        {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for short in ["", "tgbyhnu", "       ", "ünïcödé", "🦀🦀🦀🦀🦀🦀🦀"] {
            assert_eq!(check(short), Err(PasswordError::TooShort), "{short}");
        }
        for long in ["q".repeat(73), "ü".repeat(37), "🦀".repeat(100_000)] {
            assert_eq!(check(&long), Err(PasswordError::TooLong), "{} bytes", long.len());
        }
        assert_eq!(check("tgbyhn\0uj"), Err(PasswordError::Nul));
    }

    #[test]
    fn what_is_guessed_first_is_refused_in_any_letter_case() {
        for common in [
            "password",
            "PassWord",
            "12345678",
            "qwertyuiop",
            "iloveyou1",
            "Bugdrill",
            "bugdrill2026!",
            "ada.lovelace",
            "ADA.LOVELACE@EXAMPLE.COM",
        ] {
            assert_eq!(check(common), Err(PasswordError::Common), "{common}");
        }
        for uncommon in ["password of ada", "12345678 and so on", "bugdrillers", "ada.lovelace@example.org"] {
            assert_eq!(check(uncommon), Ok(()), "{uncommon}");
        }
        assert_eq!(password("ada.lovelace").check(None), Ok(()));
    }

    #[test]
    fn the_list_holds_what_nothing_else_refuses() {
        assert!(COMMON.len() > 8_000);
        for common in COMMON.iter() {
            assert!((MIN_CHARACTERS..=MAX_BYTES).contains(&common.len()), "{common}");
            assert_eq!(&common.to_lowercase(), common);
        }
    }

    #[test]
    fn nothing_shows_a_password() {
        assert_eq!(format!("{:?}", password("tgbyhnuj")), "Password(SecretBox<str>([REDACTED]))");
        assert!(!format!("{:?}", passwords(1)).contains("$2b$"));
    }

    #[tokio::test]
    async fn only_the_password_itself_fits_its_hash() {
        let passwords = passwords(1);
        for text in ["tgbyhnuj", " tgbyhn ", &"ü".repeat(36), &"q".repeat(71)] {
            let hash = passwords.hash(password(text)).await.unwrap();
            assert!(hash.starts_with("$2b$04$") && !hash.contains(text), "{hash}");
            assert!(passwords.verify(password(text), Some(&hash)).await.unwrap(), "{text}");
            // bcrypt alone takes some of these for the same.
            let (longer, twice) = (format!("{text}q"), format!("{text}\0{text}"));
            for other in [
                "",
                text.trim_start_matches(['t', 'q', 'ü', ' ']),
                &longer,
                &twice,
                &format!("{text}\0"),
                &text.to_uppercase(),
            ] {
                if other != text {
                    assert!(!passwords.verify(password(other), Some(&hash)).await.unwrap(), "{other} for {text}");
                }
            }
        }
        let (once, again) = (passwords.hash(password("tgbyhnuj")).await, passwords.hash(password("tgbyhnuj")).await);
        assert_ne!(once.unwrap(), again.unwrap(), "each has a salt of its own");
    }

    #[tokio::test]
    async fn every_comparison_is_one_computation() {
        let passwords = passwords(1);
        let hash = passwords.hash(password("tgbyhnuj")).await.unwrap();
        let long = "q".repeat(1_000);
        for (text, hash) in [
            ("tgbyhnuj", Some(hash.as_str())),
            ("wrong one", Some(&hash)),
            (&long, Some(&hash)),
            ("tgbyhnuj", None),
            ("", None),
            ("tgbyhnuj", Some("rubbish")),
        ] {
            let before = passwords.computations();
            let same = passwords.verify(password(text), hash).await.unwrap();
            assert_eq!(same, text == "tgbyhnuj" && hash.is_some_and(|hash| hash != "rubbish"), "{text}");
            assert_eq!(passwords.computations() - before, 1, "{text}");
        }
        // Of the same cost.
        let cost = |hash: &str| hash.parse::<HashParts>().unwrap().get_cost();
        assert_eq!(cost(&passwords.0.nobody), cost(&hash));
        let other = Passwords::new(PasswordOptions { cost: 12, threads: 1, waiting: 1 }, manual_ambient().0);
        assert_eq!(cost(&other.0.nobody), 12);
    }

    #[tokio::test]
    async fn the_33rd_that_would_wait_is_refused_at_once() {
        let passwords = passwords(PasswordOptions::default().waiting);
        let occupied = passwords.occupy();
        let mut waiting: Vec<_> = (0..32).map(|_| Box::pin(passwords.verify(password("tgbyhnuj"), None))).collect();
        for verifying in &mut waiting {
            assert!(verifying.now_or_never().is_none(), "it waits");
        }
        let refused = passwords.verify(password("tgbyhnuj"), None).now_or_never().expect("it does not wait");
        assert!(format!("{:?}", refused.unwrap_err()).contains("busy"));
        assert_eq!(passwords.computations(), 0);
        drop(occupied);
        for verified in join_all(waiting).await {
            assert!(!verified.unwrap());
        }
        assert_eq!(passwords.computations(), 32);
    }

    #[tokio::test]
    async fn a_request_that_is_given_up_leaves_its_place() {
        let passwords = passwords(1);
        let occupied = passwords.occupy();
        for _ in 0..3 {
            // Each waits alone, and is dropped.
            assert!(passwords.hash(password("tgbyhnuj")).now_or_never().is_none());
        }
        drop(occupied);
        // Given up while it is computed: the next one comes after it.
        assert!(passwords.hash(password("tgbyhnuj")).now_or_never().is_none());
        assert!(!passwords.verify(password("tgbyhnuj"), None).await.unwrap());
        assert_eq!(passwords.computations(), 2);
        assert_eq!(passwords.occupy().len(), 1, "all places are free again");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_accepted_password_is_told_from_any_other(text in "\\PC{8,18}", other in ".{0,80}") {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(async {
                let passwords = passwords(1);
                prop_assume!(password(&text).check(None).is_ok());
                let hash = passwords.hash(password(&text)).await.unwrap();
                prop_assert!(passwords.verify(password(&text), Some(&hash)).await.unwrap());
                prop_assert_eq!(passwords.verify(password(&other), Some(&hash)).await.unwrap(), text == other);
                Ok(())
            })?;
        }
    }
}
