//! The table `oauth_flows`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_flows")]
pub struct Model {
    /// SHA-256 of the state that travels with the browser.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: Vec<u8>,
    pub provider: String,
    pub nonce: String,
    /// Ours, towards the provider.
    pub pkce_verifier: String,
    /// S256 of the client's verifier, towards us.
    pub client_challenge: String,
    /// Where the browser goes when the provider is done.
    pub return_to: String,
    /// The trial whose progress comes along.
    pub trial_user_id: Option<Uuid>,
    /// SHA-256 of the one-time code for the tokens; None until the browser is back.
    pub code_hash: Option<Vec<u8>>,
    /// Who the provider said it is, as JSON; None until then.
    pub identity: Option<String>,
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
