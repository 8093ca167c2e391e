//! Mail: written to a folder, or handed to a mail server.
//!
//! Handlers give mails to a [`MailQueue`], which never makes them wait. Neither addresses nor texts nor what a mail
//! server says about them get into the log.
//!
//! To add a way to send: a module with a [`Mailer`], and its scheme in [`MailUrl`].

mod outbox;
mod queue;
mod smtp;

use std::{fmt, path::Path, str::FromStr, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Body, Mailbox, SinglePart,
        header::{ContentTransferEncoding, ContentType},
    },
};
use serde::Deserialize;
use uuid::Uuid;

pub use self::{
    outbox::OutboxFolder,
    queue::MailQueue,
    smtp::{Encryption, Smtp, SmtpServer},
};
use crate::Ambient;

/// The longest line that needs no encoding, in bytes (RFC 5322).
const MAX_LINE: usize = 998;

/// A mail to one reader.
#[derive(Clone)]
pub struct Mail {
    id: Uuid,
    date: DateTime<Utc>,
    to: String,
    subject: String,
    text: String,
}

impl Mail {
    /// A mail written now.
    pub fn new(ambient: &Ambient, to: impl Into<String>, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: ambient.new_id(), date: ambient.now(), to: to.into(), subject: subject.into(), text: text.into() }
    }

    /// The mail as it travels. Whatever its parts hold, they cannot become headers.
    fn message(&self, from: &Sender) -> Result<Message, MailError> {
        let to = Address::from_str(&self.to).map_err(|_| MailError::Unsendable)?;
        Message::builder()
            .from(from.0.clone())
            .to(Mailbox::new(None, to))
            .subject(self.subject.replace(char::is_control, " "))
            .date(self.date.into())
            .message_id(Some(format!("<{}@{}>", self.id, from.0.email.domain())))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body(&self.text)))
            .map_err(|_| MailError::Unsendable)
    }
}

/// The text as it travels: as it is, if that can be, for in a folder people read it so. A link would be cut otherwise.
fn body(text: &str) -> Body {
    let is_plain =
        |line: &str| line.len() <= MAX_LINE && line.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if text.lines().all(is_plain) {
        let lines: Vec<_> = text.lines().collect();
        return Body::dangerous_pre_encoded(lines.join("\r\n").into_bytes(), ContentTransferEncoding::SevenBit);
    }
    Body::new(text.to_owned())
}

impl fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mail").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one, or says why not. Sending it again is safe: receivers know it by its id.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// Why a mail was not sent. It says nothing of the mail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// No mail can be made of it.
    #[error("the mail has no usable address")]
    Unsendable,
    /// The server will not take it.
    #[error("the mail server refused it for good ({0})")]
    Refused(u16),
    /// The server does not take it now.
    #[error("the mail server did not take it ({0})")]
    Deferred(u16),
    /// There was no talking to the server.
    #[error("the mail server cannot be used: {0}")]
    Server(String),
    /// The server took too long.
    #[error("the mail server took too long")]
    TimedOut,
    /// The folder cannot be written.
    #[error("the outbox cannot be written: {0}")]
    Folder(std::io::ErrorKind),
}

impl MailError {
    /// Whether trying again is no use.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Unsendable | Self::Refused(_))
    }
}

/// Where mails go: `outbox` for a folder, or a mail server as `smtps://user:password@host:port` (encrypted from the
/// start), `smtp://…` (encrypted by STARTTLS, or not sent), `smtp://…?tls=none` (not encrypted). Neither printing nor an
/// error shows a password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum MailUrl {
    /// The folder `outbox` in the data folder.
    Outbox,
    /// A mail server.
    Smtp(SmtpServer),
}

/// The text says nowhere to send mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the URL for mail is neither `outbox` nor smtp:// or smtps:// with a host")]
pub struct UnusableMailUrl;

impl TryFrom<String> for MailUrl {
    type Error = UnusableMailUrl;

    fn try_from(url: String) -> Result<Self, UnusableMailUrl> {
        if url == "outbox" {
            return Ok(Self::Outbox);
        }
        SmtpServer::from_url(&url).map(Self::Smtp).ok_or(UnusableMailUrl)
    }
}

impl MailUrl {
    /// What sends there, as `from`. `data_dir` is where an outbox is.
    pub fn mailer(&self, from: &Sender, data_dir: &Path) -> Result<Arc<dyn Mailer>, MailError> {
        Ok(match self {
            Self::Outbox => Arc::new(OutboxFolder::new(data_dir.join("outbox"), from.clone())),
            Self::Smtp(server) => Arc::new(Smtp::new(server, from.clone())?),
        })
    }
}

/// Who mails come from: an address, or `name <address>`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Sender(Mailbox);

/// The text is not the sender of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sender of mails is not an address such as `name <name@example.com>`")]
pub struct UnusableSender;

