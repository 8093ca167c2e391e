//! The folder in which a server keeps everything.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use bugdrill_platform::{Ambient, RootSecret};
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

    /// The root secret of a server that is configured without one, made on the first call.
    pub fn root_secret(&self, ambient: &Ambient) -> Result<RootSecret> {
        let path = self.path.join("secret.key");
        make_secret(&path, ambient).with_context(|| format!("the secret in {} cannot be made", path.display()))?;
        self.existing_root_secret()?.context("the secret that was made is gone")
    }

    /// The root secret, if one was made.
    pub fn existing_root_secret(&self) -> Result<Option<RootSecret>> {
        let path = self.path.join("secret.key");
        let unusable = || format!("the secret in {} is not usable", path.display());
        match fs::read_to_string(&path) {
            Ok(text) => RootSecret::from_base64(&text).map(Some).with_context(unusable),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(unusable),
        }
    }
}

fn make_secret(path: &Path, ambient: &Ambient) -> Result<()> {
    if !path.exists() {
        // Written beside its place and moved there whole: a server killed in between must not leave half a secret.
        let new = path.with_extension("new");
        let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&new)?;
        writeln!(file, "{}", RootSecret::new(ambient.random_bytes()).to_base64())?;
        file.sync_all()?;
        fs::rename(&new, path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use bugdrill_platform::ambient::testing::manual_ambient;

    use super::*;

    #[test]
    fn one_server_has_the_folder_and_its_secret_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let (ambient, _) = manual_ambient();
        let first = DataDir::open(&path).unwrap();
        assert_eq!(first.existing_root_secret().unwrap(), None);
        let secret = first.root_secret(&ambient).unwrap();
        assert_eq!(first.existing_root_secret().unwrap().as_ref(), Some(&secret));
        assert!(DataDir::open(&path).unwrap_err().to_string().contains("another server"));
        drop(first);
        let second = DataDir::open(&path).unwrap();
        assert_eq!(second.root_secret(&ambient).unwrap(), secret);
        let file = path.join("secret.key");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&file, &secret.to_base64()[1..]).unwrap();
        let error = format!("{:#}", second.root_secret(&ambient).unwrap_err());
        assert!(error.contains("secret.key is not usable"), "{error}");
        assert!(!error.contains(&secret.to_base64()[1..]), "{error}");
    }
}
