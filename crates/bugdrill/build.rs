//! Packs the content into the binary, and rebuilds it when the content or the exported app changes.

use std::{env, fs, path::Path};

use anyhow::{Context, Result};
use bugdrill_content::{Library, pack};

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["content", "apps/mobile/dist"] {
        println!("cargo:rerun-if-changed={}", root.join(folder).display());
    }
    let library = Library::load(&root.join("content"))?;
    let packed = pack::encode(&library.pack())?;
    let output = Path::new(&env::var("OUT_DIR")?).join("content.pack");
    fs::write(&output, packed).with_context(|| format!("cannot write {}", output.display()))
}
