//! Mails as files in a folder, for whoever runs the server to read.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use async_trait::async_trait;

use super::{Mail, MailError, Mailer, Sender};

/// How many mails lie in the folder at the most. The oldest make room.
const CAPACITY: usize = 1_000;

/// Writes each mail into a file, which only its owner can read.
pub struct OutboxFolder {
    folder: PathBuf,
    from: Sender,
    capacity: usize,
}

impl OutboxFolder {
    /// Writes into `folder`, which is made with the first mail.
    pub fn new(folder: impl Into<PathBuf>, from: Sender) -> Self {
        Self { folder: folder.into(), from, capacity: CAPACITY }
    }
}

#[async_trait]
impl Mailer for OutboxFolder {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = mail.message(&self.from)?.formatted();
        let (folder, capacity, id) = (self.folder.clone(), self.capacity, mail.id);
        let writing = tokio::task::spawn_blocking(move || {
            write(&folder, &format!("{id}.eml"), &message)?;
            make_room(&folder, capacity)
        });
        let written = writing.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        written.map_err(|error| MailError::Folder(error.kind()))?;
        tracing::info!(%id, "a mail lies in the outbox");
        Ok(())
    }
}

fn write(folder: &Path, name: &str, message: &[u8]) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let path = folder.join(name);
    // Moved to its place whole: whoever watches the folder never reads half a mail.
    let unfinished = path.with_extension("new");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&unfinished)?;
    file.write_all(message)?;
    fs::rename(&unfinished, &path)
}

/// Removes the oldest mails beyond `capacity`. Their names begin with the time.
fn make_room(folder: &Path, capacity: usize) -> io::Result<()> {
    let mut names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort_unstable();
    let excess = names.len().saturating_sub(capacity);
    for name in &names[..excess] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{
        super::tests::{mail, sender},
        *,
    };
    use crate::ambient::testing::manual_ambient;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[tokio::test]
    async fn a_mail_becomes_a_file_of_its_owner_alone() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("outbox");
        let outbox = OutboxFolder::new(&folder, sender());
        let mail = mail("ada@example.com");
        outbox.send(&mail).await.unwrap();
        // Sent again, it is the same mail.
        outbox.send(&mail).await.unwrap();
        assert_eq!(names(&folder), [format!("{}.eml", mail.id)]);
        let file = folder.join(&names(&folder)[0]);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("To: ada@example.com") && text.contains("#token=t"), "{text}");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
    }

    #[tokio::test]
    async fn the_oldest_mails_make_room() {
        let data = tempfile::tempdir().unwrap();
        let outbox = OutboxFolder { capacity: 3, ..OutboxFolder::new(data.path(), sender()) };
        let (ambient, clock) = manual_ambient();
        let mut sent = Vec::new();
        for _ in 0..5 {
            clock.advance(chrono::TimeDelta::seconds(1));
            let mail = Mail::new(&ambient, "ada@example.com", "x", "text");
            outbox.send(&mail).await.unwrap();
            sent.push(format!("{}.eml", mail.id));
        }
        assert_eq!(names(data.path()), sent[2..]);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_an_error() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("outbox"), "a file").unwrap();
        let outbox = OutboxFolder::new(data.path().join("outbox"), sender());
        let error = outbox.send(&mail("ada@example.com")).await.unwrap_err();
        assert!(matches!(error, MailError::Folder(_)) && !error.is_permanent(), "{error:?}");
    }
}
