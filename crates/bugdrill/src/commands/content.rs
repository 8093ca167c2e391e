//! `bugdrill content`: proves and packs the exercises.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, ensure};
use bugdrill::{config::SandboxOptions, server::start_sandbox};
use bugdrill_content::{
    Library,
    check::{self, ExerciseReport},
    pack,
};
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum ContentCommand {
    /// Run every reference and every bug in the sandbox, and prove that they do what they should.
    Check {
        /// The exercises to check; all of `--content` by default.
        exercises: Vec<PathBuf>,
        /// The content folder.
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// Where compiled guests are kept.
        #[arg(long, default_value = "data/cache")]
        cache_dir: PathBuf,
        /// Print the evidence as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the pack that a server imports.
    Pack {
        /// The content folder.
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The file to write.
        #[arg(long)]
        output: PathBuf,
    },
}

pub(crate) async fn run(command: ContentCommand) -> Result<ExitCode> {
    match command {
        ContentCommand::Check { exercises, content, cache_dir, json } => {
            check_content(&exercises, &content, cache_dir, json).await
        }
        ContentCommand::Pack { content, output } => {
            let packed = pack::encode(&Library::load(&content)?.pack())?;
            fs::write(&output, &packed).with_context(|| format!("cannot write {}", output.display()))?;
            println!("{}: {} bytes", output.display(), packed.len());
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn check_content(exercises: &[PathBuf], content: &Path, cache_dir: PathBuf, json: bool) -> Result<ExitCode> {
    let mut library = Library::load(content)?;
    if !exercises.is_empty() {
        let names: Vec<_> = exercises.iter().filter_map(|path| path.file_name()).collect();
        library.exercises.retain(|exercise| names.contains(&exercise.id.as_ref()));
        ensure!(library.exercises.len() == names.len(), "not all of these are exercises of {}", content.display());
    }
    // Exercises are the author's own code.
    let options = SandboxOptions { slots: 0, allow_unconfined: true };
    let sandbox = start_sandbox(&options, cache_dir).await?;
    let report = check::check(&library, &sandbox, |exercise| {
        if !json {
            print_exercise(exercise);
        }
    })
    .await?;
    sandbox.close().await;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!(
            "{} of {} snippets proven, in {} exercises over {} patterns",
            report.proven_snippets(),
            report.exercises.iter().map(|exercise| exercise.bugs.len()).sum::<usize>(),
            report.exercises.len(),
            library.patterns.len()
        );
    }
    Ok(if report.is_proven() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_exercise(report: &ExerciseReport) {
    let mark = if report.problems.is_empty() { "proven" } else { "FAILED" };
    println!("{mark}  {:<32} {:>2} tests, {:>2} generated inputs", report.exercise, report.tests, report.generated);
    for bug in &report.bugs {
        println!(
            "          {:<10} {:<28} fails {:>2}, passes {:>2}, differs on {:>2} generated",
            bug.language.as_str(),
            bug.bug,
            bug.failed.len(),
            bug.passed,
            bug.differs
        );
    }
    for problem in &report.problems {
        println!("        ! {problem}");
    }
}
