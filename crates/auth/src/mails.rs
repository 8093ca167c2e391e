//! The mails that the service writes, and the tokens in their links.

use bugdrill_platform::mail::Mail;
use bugdrill_store::{MailedTokenPurpose, NewMailedToken, StoreError, User};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    AuthState, Shared,
    token::{hash_token, new_token},
};

/// How long the link holds that sets a new password.
const RESET_LIFETIME: TimeDelta = TimeDelta::hours(1);

/// How long the link holds that verifies an address.
const VERIFICATION_LIFETIME: TimeDelta = TimeDelta::days(3);

/// Mails the account with this address, if there is one, a link to set a new password. That is looked up behind the
/// scenes: the answer does not wait for it.
pub(crate) fn mail_reset_link(state: &Shared, email: String) {
    let writer = state.clone();
    state.mails.send_written(async move {
        let found = writer.store.users().by_email(&email).await?;
        let Some(user) = found else { return Ok(None) };
        writer.reset_link(user.id).await
    });
}

/// Mails the user a link to verify their address, unless there is no need for one.
pub(crate) fn mail_verification_link(state: &Shared, user: Uuid) {
    let writer = state.clone();
    state.mails.send_written(async move { writer.verification_link(user).await });
}

/// Tells the user that the password is another one now. An address that nobody has verified may be anybody's, who is not
/// to be bothered.
pub(crate) fn mail_password_changed(state: &AuthState, user: User) {
    let Some(email) = user.email.filter(|_| user.email_verified_at.is_some()) else { return };
    let link = format!("{}/forgot-password", state.public_url.as_str());
    let text = format!(
        "The password of your bugdrill account was changed, and other sessions were ended.\n\n\
         If that was not you, set a new one at once:\n\n{link}\n"
    );
    state.mails.send(Mail::new(&state.ambient, email, "Your bugdrill password was changed", text));
}

impl AuthState {
    async fn reset_link(&self, user: Uuid) -> Result<Option<Mail>, StoreError> {
        let link = self.link(user, MailedTokenPurpose::ResetPassword, RESET_LIFETIME, "reset-password").await?;
        Ok(link.map(|(email, link)| {
            let text = format!(
                "Somebody, probably you, wants to set a new password for the bugdrill account of this address. \
                 Follow this link within an hour:\n\n{link}\n\n\
                 If it was not you, there is nothing to do: the password stays as it is.\n"
            );
            Mail::new(&self.ambient, email, "Set a new bugdrill password", text)
        }))
    }

    async fn verification_link(&self, user: Uuid) -> Result<Option<Mail>, StoreError> {
        let link = self.link(user, MailedTokenPurpose::VerifyEmail, VERIFICATION_LIFETIME, "verify-email").await?;
        Ok(link.map(|(email, link)| {
            let text = format!(
                "To show that this address is yours, follow this link within three days:\n\n{link}\n\n\
                 If you have no bugdrill account, somebody mistyped theirs: there is nothing to do.\n"
            );
            Mail::new(&self.ambient, email, "Confirm your address for bugdrill", text)
        }))
    }

    /// The user's address and a new link to `page`. The token is behind the `#`, which browsers keep to themselves.
    async fn link(
        &self,
        user: Uuid,
        purpose: MailedTokenPurpose,
        lifetime: TimeDelta,
        page: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let now = self.ambient.now();
        let token = new_token(&self.ambient);
        let new = NewMailedToken { token_hash: hash_token(&token), purpose, expires_at: now + lifetime };
        let email = self.store.mailed_tokens().add(user, new, now).await?;
        Ok(email.map(|email| (email, format!("{}/{page}#token={token}", self.public_url.as_str()))))
    }
}
