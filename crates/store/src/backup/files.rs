//! Files that are there whole, or not at all.

use std::{
    fmt::Write as _,
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

const PREFIX: &str = ".bugdrill-";
const SUFFIX: &str = ".new";

/// What the name of a checksum ends in.
pub(super) const SUM: &str = ".sha256";

/// What may lie beside a SQLite file and belongs to it: it would be read into any other of that name.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file in the making, its owner's alone: gone with this, unless it gets its name.
#[derive(Debug)]
pub(super) struct NewFile(NamedTempFile);

impl NewFile {
    /// Makes it in the folder of `path`, which it is to become, and takes away what others left half made there.
    pub(super) fn beside(path: &Path) -> io::Result<Self> {
        let folder = folder_of(path);
        sweep(folder)?;
        loop {
            let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
            // So that it is told from what a killed process left. Another process may have been faster.
            file.as_file().lock()?;
            if is_at(file.as_file(), file.path())? {
                return Ok(Self(file));
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn as_file(&mut self) -> &mut File {
        self.0.as_file_mut()
    }

    /// Gives it its name, once it is on the disk, unless there is such a file.
    pub(super) fn keep_as(self, path: &Path) -> io::Result<()> {
        self.sync()?;
        self.0.persist_noclobber(path).map_err(|error| error.error)?;
        sync_folder_of(path)
    }

    /// Gives it its name, once it is on the disk, in place of the file that has it.
    pub(super) fn take_place_of(self, path: &Path) -> io::Result<()> {
        self.sync()?;
        self.0.persist(path).map_err(|error| error.error)?;
        sync_folder_of(path)
    }

    /// Waits until it is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.0.as_file().sync_all()
    }
}

/// Whether `path` is still the name of this file.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let here = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (here.dev(), here.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// A step of a restore is done: tests end the process here, as a kill does.
#[cfg(not(test))]
pub(super) fn reached(_step: &str) {}

#[cfg(test)]
pub(super) use super::kills::reached;

/// Takes away what killed processes left half made.
fn sweep(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name();
        let is_unfinished = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        // Who still works on it holds its lock.
        if is_unfinished && File::open(file.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            remove_companions(&file.path())?;
            remove(&file.path())?;
        }
    }
    Ok(())
}

/// Where the checksum of the file `path` is.
pub(super) fn sum_of(path: &Path) -> PathBuf {
    with_end(path, SUM)
}

/// The checksum of what is in `file`, for a file named `path`, as `sha256sum` writes it.
pub(super) fn checksum(file: &Path, path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(file)?, &mut HashWriter(&mut hash))?;
    let mut line = String::new();
    for byte in hash.finalize() {
        let _ = write!(line, "{byte:02x}");
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!("{line}  {name}\n"))
}

/// Whether `file` is what the checksum beside it says; `None` where there is none.
pub(super) fn is_as_written(file: &Path) -> io::Result<Option<bool>> {
    let written = match fs::read_to_string(sum_of(file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        written => written?,
    };
    let is = checksum(file, file)?;
    // The file may have another name by now.
    Ok(Some(written.split_whitespace().next() == is.split_whitespace().next()))
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Makes a folder that is its owner's alone.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Makes sure that the names in the folder of `path` are on the disk.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Takes away what lies beside a SQLite file.
pub(super) fn remove_companions(file: &Path) -> io::Result<()> {
    COMPANIONS.iter().try_for_each(|end| remove(&with_end(file, end)))
}

/// Takes a file away, if it is there.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// `path` with `end` after its name.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
