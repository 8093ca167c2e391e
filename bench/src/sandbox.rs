//! A fresh run of two-sum with five tests: in the sandbox, and by the native interpreters, started for it.

use std::{
    env,
    path::Path,
    process::{Command, ExitCode},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use bugdrill_model::{
    Language, Value,
    run::{Call, Limits, Observe, Outcome, RunRequest, TestRun},
};
use bugdrill_sandbox::{Sandbox, SandboxConfig, probe};
use nix::{
    sched::{CpuSet, sched_getaffinity, sched_setaffinity},
    unistd::Pid,
};
use serde_json::json;
use tokio::{runtime::Runtime, task::JoinSet};

use crate::{
    native::Launcher,
    statistics::{Times, head, milliseconds, ratio, row},
};

const ROUNDS: usize = 1_000;
const LIVE_INSTANCES: u32 = 100;
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
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let all = sched_getaffinity(Pid::from_raw(0))?;
    let cores: Vec<usize> = (0..CpuSet::count()).filter(|&core| all.is_set(core).unwrap_or(false)).collect();
    on_cores(&cores, start_times(folder.path()))?;

    println!("A fresh run of two-sum with five tests, everything on these cores:\n");
    head(&["", "cores and slots", "median", "95 %", "CPU of the run", "runs/s"]);
    let mut medians = Vec::new();
    for count in [1, 2].into_iter().filter(|&count| count <= cores.len()) {
        for language in Language::ALL {
            medians.push((language, on_cores(&cores[..count], fresh_runs(folder.path(), language, count))?));
        }
    }

    println!("\nBeside the native interpreter, started on the same code and tests:\n");
    head(&["", "median", "95 %", "times the sandbox's"]);
    for language in Language::ALL {
        let median = medians.iter().rfind(|(measured, _)| *measured == language).map(|(_, median)| *median);
        for launcher in Launcher::ALL {
            let name = format!("{}, {}", language.as_str(), launcher.name());
            match (launcher.measure(language, &native_code(language), folder.path()), median) {
                (Ok(times), Some(median)) => {
                    let ratio = ratio(times.median(), median);
                    row(&[&name, &milliseconds(times.median()), &milliseconds(times.percentile_95()), &ratio]);
                }
                (Err(problem), _) => row(&[&name, &format!("left out: {problem:#}"), "", ""]),
                (Ok(_), None) => {}
            }
        }
    }

    println!("\nMemory of {LIVE_INSTANCES} live instances, each after its first test:\n");
    head(&["", "resident, each", "proportional share, each"]);
    for language in Language::ALL {
        let output = Command::new(env::current_exe()?)
            .args([INSTANCES_ARGUMENT, language.as_str(), "--cache-dir"])
            .arg(folder.path().join("cache"))
            .output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        print!("{}", String::from_utf8(output.stdout)?);
    }

    println!("\nShort runs on two slots while another learner's endless loop is on one of them:\n");
    head(&["", "median alone", "95 % alone", "median beside", "95 % beside"]);
    on_cores(&cores, beside_endless_loops(folder.path()))?;
    println!();
    Ok(())
}

/// The command line by which this executable becomes [`live_instances`].
pub(crate) const INSTANCES_ARGUMENT: &str = "instances";

/// Prints what an instance of the language in the arguments takes.
pub(crate) fn live_instances(language: &str) -> anyhow::Result<ExitCode> {
    let language = Language::ALL.into_iter().find(|known| known.as_str() == language).context("no language")?;
    Ok(probe::live_instances(LIVE_INSTANCES, request(language)?, move |resident, share| {
        let kibibytes = |bytes: u64| format!("{} KiB", bytes >> 10);
        row(&[language.as_str(), &kibibytes(resident), &kibibytes(share)]);
    }))
}

/// Does the work on a runtime of its own, whose threads, and the processes that they start, have these cores only.
fn on_cores<T>(cores: &[usize], work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let this_thread = Pid::from_raw(0);
    let before = sched_getaffinity(this_thread)?;
    let mut chosen = CpuSet::new();
    for &core in cores {
        chosen.set(core)?;
    }
    sched_setaffinity(this_thread, &chosen)?;
    let result = Runtime::new().map_err(Into::into).and_then(|runtime| runtime.block_on(work));
    sched_setaffinity(this_thread, &before)?;
    result
}

async fn start_times(folder: &Path) -> anyhow::Result<()> {
    for what in ["first start, compiling the guests", "start of the runners, compiled before"] {
        let started = Instant::now();
        let sandbox = Sandbox::start(SandboxConfig::new(folder.join("cache"))).await?;
        println!("{what}: {:.2} s", started.elapsed().as_secs_f64());
        sandbox.close().await;
    }
    println!();
    Ok(())
}

async fn start(folder: &Path, slots: usize) -> anyhow::Result<Arc<Sandbox>> {
    let mut config = SandboxConfig::new(folder.join("cache"));
    config.slots = slots;
    Ok(Arc::new(Sandbox::start(config).await?))
}

/// Prints the times of one run after the other and the throughput; the median time.
async fn fresh_runs(folder: &Path, language: Language, slots: usize) -> anyhow::Result<Duration> {
    let sandbox = start(folder, slots).await?;
    let (times, within) = measure(&sandbox, language).await?;
    let throughput = throughput(&sandbox, language).await?;
    sandbox.close().await;
    row(&[
        language.as_str(),
        &slots.to_string(),
        &milliseconds(times.median()),
        &milliseconds(times.percentile_95()),
        &milliseconds(within.median()),
        &format!("{throughput:.0}"),
    ]);
    Ok(times.median())
}

async fn beside_endless_loops(folder: &Path) -> anyhow::Result<()> {
    let sandbox = start(folder, 2).await?;
    for language in Language::ALL {
        let (alone, _) = measure(&sandbox, language).await?;
        let is_done = Arc::new(AtomicBool::new(false));
        let loops = {
            let (sandbox, is_done) = (Arc::clone(&sandbox), Arc::clone(&is_done));
            tokio::spawn(async move {
                while !is_done.load(Ordering::Relaxed) {
                    let report = sandbox.run(endless_loop()?).await?;
                    ensure!(report.tests[0].outcome == Outcome::TimeLimit, "not stopped: {report:?}");
                }
                anyhow::Ok(())
            })
        };
        let (beside, _) = measure(&sandbox, language).await?;
        is_done.store(true, Ordering::Relaxed);
        loops.await??;
        row(&[
            language.as_str(),
            &milliseconds(alone.median()),
            &milliseconds(alone.percentile_95()),
            &milliseconds(beside.median()),
            &milliseconds(beside.percentile_95()),
        ]);
    }
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

fn endless_loop() -> anyhow::Result<RunRequest> {
    let mut request = request(Language::Python)?;
    request.code = "def two_sum(nums, target):\n    while True:\n        pass\n".into();
    request.tests.truncate(1);
    Ok(request)
}

/// The code, and calls that print the answers.
fn native_code(language: Language) -> String {
    let calls = TESTS.map(|(nums, target, _)| format!("({nums:?}, {target})"));
    match language {
        Language::Python => format!("{PYTHON}\n{}\n", calls.map(|call| format!("print(two_sum{call})")).join("\n")),
        Language::JavaScript => {
            format!("{JAVASCRIPT}\n{}\n", calls.map(|call| format!("console.log(twoSum{call});")).join("\n"))
        }
    }
}
