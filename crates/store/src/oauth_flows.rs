//! Log-ins by other providers, from the start to the one-time code: every step of one works once.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{ProviderIdentity, Store, StoreError, entities::oauth_flow, steps};

/// A log-in that starts.
#[derive(Clone)]
pub struct NewOauthFlow {
    /// SHA-256 of the state that travels with the browser.
    pub state_hash: Vec<u8>,
    /// The provider.
    pub provider: String,
    /// What the provider has to repeat in its ID token.
    pub nonce: String,
    /// Ours, towards the provider.
    pub pkce_verifier: String,
    /// S256 of the client's verifier, towards us.
    pub client_challenge: String,
    /// Where the browser goes when the provider is done.
    pub return_to: String,
    /// The trial whose progress comes along.
    pub trial_user_id: Option<Uuid>,
    /// Until when the browser has to be back.
    pub expires_at: DateTime<Utc>,
}

/// A log-in whose browser is back from the provider.
#[derive(Clone)]
pub struct ReturnedFlow {
    /// What the provider has to repeat in its ID token.
    pub nonce: String,
    /// Ours, towards the provider.
    pub pkce_verifier: String,
    /// Where the browser goes now.
    pub return_to: String,
}

/// A log-in whose one-time code came.
#[derive(Clone)]
pub struct RedeemedFlow {
    /// S256 of the verifier that the client has to show.
    pub client_challenge: String,
    /// The trial whose progress comes along.
    pub trial_user_id: Option<Uuid>,
    /// Who the provider said it is.
    pub identity: ProviderIdentity,
}

macro_rules! redacted {
    ($($name:ident: $shown:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = formatter.debug_struct(stringify!($name));
                shown.field(stringify!($shown), &self.$shown).finish_non_exhaustive()
            }
        })*
    };
}

redacted!(NewOauthFlow: provider, ReturnedFlow: return_to, RedeemedFlow: identity);

/// Log-ins by other providers, under way.
#[derive(Clone, Copy, Debug)]
pub struct OauthFlowRepository<'a> {
    pub(crate) store: &'a Store,
}

impl OauthFlowRepository<'_> {
    /// Starts one.
    pub async fn start(&self, flow: NewOauthFlow, now: DateTime<Utc>) -> Result<(), StoreError> {
        // Asking the provider took its time.
        let trial_user_id = steps::users::still_there(&self.store.reader, flow.trial_user_id).await?;
        let model = oauth_flow::ActiveModel {
            state_hash: Set(flow.state_hash),
            provider: Set(flow.provider),
            nonce: Set(flow.nonce),
            pkce_verifier: Set(flow.pkce_verifier),
            client_challenge: Set(flow.client_challenge),
            return_to: Set(flow.return_to),
            trial_user_id: Set(trial_user_id),
            code_hash: NotSet,
            identity: NotSet,
            expires_at: Set(flow.expires_at),
            created_at: Set(now),
        };
        oauth_flow::Entity::insert(model).exec_without_returning(&self.store.writer).await?;
        Ok(())
    }

    /// The log-in of this state at this provider, the first time that the state comes. From then on it goes by its
    /// one-time code, of which `code_hash` is the hash.
    pub async fn take(
        &self,
        state_hash: &[u8],
        provider: &str,
        code_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<ReturnedFlow>, StoreError> {
        let taken = oauth_flow::Entity::update_many()
            .col_expr(oauth_flow::Column::CodeHash, Expr::value(code_hash.to_vec()))
            .filter(oauth_flow::Column::StateHash.eq(state_hash.to_vec()))
            .filter(oauth_flow::Column::Provider.eq(provider))
            .filter(oauth_flow::Column::CodeHash.is_null())
            .filter(oauth_flow::Column::ExpiresAt.gt(now))
            .exec(&self.store.writer)
            .await?;
        if taken.rows_affected == 0 {
            return Ok(None);
        }
        let flow = oauth_flow::Entity::find_by_id(state_hash.to_vec()).one(&self.store.reader).await?;
        Ok(flow.map(|flow| ReturnedFlow {
            nonce: flow.nonce,
            pkce_verifier: flow.pkce_verifier,
            return_to: flow.return_to,
        }))
    }

    /// Notes who the provider said it is, and until when the one-time code of hash `code_hash` tells it.
    pub async fn succeed(
        &self,
        code_hash: &[u8],
        identity: &ProviderIdentity,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        oauth_flow::Entity::update_many()
            .col_expr(oauth_flow::Column::Identity, Expr::value(serde_json::to_string(identity)?))
            .col_expr(oauth_flow::Column::ExpiresAt, Expr::value(expires_at))
            .filter(oauth_flow::Column::CodeHash.eq(code_hash.to_vec()))
            .exec(&self.store.writer)
            .await?;
        Ok(())
    }

    /// The log-in of this one-time code at this provider, the first time that the code comes: it is burnt, whatever
    /// the caller finds.
    pub async fn redeem(
        &self,
        code_hash: &[u8],
        provider: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<RedeemedFlow>, StoreError> {
        let by_code = oauth_flow::Column::CodeHash.eq(code_hash.to_vec());
        let Some(flow) = oauth_flow::Entity::find().filter(by_code.clone()).one(&self.store.reader).await? else {
            return Ok(None);
        };
        let burnt = oauth_flow::Entity::delete_many().filter(by_code).exec(&self.store.writer).await?;
        let Some(identity) = flow.identity.filter(|_| burnt.rows_affected == 1) else { return Ok(None) };
        if flow.provider != provider || flow.expires_at <= now {
            return Ok(None);
        }
        Ok(Some(RedeemedFlow {
            client_challenge: flow.client_challenge,
            trial_user_id: flow.trial_user_id,
            identity: serde_json::from_str(&identity)?,
        }))
    }
}
