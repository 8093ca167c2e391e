//! The same code and tests by the native interpreters, started for each run: as they are, and behind the walls that
//! other sandboxes use.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use bugdrill_model::Language;
use serde_json::json;

use crate::statistics::Times;

const ROUNDS: usize = 20;

/// How an interpreter is started.
#[derive(Clone, Copy)]
pub(crate) enum Launcher {
    /// As a process.
    Spawn,
    /// In namespaces of its own, by bubblewrap; it sees the host's files.
    Bubblewrap,
    /// As a container, by runc; it sees the folders that it needs.
    Runc,
}

impl Launcher {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Spawn, Self::Bubblewrap, Self::Runc];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Spawn => "process",
            Self::Bubblewrap => "bubblewrap",
            Self::Runc => "runc",
        }
    }

    /// How long it takes from the start of the interpreter until it has printed the answers.
    pub(crate) fn measure(self, language: Language, code: &str, folder: &Path) -> anyhow::Result<Times> {
        let script = folder.join("native");
        fs::write(&script, code)?;
        let interpreter = interpreter(language)?;
        let mut arguments = vec![interpreter.clone()];
        arguments.extend((language == Language::Python).then(|| "-I".to_owned()));
        arguments.push(text(&script)?);
        let bundle = folder.join("bundle");
        let mut words: Vec<String> = match self {
            Self::Spawn => Vec::new(),
            Self::Bubblewrap => ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/"]
                .into_iter()
                .chain(["--dev", "/dev", "--proc", "/proc"])
                .map(String::from)
                .collect(),
            Self::Runc => {
                write_bundle(&bundle, &arguments, folder)?;
                let state = text(&bundle.join("state"))?;
                let words = ["runc", "--root", &state, "run", "--bundle", &text(&bundle)?, "bugdrill-bench"];
                words.map(String::from).to_vec()
            }
        };
        if !matches!(self, Self::Runc) {
            words.append(&mut arguments);
        }
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let output = Command::new(&words[0])
                .args(&words[1..])
                .stdin(Stdio::null())
                .output()
                .with_context(|| format!("{} is missing", words[0]))?;
            times.push(started.elapsed());
            ensure!(output.status.success(), "{}: {}", words[0], String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(Times::new(times))
    }
}

/// A container with the interpreter's folders, read-only.
fn write_bundle(bundle: &Path, arguments: &[String], folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(bundle.join("rootfs"))?;
    let home = Path::new(&arguments[0]).parent().and_then(Path::parent).context("an interpreter in no folder")?;
    let folders = ["/usr", "/bin", "/lib", "/lib64", "/etc"].map(PathBuf::from);
    let mut mounts = vec![
        json!({"destination": "/proc", "type": "proc", "source": "proc"}),
        json!({"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}),
    ];
    for path in folders.iter().map(PathBuf::as_path).chain([home, folder]).filter(|path| path.exists()) {
        mounts.push(json!({"destination": path, "type": "bind", "source": path, "options": ["rbind", "ro"]}));
    }
    let namespaces = ["pid", "ipc", "uts", "mount", "network"].map(|kind| json!({ "type": kind }));
    let config = json!({
        "ociVersion": "1.0.2",
        "process": {
            "user": {"uid": 0, "gid": 0}, "cwd": "/", "noNewPrivileges": true,
            "args": arguments, "env": ["PATH=/usr/bin:/bin"],
        },
        "root": {"path": "rootfs", "readonly": true},
        "mounts": mounts,
        "linux": {"namespaces": namespaces},
    });
    Ok(fs::write(bundle.join("config.json"), config.to_string())?)
}

/// The interpreter itself: what is on the path may be a launcher, whose time would count.
fn interpreter(language: Language) -> anyhow::Result<String> {
    let (name, print) = match language {
        Language::Python => ("python3", ["-c", "import sys; print(sys.executable)"]),
        Language::JavaScript => ("node", ["-p", "process.execPath"]),
    };
    let output = Command::new(name).args(print).output().with_context(|| format!("{name} is missing"))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn text(path: &Path) -> anyhow::Result<String> {
    Ok(path.to_str().context("a path that is no text")?.to_owned())
}
