//! The table `users`.

use bugdrill_model::Role;
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In normal form, so that its uniqueness is that of mailboxes.
    pub email: Option<String>,
    /// bcrypt; None where there is no password.
    pub password_hash: Option<String>,
    pub display_name: Option<String>,
    pub role: Text<Role>,
    /// The name of a language. Of one that only the next release knows, nothing is known here.
    pub preferred_language: Option<String>,
    pub time_zone: Option<String>,
    pub created_at: DateTimeUtc,
    /// When tokens were last given out, at a log-in or a refresh.
    pub last_login_at: Option<DateTimeUtc>,
    pub is_trial: bool,
    pub trial_snippets_remaining: i32,
    pub shows_streak: bool,
    /// Whether others may see the points; of a trial nobody does.
    pub is_on_leaderboards: bool,
    pub is_in_leagues: bool,
    /// What the learner can in any pattern, in logits.
    pub skill: f64,
    /// Of how many first submissions that was made.
    pub skill_observations: i32,
    pub email_verified_at: Option<DateTimeUtc>,
    /// The secret of the second factor, sealed.
    pub totp_secret: Option<Vec<u8>>,
    /// When the user proved to have that secret; it counts from then on.
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The time step of the last code used: none works twice.
    pub totp_last_step: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
