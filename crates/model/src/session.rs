//! When a refresh token may be exchanged.

use std::time::Duration;

/// How often a token may be exchanged again when the answer was lost.
pub const MAX_RETRIES: usize = 10;

/// For how long an account's may, after its first use. A trial has no other key, so that its may at any time.
pub const RETRY_WINDOW: Duration = Duration::from_hours(1);

/// What is known of a refresh token that is presented and has not expired.
#[derive(Clone, Copy, Debug)]
pub struct PresentedToken {
    /// Whether it is a trial's.
    pub is_of_trial: bool,
    /// How long ago it was first used.
    pub used_ago: Option<Duration>,
    /// Whether another took its place, because the answer that held it was thought to be lost.
    pub is_revoked: bool,
    /// How many tokens it was exchanged for.
    pub replacements: usize,
    /// Whether one of them was ever presented.
    pub is_replacement_used: bool,
}

impl PresentedToken {
    /// Whether somebody has a copy of it, so that its session has to end.
    ///
    /// A further use is forgiven while no replacement was ever presented: the answers were lost on their way. The
    /// earlier replacements are revoked then, so that one chain remains; presenting one of them tells of a copy. So
    /// does a further use that comes too often or, of an account's token, too late.
    pub fn is_copied(&self) -> bool {
        let is_late = !self.is_of_trial && self.used_ago.is_some_and(|ago| ago >= RETRY_WINDOW);
        self.is_revoked || self.is_replacement_used || self.replacements >= MAX_RETRIES || is_late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNUSED: PresentedToken = PresentedToken {
        is_of_trial: false,
        used_ago: None,
        is_revoked: false,
        replacements: 0,
        is_replacement_used: false,
    };

    #[test]
    fn lost_answers_are_forgiven_and_copies_are_not() {
        let retried = PresentedToken { used_ago: Some(RETRY_WINDOW / 2), replacements: 1, ..UNUSED };
        assert!(!UNUSED.is_copied() && !retried.is_copied());
        assert!(PresentedToken { is_revoked: true, ..retried }.is_copied());
        assert!(PresentedToken { is_replacement_used: true, ..retried }.is_copied());
        let often = |replacements| PresentedToken { replacements, ..retried }.is_copied();
        assert!(!often(MAX_RETRIES - 1) && often(MAX_RETRIES));
        let late = PresentedToken { used_ago: Some(RETRY_WINDOW), ..retried };
        assert!(late.is_copied() && !PresentedToken { is_of_trial: true, ..late }.is_copied());
    }
}
