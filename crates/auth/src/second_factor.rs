//! `POST /auth/totp`, `POST /auth/totp/confirm`, `POST /auth/totp/recovery-codes` and `DELETE /auth/totp`: the second
//! factor of an account.

use axum::{extract::State, http::StatusCode};
use bugdrill_model::Role;
use bugdrill_store::User;
use bugdrill_web::{
    Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems},
    problems,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AuthState, Shared,
    problems::account_required,
    proof::{SEALED_FOR, open, require_code, wrong_code},
    session::require_fresh_log_in,
    totp,
};

/// A new secret for an authenticator app.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferedSecret {
    /// To be typed into the app.
    secret: String,
    /// To be scanned, as a QR code.
    uri: String,
}

/// A code of the authenticator app or, but for confirming it, a recovery code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorCodeRequest {
    /// The code.
    #[schema(max_length = 100)]
    code: String,
}

/// Codes that each stand in once for the authenticator app. They are told this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

problems! {
    OfferSecondFactorProblems {
        403: "`account_required`; `fresh_login_required`: the log-in is older than 10 minutes",
        409: "`second_factor_enabled`",
    }
}

/// Makes a secret for an authenticator app. It counts once a code confirms it.
#[utoipa::path(
    post,
    path = "/auth/totp",
    tag = "auth",
    operation_id = "offer_second_factor",
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        OfferSecondFactorProblems,
        (status = 200, description = "The secret", body = OfferedSecret),
    ),
)]
pub(crate) async fn offer(State(state): State<Shared>, learner: Learner) -> Result<Json<OfferedSecret>, Problem> {
    let user = account(&state, &learner).await?;
    // Else whoever finds a session open could lock its user out.
    require_fresh_log_in(&state, &learner)?;
    let secret = totp::new_secret(&state.ambient);
    let sealed = state.secret.seal(SEALED_FOR, user.id.as_bytes(), &secret, &state.ambient);
    if !state.store.second_factors().offer(user.id, sealed).await? {
        return Err(enabled());
    }
    let label = user.email.unwrap_or_else(|| user.id.to_string());
    Ok(Json(OfferedSecret { secret: totp::shown_secret(&secret), uri: totp::uri(&secret, &label) }))
}

problems! {
    ConfirmSecondFactorProblems {
        401: "`code_invalid`; `token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        403: "`account_required`; `fresh_login_required`",
        409: "`second_factor_enabled`, or `second_factor_not_offered`",
    }
}

/// Confirms the secret by a code: from now on logging in takes one. This session counts as one that did; all others
/// of the user end.
#[utoipa::path(
    post,
    path = "/auth/totp/confirm",
    tag = "auth",
    operation_id = "confirm_second_factor",
    security(("bearer" = [])),
    request_body = SecondFactorCodeRequest,
    responses(
        LearnerProblems,
        BodyProblems,
        ConfirmSecondFactorProblems,
        (status = 200, description = "The recovery codes", body = RecoveryCodes),
    ),
)]
pub(crate) async fn confirm(
    State(state): State<Shared>,
    learner: Learner,
    Json(request): Json<SecondFactorCodeRequest>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let user = account(&state, &learner).await?;
    require_fresh_log_in(&state, &learner)?;
    let factors = state.store.second_factors();
    let Some(factor) = factors.find(user.id).await? else {
        let detail = "Ask for a secret first.";
        return Err(Problem::new(StatusCode::CONFLICT, "second_factor_not_offered", detail));
    };
    if factor.is_confirmed {
        return Err(enabled());
    }
    let secret = open(&state, user.id, &factor.sealed_secret)?;
    let step = totp::step_of(&secret, &request.code, state.ambient.now()).ok_or_else(wrong_code)?;
    let (codes, hashes) = recovery_codes(&state);
    if !factors.confirm(user.id, learner.session_id, &factor.sealed_secret, step, hashes, state.stamp()).await? {
        return Err(enabled());
    }
    Ok(Json(codes))
}

problems! {
    RenewRecoveryCodesProblems {
        401: "`code_invalid`; `token_missing`, `token_invalid`, `token_expired` or `session_ended`",
    }
}

/// Makes new recovery codes. The old ones are worth nothing from then on.
#[utoipa::path(
    post,
    path = "/auth/totp/recovery-codes",
    tag = "auth",
    operation_id = "renew_recovery_codes",
    security(("bearer" = [])),
    request_body = SecondFactorCodeRequest,
    responses(
        LearnerProblems,
        BodyProblems,
        RenewRecoveryCodesProblems,
        (status = 200, description = "The recovery codes", body = RecoveryCodes),
    ),
)]
pub(crate) async fn renew(
    State(state): State<Shared>,
    learner: Learner,
    Json(request): Json<SecondFactorCodeRequest>,
) -> Result<Json<RecoveryCodes>, Problem> {
    require_code(&state, learner.user_id, &request.code).await?;
    let (codes, hashes) = recovery_codes(&state);
    if !state
        .store
        .second_factors()
        .renew_recovery_codes(learner.user_id, learner.session_id, hashes, state.stamp())
        .await?
    {
        return Err(wrong_code());
    }
    Ok(Json(codes))
}

problems! {
    DisableSecondFactorProblems {
        401: "`code_invalid`; `token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        403: "`second_factor_required`, of an editor or administrator",
    }
}

/// Ends the second factor: logging in takes none any more. Editors and administrators have to keep theirs.
#[utoipa::path(
    delete,
    path = "/auth/totp",
    tag = "auth",
    operation_id = "disable_second_factor",
    security(("bearer" = [])),
    request_body = SecondFactorCodeRequest,
    responses(
        LearnerProblems,
        BodyProblems,
        DisableSecondFactorProblems,
        (status = 204, description = "There is no second factor any more"),
    ),
)]
pub(crate) async fn disable(
    State(state): State<Shared>,
    learner: Learner,
    Json(request): Json<SecondFactorCodeRequest>,
) -> Result<StatusCode, Problem> {
    let user = state.store.users().find(learner.user_id).await?;
    if user.is_some_and(|user| user.role != Role::User) {
        let detail = "Editors and administrators log in with a second factor.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "second_factor_required", detail));
    }
    require_code(&state, learner.user_id, &request.code).await?;
    state.store.second_factors().disable(learner.user_id, learner.session_id, state.stamp()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The account of the token; 403 `account_required` for a trial.
async fn account(state: &AuthState, learner: &Learner) -> Result<User, Problem> {
    let user = state.store.users().find(learner.user_id).await?.filter(|user| !user.is_trial);
    user.ok_or_else(account_required)
}

/// New recovery codes, and what is stored of them.
fn recovery_codes(state: &AuthState) -> (RecoveryCodes, Vec<Vec<u8>>) {
    let codes: Vec<String> = (0..totp::RECOVERY_CODES).map(|_| totp::new_recovery_code(&state.ambient)).collect();
    let hashes = codes.iter().filter_map(|code| totp::hash_recovery_code(code)).collect();
    (RecoveryCodes { recovery_codes: codes }, hashes)
}

fn enabled() -> Problem {
    let detail = "The account has a second factor already.";
    Problem::new(StatusCode::CONFLICT, "second_factor_enabled", detail)
}
