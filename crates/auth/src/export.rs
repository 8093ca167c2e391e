//! `GET /auth/me/export`: all that is stored of a user.

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use bugdrill_store::{AuditEntry, AuditEvent};
use bugdrill_web::{Learner, Problem, problem::LearnerProblems};
use futures::stream;
use tracing::{Instrument, Span};

use crate::{Shared, problems::session_ended};

/// All that is stored of the user, as one JSON document to keep: the profile, identities, sessions, mailed links,
/// progress, snippets, attempts, submissions with their code and results, reviews, reports and the audit log. Secrets
/// are not in it.
#[utoipa::path(
    get,
    path = "/auth/me/export",
    tag = "auth",
    operation_id = "export_user",
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        (status = 200, description = "The document, to be saved as a file", body = serde_json::Value, content_type = "application/json"),
    ),
)]
pub(crate) async fn handle(State(state): State<Shared>, learner: Learner) -> Result<Response, Problem> {
    let entry = AuditEntry::own(state.stamp(), AuditEvent::Exported, learner.user_id);
    state.store.audit().record(entry).await?;
    let export = state.store.users().export(learner.user_id).await?;
    let export = export.ok_or_else(session_ended)?;
    // The body is made when the request has its answer: the log shall still know whose it is.
    let span = Span::current();
    let pieces = stream::try_unfold(export, move |mut export| {
        let piece = async move {
            let piece =
                export.next_piece().await.inspect_err(|error| tracing::error!(%error, "an export breaks off"))?;
            Ok::<_, bugdrill_store::StoreError>(piece.map(|piece| (piece, export)))
        };
        piece.instrument(span.clone())
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"bugdrill.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
