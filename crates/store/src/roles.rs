//! Roles: who may do more than learn.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    AccountError, AuditEntry, AuditEvent, NewAccount, StoreError, UserRepository, audit, entities::user, sessions,
};

/// What became of a role that was to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// There was no account of this address: it was made, with the role.
    Created,
    /// The account has the role now instead of this one; its sessions have ended.
    Changed {
        /// The role that it had.
        from: String,
    },
    /// The account had the role already.
    Unchanged,
}

impl UserRepository<'_> {
    /// Gives the account of `new`'s address this role, or makes it, as `new` says; with an entry in the audit log, of
    /// the id `entry_id`.
    pub async fn give_role(
        &self,
        new: NewAccount,
        role: &str,
        entry_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<RoleChange, AccountError> {
        let found = user::Entity::find().filter(user::Column::Email.eq(new.email.as_str()));
        let found = found.one(&self.store.connection).await?.map(|user| user.id);
        if let Some(id) = found {
            let Some((transaction, user)) = self.store.begin_write_of(id).await? else {
                return Err(StoreError::from(sea_orm::DbErr::RecordNotFound("the account".into())).into());
            };
            if user.role == role {
                return Ok(RoleChange::Unchanged);
            }
            let from = user.role.clone();
            let mut user = user.into_active_model();
            user.role = Set(role.into());
            user.update(&transaction).await?;
            sessions::end_all(&transaction, id, None).await?;
            let entry = AuditEntry::of(entry_id, AuditEvent::RoleChanged, id, now);
            audit::record(&transaction, entry.with("from", from.as_str()).with("to", role)).await?;
            transaction.commit().await?;
            return Ok(RoleChange::Changed { from });
        }
        let id = new.id;
        let (transaction, row) = self.begin_account(id, None, now).await?;
        let account = user::ActiveModel {
            email: Set(Some(new.email)),
            password_hash: Set(Some(new.password_hash)),
            display_name: Set(new.display_name),
            role: Set(role.into()),
            ..row.into_active_model()
        };
        account.update(&transaction).await?;
        let entry = AuditEntry::of(entry_id, AuditEvent::SignedUp, id, now).with("role", role);
        audit::record(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(RoleChange::Created)
    }
}
