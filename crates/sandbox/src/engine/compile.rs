//! Compiled guests, and where they are kept.

use std::{
    fs::{self, DirBuilder},
    hash::{Hash, Hasher},
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, MetadataExt as _},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use wasmtime::{Engine, component::Component};

use super::EngineError;

/// A guest as it is embedded in this binary.
pub(crate) struct EmbeddedGuest {
    /// The name, for messages and files.
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

/// A folder of compiled guests.
pub(crate) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the folder, making it where it is missing.
    ///
    /// Loading a compiled guest executes it, so nobody else may be able to write there.
    pub(crate) fn open(folder: &Path) -> Result<Self, EngineError> {
        let explain = |error: std::io::Error| EngineError::new(&folder.display().to_string(), &error);
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

    /// Loads a compiled guest with `load`, compiling it with `compile` first where that has not been done for
    /// this engine.
    pub(crate) fn get<T>(
        &self,
        engine: &Engine,
        guest: &EmbeddedGuest,
        load: impl Fn(&Engine, &Path) -> wasmtime::Result<T>,
        compile: impl FnOnce(Vec<u8>) -> wasmtime::Result<Vec<u8>>,
        progress: &mut dyn FnMut(&str),
    ) -> Result<T, EngineError> {
        let explain = |error: &dyn std::fmt::Display| EngineError::new(guest.name, error);
        let path = self.folder.join(format!("{}.cwasm", key(engine, guest)));
        if path.exists() {
            match load(engine, &path) {
                Ok(loaded) => return Ok(loaded),
                Err(error) => progress(&format!("the compiled {} guest cannot be used: {error:#}", guest.name)),
            }
        }
        progress(&format!("compiling the {} guest, which takes a moment the first time", guest.name));
        let compiled = compile(guest.decompress()?).map_err(|error| explain(&format!("{error:#}")))?;
        // Renamed into place, so that nobody ever sees half a file.
        let unfinished = self.folder.join(format!(".{}.{}", guest.name, std::process::id()));
        let written = fs::File::create(&unfinished)
            .and_then(|mut file| file.write_all(&compiled))
            .and_then(|()| fs::rename(&unfinished, &path));
        if let Err(error) = written {
            let _ = fs::remove_file(&unfinished);
            return Err(explain(&error));
        }
        load(engine, &path).map_err(|error| explain(&format!("{error:#}")))
    }
}

/// Loads a compiled component.
#[expect(unsafe_code, reason = "wasmtime can only load native code by trusting it")]
pub(crate) fn load_component(engine: &Engine, path: &Path) -> wasmtime::Result<Component> {
    // SAFETY: the file is native code, executed as it is. It was written by `Cache::get` of this user, into a folder
    // that nobody else can write to, and renamed into place when it was complete.
    unsafe { Component::deserialize_file(engine, path) }
}

/// Loads a compiled module.
#[expect(unsafe_code, reason = "wasmtime can only load native code by trusting it")]
pub(crate) fn load_module(engine: &Engine, path: &Path) -> wasmtime::Result<wasmtime::Module> {
    // SAFETY: as in `load_component`.
    unsafe { wasmtime::Module::deserialize_file(engine, path) }
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
    hasher.0.finalize().iter().take(16).fold(String::new(), |name, byte| format!("{name}{byte:02x}"))
}
