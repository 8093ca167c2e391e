//! Packs the content and the exported app into the binary, and rebuilds it when either changes.

use std::{
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use bugdrill_content::{Library, pack};

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let (content, app) = (root.join("content"), root.join("apps/mobile/dist"));
    // What browsers run code with when they have no connection (`scripts/build-offline`).
    let guests = root.join("target/offline");
    for folder in [&content, &app, &guests] {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    let packed = pack::encode(&Library::load(&content)?.pack())?;
    write(&output.join("content.pack"), &packed)?;
    write(&output.join("app_files.rs"), app_files(&[(&app, ""), (&guests, "guests/")])?.as_bytes())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// The files of folders, each below a path, as the source of a slice of `AppFile`, sorted by path. A folder that has not
/// been made yet has none.
///
/// Written here rather than by a derive macro, whose expansion an incremental build keeps although files have changed.
fn app_files(folders: &[(&Path, &str)]) -> Result<String> {
    let mut files = Vec::new();
    for (folder, below) in folders.iter().filter(|(folder, _)| folder.exists()) {
        let mut found = Vec::new();
        collect(folder, &mut found).with_context(|| format!("cannot read {}", folder.display()))?;
        for file in found {
            files.push((format!("{below}{}", file.strip_prefix(folder)?.to_string_lossy()), file));
        }
    }
    // As texts, as they are looked for: as paths, what is in a folder comes before a file whose name goes on with a dot.
    files.sort();
    let mut source = String::from("&[\n");
    for (path, file) in files {
        let mut hasher = DefaultHasher::new();
        fs::read(&file)?.hash(&mut hasher);
        let (hash, file) = (format!("{:016x}", hasher.finish()), file.to_string_lossy());
        writeln!(source, "AppFile {{ path: {path:?}, hash: {hash:?}, bytes: include_bytes!({file:?}) }},")?;
    }
    Ok(source + "]\n")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
