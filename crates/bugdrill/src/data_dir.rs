//! The folder in which a server keeps everything.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use bugdrill_platform::Ambient;
use nix::sys::stat::{Mode, umask};

/// The folder, locked for as long as this lives.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Opens the folder, creating it where there is none; fails when another server uses it. From here on, files that
    /// this process makes are its owner's alone.
    pub fn open(path: &Path) -> Result<Self> {
        umask(Mode::from_bits_truncate(0o077));
        let usable = || format!("the data folder {} is not usable", path.display());
        DirBuilder::new().recursive(true).mode(0o700).create(path).with_context(usable)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(path.join("lock"))
            .with_context(usable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => {
                bail!("another server uses the data folder {}", path.display())
            }
            Err(fs::TryLockError::Error(error)) => Err(error).with_context(usable),
        }
    }

    /// Where compiled guests are kept.
    pub fn cache(&self) -> PathBuf {
        self.path.join("cache")
    }

    /// The seed of the key that signs access tokens, made on the first call.
    pub fn signing_key(&self, ambient: &Ambient) -> Result<[u8; 32]> {
        let path = self.path.join("signing.key");
        read_key(&path, ambient).with_context(|| format!("the signing key {} is not usable", path.display()))
    }
}

fn read_key(path: &Path, ambient: &Ambient) -> io::Result<[u8; 32]> {
    if !path.exists() {
        // Written beside its place and moved there whole: a server killed in between must not leave half a key.
        let new = path.with_extension("new");
        let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
        file.write_all(&ambient.random_bytes::<32>())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
    }
    let mut key = [0; 32];
    File::open(path)?.read_exact(&mut key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use bugdrill_platform::ambient::testing::manual_ambient;

    use super::*;

    #[test]
    fn one_server_has_the_folder_and_its_key_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let (ambient, _) = manual_ambient();
        let first = DataDir::open(&path).unwrap();
        let key = first.signing_key(&ambient).unwrap();
        assert!(DataDir::open(&path).unwrap_err().to_string().contains("another server"));
        drop(first);
        let second = DataDir::open(&path).unwrap();
        assert_eq!(second.signing_key(&ambient).unwrap(), key);
        let mode = fs::metadata(path.join("signing.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
