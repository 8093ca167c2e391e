//! When what was written to SQLite is on the disk.
//!
//! The connection that writes runs with `synchronous = NORMAL`: a commit has written the write-ahead log, but not waited
//! for the disk. Waiting is done here, by one `fdatasync` for all who wait at that moment, while the next transactions
//! already write (group commit, as in "Implementation Techniques for Main Memory Database Systems",
//! SIGMOD 1984). The order of the log makes this sound: what a transaction has read of an earlier one is in the log
//! before it. A checkpoint syncs the log itself before it moves anything.

use std::{
    fs::File,
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use tokio::sync::oneshot;

type Waiter = oneshot::Sender<Result<(), Arc<io::Error>>>;

/// The write-ahead log of a SQLite file.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    waiters: Sender<Waiter>,
}

impl Log {
    /// The log of the database in `file`. Its thread ends with the last clone of this.
    pub(crate) fn of(file: &std::path::Path) -> io::Result<Self> {
        let (waiters, receiver) = channel();
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let sync = move || sync_all(&receiver, &PathBuf::from(log));
        thread::Builder::new().name("bugdrill-fsync".into()).spawn(sync)?;
        Ok(Self { waiters })
    }

    /// Waits until all that was committed before this call is on the disk.
    pub(crate) async fn sync(&self) -> io::Result<()> {
        let gone = || io::Error::other("the thread that syncs the log has ended");
        let (waiter, done) = oneshot::channel();
        self.waiters.send(waiter).map_err(|_| gone())?;
        done.await.map_err(|_| gone())?.map_err(|error| io::Error::new(error.kind(), error))
    }
}

fn sync_all(receiver: &Receiver<Waiter>, log: &std::path::Path) {
    let mut failed: Option<Arc<io::Error>> = None;
    while let Ok(first) = receiver.recv() {
        let waiters: Vec<Waiter> = std::iter::once(first).chain(receiver.try_iter()).collect();
        // After a failure the kernel may forget what it could not write, and call the next attempt a success: nothing
        // is durable any more until a new process has read the file anew.
        if failed.is_none()
            && let Err(error) = sync(log)
        {
            tracing::error!(%error, "the database's log does not reach the disk: restart the server");
            failed = Some(Arc::new(error));
        }
        for waiter in waiters {
            // Who does not wait any more need not be told.
            let _ = waiter.send(failed.clone().map_or(Ok(()), Err));
        }
    }
}

fn sync(log: &std::path::Path) -> io::Result<()> {
    match File::open(log) {
        Ok(file) => file.sync_data(),
        // The last connection moved everything into the file itself, and synced that.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_cannot_be_synced_is_told_to_all_and_for_good() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        let log = Log::of(&file).unwrap();
        log.sync().await.expect("there is no log, so nothing is missing from the disk");

        let wal = folder.path().join("test.db-wal");
        std::fs::create_dir(&wal).unwrap();
        std::fs::write(folder.path().join("plain"), "x").unwrap();
        log.sync().await.expect("a folder can be synced as well");
        std::fs::remove_dir(&wal).unwrap();
        std::os::unix::fs::symlink(folder.path().join("plain").join("below"), &wal).unwrap();
        let (one, other) = tokio::join!(log.sync(), log.sync());
        one.expect_err("the log cannot be opened");
        other.expect_err("the log cannot be opened");
        std::fs::remove_file(&wal).unwrap();
        log.sync().await.expect_err("it is never believed again");
    }
}