impl TryFrom<String> for Sender {
    type Error = UnusableSender;

    fn try_from(text: String) -> Result<Self, UnusableSender> {
        text.parse().map(Self).map_err(|_| UnusableSender)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::testing::manual_ambient;

    pub(super) fn sender() -> Sender {
        "bugdrill <drill@bugdrill.example>".to_owned().try_into().unwrap()
    }

    pub(super) fn mail(to: &str) -> Mail {
        Mail::new(
            &manual_ambient().0,
            to,
            "Confirm your address",
            "Follow this link:\nhttps://bugdrill.example/#token=t",
        )
    }

    fn message(to: &str, subject: &str, text: &str) -> Result<String, MailError> {
        let mail = Mail::new(&manual_ambient().0, to, subject, text);
        mail.message(&sender()).map(|message| String::from_utf8(message.formatted()).unwrap())
    }

    /// The names of a message's headers, folded lines joined.
    fn headers(message: &str) -> Vec<&str> {
        let (headers, _) = message.split_once("\r\n\r\n").unwrap();
        let starts = headers.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        starts.map(|line| line.split_once(':').unwrap_or_else(|| panic!("{line:?} is no header")).0).collect()
    }

    const HEADERS: [&str; 8] =
        ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"];

    fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_mail_is_plain_text_with_its_date_and_id() {
        let text = format!("Follow this link:\n\nhttps://bugdrill.example/reset-password#token={}\n", "t".repeat(43));
        let message = message("ada+drill@example.com", "Set a new password", &text).unwrap();
        assert_eq!(sorted(headers(&message)), sorted(HEADERS), "{message}");
        for line in [
            "From: bugdrill <drill@bugdrill.example>",
            "To: ada+drill@example.com",
            "Subject: Set a new password",
            "Date: Thu, 15 Jan 2026 12:00:00 +0000",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(message.contains(line), "{line}: {message}");
        }
        // A link that is cut into lines cannot be followed.
        assert!(message.trim_end().ends_with(text.replace('\n', "\r\n").trim_end()), "{message}");
    }

    #[test]
    fn nothing_becomes_a_header_or_another_receiver() {
        for subject in
            ["x\r\nBcc: eve@example.com", "x\nBcc: eve@example.com", "x\r\n\r\nbody", "ü\r\nBcc: e@e.example"]
        {
            let message = message("ada@example.com", subject, "text").unwrap();
            assert_eq!(sorted(headers(&message)), sorted(HEADERS), "{subject:?}: {message}");
            assert!(message.trim_end().ends_with("\r\n\r\ntext"), "{message}");
        }
        for text in
            ["Bcc: eve@example.com", "\r\n\r\nBcc: eve@example.com", "a\r\n.\r\nMAIL FROM:<eve@example.com>", "ü\0"]
        {
            let message = message("ada@example.com", "x", text).unwrap();
            assert_eq!(sorted(headers(&message)), sorted(HEADERS), "{text:?}: {message}");
        }
        for to in [
            "ada@example.com\r\nBcc: eve@example.com",
            "ada@example.com, eve@example.com",
            "ada@example.com>\r\nRCPT TO:<eve@example.com",
            "Ada <ada@example.com>",
            "",
        ] {
            assert_eq!(message(to, "x", "text"), Err(MailError::Unsendable), "{to:?}");
        }
    }

    #[test]
    fn a_mail_shows_nothing_of_itself() {
        let shown = format!("{:?}", mail("ada@example.com"));
        assert!(!shown.contains("ada") && !shown.contains("token") && !shown.contains("Confirm"), "{shown}");
    }

    #[test]
    fn an_unusable_sender_or_url_is_refused_and_not_repeated() {
        for sender in ["", "bugdrill", "bugdrill <>", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"] {
            assert_eq!(Sender::try_from(sender.to_owned()), Err(UnusableSender), "{sender:?}");
        }
        for sender in ["bugdrill <bugdrill@localhost>", "drill@example.com"] {
            assert!(Sender::try_from(sender.to_owned()).is_ok(), "{sender}");
        }
        for url in [
            "",
            "Outbox",
            "smtp://",
            "smtps://ada:secret@",
            "http://ada:secret@mail.example",
            "smtp://ada:secret@mail.example:port",
            "smtp://ada:secret@mail.example?tls=maybe",
            "smtp://ada:secret@mail.example?tls=none&tls=required",
            "smtps://ada:secret@mail.example?tls=none",
            "smtp://ada:secret@mail.example/path",
            "smtp://ada:secret@mail.example#x",
            "smtp://ada@mail.example",
            "smtp://:secret@mail.example",
        ] {
            let error = MailUrl::try_from(url.to_owned()).expect_err(url);
            assert!(!format!("{error} {error:?}").contains("secret"));
        }
    }
}
