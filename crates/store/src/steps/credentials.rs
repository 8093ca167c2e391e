//! By what users prove who they are: set, and taken away.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::{
    MailedTokenPurpose, User,
    entities::{login_challenge, mailed_token, recovery_code, user, user_identity},
    steps::sessions,
    text::Text,
    writing::Transaction,
};

/// Takes an account from whoever made it with an address that they never proved to be theirs: nothing that could let
/// them in is left.
pub(crate) async fn take_from_stranger(
    transaction: &Transaction,
    user: user::Model,
) -> Result<user::ActiveModel, DbErr> {
    let id = user.id;
    sessions::end_all(transaction, id, None).await?;
    mailed_token::Entity::delete_many().filter(mailed_token::Column::UserId.eq(id)).exec(transaction).await?;
    end_challenges(transaction, id).await?;
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(id)).exec(transaction).await?;
    user_identity::Entity::delete_many().filter(user_identity::Column::UserId.eq(id)).exec(transaction).await?;
    let mut user = user.into_active_model();
    user.password_hash = Set(None);
    user.totp_secret = Set(None);
    user.totp_confirmed_at = Set(None);
    user.totp_last_step = Set(None);
    Ok(user)
}

/// Gives a user another password, in a transaction that writes of them: all sessions end but `keep`, and so does what the
/// old password has begun or a mailed link could.
pub(crate) async fn set_password(
    transaction: &Transaction,
    mut user: user::ActiveModel,
    password_hash: String,
    keep: Option<Uuid>,
) -> Result<User, DbErr> {
    user.password_hash = Set(Some(password_hash));
    if user.totp_confirmed_at.as_ref().is_none() {
        user.totp_secret = Set(None);
    }
    let user = user.update(transaction).await?;
    sessions::end_all(transaction, user.id, keep).await?;
    delete_mailed_tokens(transaction, user.id, MailedTokenPurpose::ResetPassword).await?;
    end_challenges(transaction, user.id).await?;
    Ok(user.into())
}

/// Ends all log-ins of a user that wait for the second factor.
pub(crate) async fn end_challenges(transaction: &impl ConnectionTrait, user_id: Uuid) -> Result<(), DbErr> {
    let of_user = login_challenge::Column::UserId.eq(user_id);
    login_challenge::Entity::delete_many().filter(of_user).exec(transaction).await?;
    Ok(())
}

/// Forgets the user's tokens for this purpose.
pub(crate) async fn delete_mailed_tokens(
    transaction: &Transaction,
    user_id: Uuid,
    purpose: MailedTokenPurpose,
) -> Result<(), DbErr> {
    mailed_token::Entity::delete_many()
        .filter(mailed_token::Column::UserId.eq(user_id))
        .filter(mailed_token::Column::Purpose.eq(Text(purpose)))
        .exec(transaction)
        .await?;
    Ok(())
}
