//! Compresses the guests, so that the binary can carry them.

use std::{env, fs, path::PathBuf};

use sha2::{Digest, Sha256};

/// A higher level takes longer than it saves: the compressor itself is built without optimisation.
const LEVEL: i32 = 3;

fn main() {
    println!("cargo:rerun-if-env-changed=BUGDRILL_GUESTS_DIR");
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let guests = env::var_os("BUGDRILL_GUESTS_DIR").map_or_else(|| manifest.join("../../target/guests"), PathBuf::from);
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut all = Sha256::new();
    for name in ["python", "javascript"] {
        let path = guests.join(format!("{name}.wasm"));
        println!("cargo:rerun-if-changed={}", path.display());
        let Ok(module) = fs::read(&path) else {
            println!("cargo:error={} is missing: run `make guests` first", path.display());
            std::process::exit(1);
        };
        let compressed = zstd::encode_all(module.as_slice(), LEVEL).expect("memory suffices");
        fs::write(output.join(format!("{name}.wasm.zst")), compressed).expect("OUT_DIR is writable");
        println!("cargo:rustc-env=BUGDRILL_{}_DIGEST={}", name.to_uppercase(), hex(&Sha256::digest(&module)));
        all.update(&module);
    }
    let harness = manifest.join("../guest/guests/javascript/harness");
    println!("cargo:rerun-if-changed={}", harness.display());
    let files = fs::read_dir(&harness).expect("it is part of the sources");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("the folder is readable").path()).collect();
    files.sort();
    for file in files {
        all.update(fs::read(&file).expect("it is part of the sources"));
    }
    println!("cargo:rustc-env=BUGDRILL_GUESTS_DIGEST={}", &hex(&all.finalize())[..16]);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
