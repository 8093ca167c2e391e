//! Roles: who may do more than learn.

use bugdrill_model::Role;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::{
    AccountError, AuditEntry, AuditEvent, AuditStamp, NewAccount, StoreError, UserRepository, audit,
    entities::user,
    steps::{credentials, sessions},
    text::Text,
};

/// What became of a role that was to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// There was no account of this address: it was made, with the role.
    Created,
    /// The account has the role now instead of this one; its sessions have ended.
    Changed {
        /// The role that it had.
        from: Role,
    },
    /// The account has the role now instead of this one. Nobody had verified its address, so that who made it may be
    /// anybody: it has the new password, and nothing else lets anybody in.
    Taken {
        /// The role that it had.
        from: Role,
    },
    /// The account had the role already.
    Unchanged,
}

impl UserRepository<'_> {
    /// Gives the account of `new`'s address this role, or makes it, as `new` says.
    pub async fn give_role(&self, new: NewAccount, role: Role, stamp: AuditStamp) -> Result<RoleChange, AccountError> {
        let found = user::Entity::find().filter(user::Column::Email.eq(new.email.as_str()));
        let found = found.one(&self.store.reader).await?.map(|user| user.id);
        if let Some(id) = found {
            let Some((transaction, user)) = self.store.begin_write_of(id).await? else {
                return Err(StoreError::from(sea_orm::DbErr::RecordNotFound("the account".into())).into());
            };
            let from = user.role.0;
            if from == role {
                return Ok(RoleChange::Unchanged);
            }
            // Those with another role got it, and their password, from an operator.
            let is_strangers = user.email_verified_at.is_none() && from == Role::User;
            let mut user = if is_strangers {
                let mut user = credentials::take_from_stranger(&transaction, user).await?;
                user.password_hash = Set(Some(new.password_hash));
                user
            } else {
                user.into_active_model()
            };
            user.role = Set(Text(role));
            user.update(&transaction).await?;
            sessions::end_all(&transaction, id, None).await?;
            let entry = AuditEntry::of(stamp, AuditEvent::RoleChanged, id);
            audit::record(&transaction, entry.with("from", from.as_str()).with("to", role.as_str())).await?;
            transaction.commit().await?;
            return Ok(if is_strangers { RoleChange::Taken { from } } else { RoleChange::Changed { from } });
        }
        let id = new.id;
        let (transaction, row) = self.begin_account(id, None, stamp.now).await?;
        let account = user::ActiveModel {
            email: Set(Some(new.email)),
            password_hash: Set(Some(new.password_hash)),
            display_name: Set(new.display_name),
            role: Set(Text(role)),
            ..row.into_active_model()
        };
        account.update(&transaction).await?;
        let entry = AuditEntry::of(stamp, AuditEvent::SignedUp, id).with("role", role.as_str());
        audit::record(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(RoleChange::Created)
    }
}
