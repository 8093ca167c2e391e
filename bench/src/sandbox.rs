//! A fresh run of two-sum with five tests: in the sandbox, and by the native interpreter, started for it.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use bugdrill_model::{
    Language, Value,
    run::{Call, Limits, Observe, Outcome, RunRequest, TestRun},
};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use serde_json::json;
use tokio::task::JoinSet;

use crate::statistics::{Times, milliseconds};

const ROUNDS: usize = 1_000;
const NATIVE_ROUNDS: usize = 20;
const THROUGHPUT_TIME: Duration = Duration::from_secs(3);

const PYTHON: &str = "def two_sum(nums, target):
    seen = {}
    for index, number in enumerate(nums):
        if target - number in seen:
            return [seen[target - number], index]
        seen[number] = index
    return []
";

const JAVASCRIPT: &str = "function twoSum(nums, target) {
  const seen = new Map();
  for (const [index, number] of nums.entries()) {
    if (seen.has(target - number)) return [seen.get(target - number), index];
    seen.set(number, index);
  }
  return [];
}
";

/// The arguments and the right answer of each test.
const TESTS: [(&[i32], i32, &[i32]); 5] = [
    (&[2, 7, 11, 15], 9, &[0, 1]),
    (&[3, 2, 4], 6, &[1, 2]),
    (&[3, 3], 6, &[0, 1]),
    (&[-1, -2, -3, -4, -5], -8, &[2, 4]),
    (&[1, 2], 7, &[]),
];

/// Runs the benchmark.
pub(crate) async fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let started = Instant::now();
    let sandbox = Sandbox::start(SandboxConfig::new(folder.path().join("cache"))).await?;
    println!("first start, compiling the guests: {:.1} s", started.elapsed().as_secs_f64());
    sandbox.close().await;
    let started = Instant::now();
    let sandbox = Arc::new(Sandbox::start(SandboxConfig::new(folder.path().join("cache"))).await?);
    println!("start of {} runners, compiled before: {:.2} s\n", sandbox.slots(), started.elapsed().as_secs_f64());

    println!(
        "| two-sum, 5 tests | median | 95 % | within the runner (CPU) | native start and run | ratio | runs/s, all slots |"
    );
    println!("|---|---|---|---|---|---|---|");
    for language in Language::ALL {
        let (times, within) = measure(&sandbox, language).await?;
        let native = measure_native(language, folder.path())?;
        let throughput = throughput(&sandbox, language).await?;
        println!(
            "| {} | {} | {} | {} | {} | 1/{:.0} | {throughput:.0} |",
            language.as_str(),
            milliseconds(times.median()),
            milliseconds(times.percentile_95()),
            milliseconds(within.median()),
            milliseconds(native.median()),
            native.median().as_secs_f64() / times.median().as_secs_f64(),
        );
    }
    println!();
    sandbox.close().await;
    Ok(())
}

async fn measure(sandbox: &Sandbox, language: Language) -> anyhow::Result<(Times, Times)> {
    let request = request(language)?;
    let (mut times, mut within) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let report = sandbox.run(request.clone()).await?;
        times.push(started.elapsed());
        within.push(Duration::from_micros(report.cpu_us));
        for (test, (_, _, expected)) in report.tests.iter().zip(TESTS) {
            ensure!(test.outcome == Outcome::Returned(Value::from_json(&json!(expected))?), "a wrong answer: {test:?}");
        }
    }
    Ok((Times::new(times), Times::new(within)))
}

async fn throughput(sandbox: &Arc<Sandbox>, language: Language) -> anyhow::Result<f64> {
    let started = Instant::now();
    // Two callers a slot, so that a runner never waits for one.
    let mut callers = JoinSet::new();
    for _ in 0..2 * sandbox.slots() {
        let (sandbox, request) = (Arc::clone(sandbox), request(language)?);
        callers.spawn(async move {
            let mut runs = 0_u32;
            while started.elapsed() < THROUGHPUT_TIME {
                sandbox.run(request.clone()).await?;
                runs += 1;
            }
            anyhow::Ok(runs)
        });
    }
    let mut total = 0;
    while let Some(runs) = callers.join_next().await {
        total += runs??;
    }
    Ok(f64::from(total) / started.elapsed().as_secs_f64())
}

fn request(language: Language) -> anyhow::Result<RunRequest> {
    let signature = json!({
        "function": "two_sum",
        "parameters": [{"name": "nums", "type": "int[]"}, {"name": "target", "type": "int"}],
        "returns": "int[]",
    });
    let tests = TESTS.map(|(nums, target, _)| TestRun {
        calls: vec![Call {
            operation: "two_sum".into(),
            arguments: vec![
                Value::List(nums.iter().map(|&number| Value::Integer(number.into())).collect()),
                Value::Integer(target.into()),
            ],
        }],
        sequence: false,
        observe: Observe::Return,
    });
    let code = match language {
        Language::Python => PYTHON,
        Language::JavaScript => JAVASCRIPT,
    };
    Ok(RunRequest {
        language,
        code: code.into(),
        signature: serde_json::from_value(signature)?,
        tests: tests.into(),
        limits: Limits::default(),
        trace: false,
    })
}

fn measure_native(language: Language, folder: &Path) -> anyhow::Result<Times> {
    let calls = TESTS.map(|(nums, target, _)| format!("({nums:?}, {target})"));
    let (interpreter, code) = match language {
        Language::Python => {
            let calls = calls.map(|call| format!("print(two_sum{call})")).join("\n");
            (python()?, format!("{PYTHON}\n{calls}\n"))
        }
        Language::JavaScript => {
            let calls = calls.map(|call| format!("console.log(twoSum{call});")).join("\n");
            ("node".into(), format!("{JAVASCRIPT}\n{calls}\n"))
        }
    };
    let script = folder.join("native");
    fs::write(&script, code)?;
    let mut times = Vec::new();
    for _ in 0..NATIVE_ROUNDS {
        let mut command = Command::new(&interpreter);
        if language == Language::Python {
            command.arg("-I");
        }
        let started = Instant::now();
        let output =
            command.arg(&script).stdin(Stdio::null()).output().with_context(|| format!("{interpreter} is missing"))?;
        times.push(started.elapsed());
        ensure!(output.status.success(), "{interpreter}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(Times::new(times))
}

/// The interpreter itself: `python3` may be a launcher, whose time would count.
fn python() -> anyhow::Result<String> {
    let output = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
