//! Compiled guests, and where they are kept.

use std::{
    fmt,
    fs::{self, DirBuilder, File},
    hash::{Hash, Hasher},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use wasmtime::{Engine, Module, component::Component};

use super::EngineError;

/// How much of a compiled guest is read at a time to hash it.
const READ_BYTES: usize = 256 << 10;

/// What there is to tell while the guests are loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notice {
    /// Something takes its time.
    Progress(String),
    /// The cache was not as it should be. The guest runs all the same.
    Fault(String),
}

/// A guest as it is embedded in this binary.
pub(crate) struct EmbeddedGuest {
    /// The name, for messages.
    pub(crate) name: &'static str,
    /// The module or component, compressed.
    pub(crate) compressed: &'static [u8],
    /// What the compiled form depends on besides the engine: the digest of the guest, and of what is added.
    pub(crate) digest: &'static [&'static str],
}

impl EmbeddedGuest {
    /// The WebAssembly of the guest.
    pub(crate) fn decompress(&self) -> Result<Vec<u8>, EngineError> {
        zstd::decode_all(self.compressed).map_err(|error| EngineError::new(self.name, &error))
    }
}

/// What a guest is compiled to.
pub(crate) trait Compiled: Sized {
    /// Maps native code from a file of the cache.
    fn from_file(engine: &Engine, path: &Path) -> wasmtime::Result<Self>;

    /// Copies native code that was compiled a moment ago.
    fn from_bytes(engine: &Engine, compiled: &[u8]) -> wasmtime::Result<Self>;
}

#[expect(unsafe_code, reason = "wasmtime can only load native code by trusting it")]
impl Compiled for Component {
    fn from_file(engine: &Engine, path: &Path) -> wasmtime::Result<Self> {
        // SAFETY: the file is native code, executed as it is. `Cache` wrote it, for this user, into a folder that
        // nobody else can write to, and it has the hash that it had then.
        unsafe { Self::deserialize_file(engine, path) }
    }

    fn from_bytes(engine: &Engine, compiled: &[u8]) -> wasmtime::Result<Self> {
        // SAFETY: `Cache::get` passes what wasmtime has compiled in this process.
        unsafe { Self::deserialize(engine, compiled) }
    }
}

#[expect(unsafe_code, reason = "wasmtime can only load native code by trusting it")]
impl Compiled for Module {
    fn from_file(engine: &Engine, path: &Path) -> wasmtime::Result<Self> {
        // SAFETY: as for a component.
        unsafe { Self::deserialize_file(engine, path) }
    }

    fn from_bytes(engine: &Engine, compiled: &[u8]) -> wasmtime::Result<Self> {
        // SAFETY: as for a component.
        unsafe { Self::deserialize(engine, compiled) }
    }
}

/// A folder of compiled guests.
///
/// A file is called `<key>.<hash>.cwasm`: [`key`] says what it was compiled from and for, and the SHA-256 of its content
/// tells a damaged one, in one step with the content itself. Against damage only: who can write to the folder can write
/// a fitting hash as well, which is why nobody else may.
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the folder, making it where it is missing.
    ///
    /// Loading a compiled guest executes it, so nobody else may be able to write there.
    pub(crate) fn open(folder: &Path) -> Result<Self, EngineError> {
        let explain = |error: io::Error| EngineError::new(&folder.display().to_string(), &error);
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(explain)?;
        let metadata = fs::metadata(folder).map_err(explain)?;
        if metadata.uid() != nix::unistd::geteuid().as_raw() || metadata.mode() & 0o022 != 0 {
            return Err(EngineError::new(
                &folder.display().to_string(),
                &"the cache of compiled guests must belong to this user and be writable by nobody else",
            ));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Loads a compiled guest, compiling it with `compile` first where there is none for this engine that is whole.
    ///
    /// A guest that cannot be kept, on a full disk say, is used all the same; the next start compiles it anew.
    pub(crate) fn get<T: Compiled>(
        &self,
        engine: &Engine,
        guest: &EmbeddedGuest,
        compile: impl FnOnce(Vec<u8>) -> wasmtime::Result<Vec<u8>>,
        tell: &mut dyn FnMut(Notice),
    ) -> Result<T, EngineError> {
        let explain = |error: wasmtime::Error| EngineError::new(guest.name, &format!("{error:#}"));
        let key = key(engine, guest);
        let mut unusable = Vec::new();
        for path in self.files_of(&key).map_err(|error| EngineError::new(guest.name, &error))? {
            match check(&path, &key).map_err(wasmtime::Error::from).and_then(|()| T::from_file(engine, &path)) {
                Ok(loaded) => return Ok(loaded),
                Err(error) => {
                    let shown = path.display();
                    tell(Notice::Fault(format!("the compiled {} guest {shown} cannot be used: {error:#}", guest.name)));
                    unusable.push(path);
                }
            }
        }
        tell(Notice::Progress(format!("compiling the {} guest, which takes a moment", guest.name)));
        let compiled = compile(guest.decompress()?).map_err(explain)?;
        for path in unusable {
            // A folder with something in it stays, and is told of at each start.
            let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
        }
        let path = match self.keep(&key, &compiled) {
            Ok(path) => path,
            Err(problem) => {
                let folder = self.folder.display();
                tell(Notice::Fault(format!("the compiled {} guest cannot be kept in {folder}: {problem}", guest.name)));
                return T::from_bytes(engine, &compiled).map_err(explain);
            }
        };
        T::from_file(engine, &path).map_err(explain)
    }

    /// The files that may be the compiled guest of this key.
    fn files_of(&self, key: &str) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(key) && path.extension().is_some_and(|kind| kind == "cwasm") {
                files.push(path);
            }
        }
        Ok(files)
    }

    /// Writes a compiled guest, and renames it into place when it is complete: nobody ever sees half a file. Processes
    /// that do the same keep one each, since a snapshot is never quite the same.
    fn keep(&self, key: &str, compiled: &[u8]) -> io::Result<PathBuf> {
        let path = self.folder.join(file_name(key, &Sha256::digest(compiled)));
        let mut unfinished = NamedTempFile::new_in(&self.folder)?;
        unfinished.write_all(compiled)?;
        unfinished.persist(&path)?;
        Ok(path)
    }
}

/// Whether a compiled guest is what was kept: whether its name tells its hash.
fn check(path: &Path, key: &str) -> io::Result<()> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut file = File::open(path)?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; READ_BYTES]);
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hasher.update(&buffer[..count]),
        }
    }
    if path.ends_with(file_name(key, &hasher.finalize())) {
        return Ok(());
    }
    Err(io::Error::other("it is damaged: its hash is not the one that its name tells"))
}

fn file_name(key: &str, hash: &[u8]) -> String {
    format!("{key}.{}.cwasm", Hex(hash))
}

/// Shows bytes in hexadecimal.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The hash of all that a compiled guest depends on: wasmtime's version, the engine's configuration, the CPU and
/// the guest itself.
fn key(engine: &Engine, guest: &EmbeddedGuest) -> String {
    struct Sha256Hasher(Sha256);
    impl Hasher for Sha256Hasher {
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
        fn finish(&self) -> u64 {
            unreachable!("only the whole digest is used")
        }
    }
    let mut hasher = Sha256Hasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    guest.digest.hash(&mut hasher);
    Hex(&hasher.0.finalize()[..16]).to_string()
}
