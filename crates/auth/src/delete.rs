//! `DELETE /auth/me`: forgets a user.

use axum::{
    Extension,
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use bugdrill_web::{
    ClientAddress, Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Password, Shared,
    client::{Client, SessionHeader},
    problems::{PasswordProblems, session_ended},
    proof::require_password,
};

/// What proves that it is the user who asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteRequest {
    /// The account's password. Without one, the user has to have logged in within 10 minutes.
    #[serde(default)]
    password: Option<Password>,
}

problems! {
    DeleteUserProblems {
        401: "`credentials_invalid`; `token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        403: "`fresh_login_required`; `origin_not_allowed`",
    }
}

/// Forgets the user with all that they did, at once and for good. Their tokens are worth nothing from then on.
#[utoipa::path(
    delete,
    path = "/auth/me",
    tag = "auth",
    operation_id = "delete_user",
    security(("bearer" = [])),
    params(SessionHeader),
    request_body = DeleteRequest,
    responses(
        LearnerProblems,
        BodyProblems,
        PasswordProblems,
        DeleteUserProblems,
        (status = 204, description = "There is no such user any more"),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    learner: Learner,
    client: Client,
    Json(request): Json<DeleteRequest>,
) -> Result<impl IntoResponse, Problem> {
    let users = state.store.users();
    if let Some(user) = users.find(learner.user_id).await? {
        require_password(&state, &learner, &user, request.password, address).await?;
        if !users.delete(user.id, learner.session_id, state.stamp()).await? {
            return Err(session_ended());
        }
    }
    let forgotten = client.cookie.map(|cookie| (header::SET_COOKIE, cookie.forget()));
    Ok((StatusCode::NO_CONTENT, AppendHeaders(forgotten)))
}
