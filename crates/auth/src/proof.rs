//! What proves that whoever asks is the user, and not somebody who found their session open.

use bugdrill_store::User;
use bugdrill_web::{ClientAddress, Learner, Problem};
use uuid::Uuid;

use crate::{AuthState, Password, session::require_fresh_log_in, totp};

/// What the secrets of second factors are sealed for.
pub(crate) const SEALED_FOR: &str = "totp";

/// Checks the password; of a user without one, that they logged in just now. A trial has nothing but its token.
pub(crate) async fn require_password(
    state: &AuthState,
    learner: &Learner,
    user: &User,
    password: Option<Password>,
    from: ClientAddress,
) -> Result<(), Problem> {
    if user.is_trial {
        return Ok(());
    }
    if user.password_hash().is_none() {
        return require_fresh_log_in(state, learner);
    }
    state.gate.attempt("password", &user.id.to_string(), from).await?;
    let password = password.unwrap_or_else(|| String::new().into());
    if state.passwords.verify(password, user.password_hash()).await? {
        return Ok(());
    }
    state.record_failed_log_in(Some(user.id), "password").await?;
    Err(Problem::unauthorized("credentials_invalid", "The password is wrong."))
}

/// Uses up a code of the user's second factor, or a recovery code; 401 `code_invalid` when it is neither, was used
/// before, or there is no second factor.
pub(crate) async fn require_code(state: &AuthState, user_id: Uuid, code: &str) -> Result<(), Problem> {
    // Whoever gets here has the first factor: only the account is counted, from wherever the codes come.
    let anywhere = ClientAddress(std::net::Ipv4Addr::UNSPECIFIED.into());
    state.gate.attempt("second-factor", &user_id.to_string(), anywhere).await?;
    let factors = state.store.second_factors();
    if let Some(factor) = factors.find(user_id).await?.filter(|factor| factor.is_confirmed) {
        let secret = open(state, user_id, &factor.sealed_secret)?;
        if let Some(step) = totp::step_of(&secret, code, state.ambient.now()) {
            if factors.use_step(user_id, step).await? {
                return Ok(());
            }
        } else if let Some(hash) = totp::hash_recovery_code(code)
            && factors.use_recovery_code(user_id, hash, state.stamp()).await?
        {
            return Ok(());
        }
    }
    state.record_failed_log_in(Some(user_id), "second factor").await?;
    Err(wrong_code())
}

/// The secret of a user's second factor.
pub(crate) fn open(state: &AuthState, user_id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
    state.secret.open(SEALED_FOR, user_id.as_bytes(), sealed).map_err(|error| Problem::internal(&error))
}

/// 401 `code_invalid`.
pub(crate) fn wrong_code() -> Problem {
    Problem::unauthorized("code_invalid", "The code is wrong, or was used before.")
}
