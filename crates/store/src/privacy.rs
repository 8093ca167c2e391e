//! What a user may ask of us about themselves: all that is stored of them, and that it be forgotten.

mod shown;

use std::{collections::HashMap, mem};

use sea_orm::{
    ColumnTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    AuditEvent, AuditStamp, Store, StoreError, UserRepository, audit,
    entities::{
        audit_entry, leaderboard_points, league_member, mailed_token, memory_parameters, pattern_category,
        recovery_code, report, review, session, snippet, submission, user, user_badge, user_identity,
        user_pattern_progress, user_snippet, user_snippet_attempt, user_tally,
    },
};
use shown::{
    AuditEntry, Badge, Earned, Identity, League, MailedLink, Profile, Progress, Report, Review, Session,
    SnippetAttempt, SnippetState, Submission,
};

/// How many rows are read, and written out, at a time.
const PAGE: usize = 100;

impl UserRepository<'_> {
    /// All that is stored of a user; `None` when there is no such user.
    pub async fn export(&self, user_id: Uuid) -> Result<Option<Export>, StoreError> {
        let Some(user) = user::Entity::find_by_id(user_id).one(&self.store.reader).await? else { return Ok(None) };
        Export::new(self.store.clone(), user).await.map(Some)
    }

    /// Forgets a user with all that they did. Of what the audit log tells about them, the times and kinds of events
    /// stay, under an id that is nobody's any more. Tells whether there was such a user, in this session.
    pub async fn delete(&self, user_id: Uuid, session_id: Uuid, stamp: AuditStamp) -> Result<bool, StoreError> {
        let found = self.store.begin_write_in(user_id, session_id, stamp.now).await?;
        let Some((transaction, user)) = found else { return Ok(false) };
        audit_entry::Entity::update_many()
            .col_expr(audit_entry::Column::Details, Expr::value("{}"))
            .filter(audit_entry::Column::SubjectId.eq(user_id))
            .exec(&transaction)
            .await?;
        user.delete(&transaction).await?;
        audit::record(&transaction, audit::AuditEntry::own(stamp, AuditEvent::Deleted, user_id)).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What is stored of a user, as one JSON document that is read piece by piece: nobody has to hold all of it, and no
/// connection is kept while a slow client reads.
///
/// Secrets are not in it, and neither is what only proves something to us: passwords, tokens and codes, hashed or not.
/// Nor is what submissions wrote to standard error, which may hold the inputs of hidden tests.
#[derive(Debug)]
pub struct Export {
    store: Store,
    user_id: Uuid,
    slugs: HashMap<Uuid, String>,
    patterns: HashMap<i32, String>,
    /// What comes next, from the last to the first.
    pieces: Vec<Piece>,
    /// Whether the list that is being written has an element.
    has_element: bool,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Rows(Rows),
}

/// Rows to be read, of at most [`PAGE`] ids.
#[derive(Debug)]
enum Rows {
    Snippets(Vec<Uuid>),
    Attempts(Vec<Uuid>),
    Submissions(Vec<Uuid>),
    Reviews(Vec<Uuid>),
    Reports(Vec<Uuid>),
    AuditEntries(Vec<Uuid>),
}

impl Export {
    async fn new(store: Store, user: user::Model) -> Result<Self, StoreError> {
        let user_id = user.id;
        let connection = &store.reader;
        let slugs = snippet::Entity::find()
            .select_only()
            .columns([snippet::Column::Id, snippet::Column::Slug])
            .into_tuple::<(Uuid, String)>()
            .all(connection)
            .await?;
        let patterns = pattern_category::Entity::find()
            .select_only()
            .columns([pattern_category::Column::Id, pattern_category::Column::Slug])
            .into_tuple::<(i32, String)>()
            .all(connection)
            .await?;
        let mut export = Self {
            store: store.clone(),
            user_id,
            slugs: slugs.into_iter().collect(),
            patterns: patterns.into_iter().collect(),
            pieces: Vec::new(),
            has_element: false,
        };
        let profile = export.profile(user).await?;
        let mut pieces = vec![Piece::Text(format!("{{\"profile\":{}", serde_json::to_string(&profile)?))];
        for (name, list) in export.short_lists().await? {
            pieces.push(Piece::Text(format!(",\"{name}\":{}", serde_json::to_string(&list)?)));
        }
        for (name, ids, rows) in export.long_lists().await? {
            pieces.push(Piece::Text(format!(",\"{name}\":[")));
            pieces.extend(ids.chunks(PAGE).map(|ids| Piece::Rows(rows(ids.to_vec()))));
            pieces.push(Piece::Text("]".into()));
        }
        pieces.push(Piece::Text("}".into()));
        pieces.reverse();
        export.pieces = pieces;
        Ok(export)
    }

    /// The next piece of the document's text; `None` at its end.
    pub async fn next_piece(&mut self) -> Result<Option<String>, StoreError> {
        let rows = match self.pieces.pop() {
            None => return Ok(None),
            Some(Piece::Text(text)) => {
                self.has_element = false;
                return Ok(Some(text));
            }
            Some(Piece::Rows(rows)) => self.read(rows).await?,
        };
        let mut text = String::new();
        for row in rows {
            if mem::replace(&mut self.has_element, true) {
                text.push(',');
            }
            text.push_str(&serde_json::to_string(&row)?);
        }
        Ok(Some(text))
    }

    async fn profile(&self, user: user::Model) -> Result<Profile, StoreError> {
        let recovery_codes = recovery_code::Entity::find()
            .filter(recovery_code::Column::UserId.eq(user.id))
            .count(&self.store.reader)
            .await?;
        Ok(Profile {
            id: user.id,
            email: user.email,
            email_verified_at: user.email_verified_at,
            display_name: user.display_name,
            role: user.role,
            preferred_language: user.preferred_language,
            time_zone: user.time_zone,
            skill: user.skill,
            skill_observations: user.skill_observations,
            shows_streak: user.shows_streak,
            is_on_leaderboards: user.is_on_leaderboards,
            is_in_leagues: user.is_in_leagues,
            is_trial: user.is_trial,
            trial_snippets_remaining: user.is_trial.then_some(user.trial_snippets_remaining),
            has_password: user.password_hash.is_some(),
            second_factor_since: user.totp_confirmed_at,
            recovery_codes_left: recovery_codes,
            created_at: user.created_at,
            last_login_at: user.last_login_at,
        })
    }

    /// The lists that stay short, whole.
    async fn short_lists(&self) -> Result<[(&'static str, Vec<Value>); 9], StoreError> {
        let connection = &self.store.reader;
        let identities = user_identity::Entity::find()
            .filter(user_identity::Column::UserId.eq(self.user_id))
            .order_by_asc(user_identity::Column::CreatedAt)
            .all(connection)
            .await?;
        let sessions = session::Entity::find()
            .filter(session::Column::UserId.eq(self.user_id))
            .order_by_asc(session::Column::LastUsedAt)
            .all(connection)
            .await?;
        let mails = mailed_token::Entity::find()
            .filter(mailed_token::Column::UserId.eq(self.user_id))
            .order_by_asc(mailed_token::Column::CreatedAt)
            .all(connection)
            .await?;
        let progress = user_pattern_progress::Entity::find()
            .filter(user_pattern_progress::Column::UserId.eq(self.user_id))
            .order_by_asc(user_pattern_progress::Column::PatternId)
            .all(connection)
            .await?;
        let badges = user_badge::Entity::find()
            .filter(user_badge::Column::UserId.eq(self.user_id))
            .order_by_asc(user_badge::Column::EarnedAt)
            .order_by_asc(user_badge::Column::Badge)
            .all(connection)
            .await?;
        let parameters = memory_parameters::Entity::find_by_id(self.user_id).all(connection).await?;
        let parameters: Vec<Value> = parameters
            .iter()
            .filter_map(|row| row.parameters.as_deref())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let points = leaderboard_points::Entity::find()
            .filter(leaderboard_points::Column::UserId.eq(self.user_id))
            .order_by_asc(leaderboard_points::Column::Period)
            .all(connection)
            .await?;
        let leagues = league_member::Entity::find()
            .filter(league_member::Column::UserId.eq(self.user_id))
            .order_by_asc(league_member::Column::Week)
            .all(connection)
            .await?;
        let tallies = user_tally::Entity::find_by_id(self.user_id).all(connection).await?;
        let tallies: Vec<Value> =
            tallies.iter().map(|row| serde_json::from_str(&row.tally)).collect::<Result<_, _>>()?;
        Ok([
            ("identities", written(identities, Identity::from)?),
            ("sessions", written(sessions, Session::from)?),
            ("mailed_links", written(mails, MailedLink::from)?),
            ("badges", written(badges, Badge::from)?),
            ("tallies", tallies),
            ("memory_parameters", parameters),
            ("points", written(points, Earned::from)?),
            ("leagues", written(leagues, League::from)?),
            ("progress", written(progress, |row| Progress::new(self.pattern(row.pattern_id), row))?),
        ])
    }

    /// The lists that may be long: their ids, in order, and how a page of them is read.
    async fn long_lists(&self) -> Result<[(&'static str, Vec<Uuid>, fn(Vec<Uuid>) -> Rows); 6], StoreError> {
        let mine = self.user_id;
        Ok([
            ("snippets", self.ids(user_snippet::Column::SnippetId, user_snippet::Column::UserId.eq(mine)).await?, {
                Rows::Snippets
            }),
            (
                "attempts",
                self.ids(user_snippet_attempt::Column::Id, user_snippet_attempt::Column::UserId.eq(mine)).await?,
                Rows::Attempts,
            ),
            ("submissions", self.ids(submission::Column::Id, submission::Column::UserId.eq(mine)).await?, {
                Rows::Submissions
            }),
            ("reviews", self.ids(review::Column::Id, review::Column::UserId.eq(mine)).await?, Rows::Reviews),
            ("reports", self.ids(report::Column::Id, report::Column::UserId.eq(mine)).await?, Rows::Reports),
            ("audit_log", self.ids(audit_entry::Column::Id, audit_entry::Column::SubjectId.eq(mine)).await?, {
                Rows::AuditEntries
            }),
        ])
    }

    /// The values of `id` in the rows that are `mine`, oldest first where they tell the time.
    async fn ids<C: ColumnTrait>(&self, id: C, mine: Expr) -> Result<Vec<Uuid>, StoreError>
    where
        C::EntityName: EntityTrait,
    {
        let mut ids = C::EntityName::find()
            .select_only()
            .column(id)
            .filter(mine)
            .into_tuple::<Uuid>()
            .all(&self.store.reader)
            .await?;
        ids.sort_unstable();
        Ok(ids)
    }

    async fn read(&self, rows: Rows) -> Result<Vec<Value>, StoreError> {
        let connection = &self.store.reader;
        let values = match rows {
            Rows::Snippets(ids) => {
                let rows = user_snippet::Entity::find()
                    .filter(user_snippet::Column::UserId.eq(self.user_id))
                    .filter(user_snippet::Column::SnippetId.is_in(ids))
                    .order_by_asc(user_snippet::Column::SnippetId);
                written(rows.all(connection).await?, |row| SnippetState::new(self.slug(row.snippet_id), row))?
            }
            Rows::Attempts(ids) => {
                let rows = user_snippet_attempt::Entity::find()
                    .filter(user_snippet_attempt::Column::Id.is_in(ids))
                    .order_by_asc(user_snippet_attempt::Column::Id);
                written(rows.all(connection).await?, |row| SnippetAttempt::new(self.slug(row.snippet_id), row))?
            }
            Rows::Submissions(ids) => {
                let rows = submission::Entity::find()
                    .filter(submission::Column::Id.is_in(ids))
                    .order_by_asc(submission::Column::Id);
                let mut values = Vec::new();
                for row in rows.all(connection).await? {
                    values.push(serde_json::to_value(Submission::new(self.slug(row.snippet_id), row)?)?);
                }
                values
            }
            Rows::Reviews(ids) => {
                let rows =
                    review::Entity::find().filter(review::Column::Id.is_in(ids)).order_by_asc(review::Column::Id);
                written(rows.all(connection).await?, |row| {
                    Review::new(self.pattern(row.pattern_id), self.slug(row.snippet_id), row)
                })?
            }
            Rows::Reports(ids) => {
                let rows =
                    report::Entity::find().filter(report::Column::Id.is_in(ids)).order_by_asc(report::Column::Id);
                written(rows.all(connection).await?, |row| Report::new(self.slug(row.snippet_id), row))?
            }
            Rows::AuditEntries(ids) => {
                let rows = audit_entry::Entity::find()
                    .filter(audit_entry::Column::Id.is_in(ids))
                    .order_by_asc(audit_entry::Column::Id);
                let mut values = Vec::new();
                for row in rows.all(connection).await? {
                    values.push(serde_json::to_value(AuditEntry::new(row)?)?);
                }
                values
            }
        };
        Ok(values)
    }

    fn slug(&self, snippet_id: Uuid) -> String {
        self.slugs.get(&snippet_id).cloned().unwrap_or_else(|| snippet_id.to_string())
    }

    fn pattern(&self, pattern_id: i32) -> String {
        self.patterns.get(&pattern_id).cloned().unwrap_or_else(|| pattern_id.to_string())
    }
}

fn written<T, S: Serialize>(rows: Vec<T>, show: impl Fn(T) -> S) -> Result<Vec<Value>, StoreError> {
    Ok(rows.into_iter().map(|row| serde_json::to_value(show(row))).collect::<Result<_, _>>()?)
}
