//! Results of runs that need not be made again.
//!
//! Learners of one snippet send the same code again and again: as it comes, and fixed. What was judged before is found
//! by all that decides the result: the engine, the language, the code and the task. Only runs that would end the same
//! each time are kept, so nobody can tell a kept result from a new one; its CPU time is that of the run that made it.

use std::{sync::Arc, time::Duration};

use bugdrill_model::{
    Language, Value, Verdict,
    judge::{JudgedRun, JudgedTest, Task},
};
use bugdrill_platform::metrics as names;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

/// SHA-256 of all that a result depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key([u8; 32]);

/// Judged runs, bounded by memory and by the time without use.
pub(crate) struct ResultCache {
    engine_version: String,
    runs: Cache<Key, Arc<JudgedRun>>,
}

impl ResultCache {
    /// A cache of `bytes` at the most, in which a result stays until it was not asked for during `idle`.
    pub(crate) fn new(bytes: u64, idle: Duration, engine_version: &str) -> Self {
        let runs = Cache::builder()
            .max_capacity(bytes)
            .time_to_idle(idle)
            .weigher(|_, run: &Arc<JudgedRun>| u32::try_from(memory_of(run)).unwrap_or(u32::MAX))
            .build();
        Self { engine_version: engine_version.to_owned(), runs }
    }

    /// The key of a run of this task; None where nothing is kept.
    pub(crate) fn key(&self, task: &Task, language: Language, code: &str) -> Option<Key> {
        if self.runs.policy().max_capacity() == Some(0) {
            return None;
        }
        let all = serde_json::to_vec(&(&self.engine_version, language, code, task)).ok()?;
        Some(Key(Sha256::digest(&all).into()))
    }

    /// The run of before.
    pub(crate) fn get(&self, key: Key) -> Option<JudgedRun> {
        let found = self.runs.get(&key);
        let name = if found.is_some() { names::RESULT_CACHE_HITS } else { names::RESULT_CACHE_MISSES };
        metrics::counter!(name).increment(1);
        found.map(|run| JudgedRun::clone(&run))
    }

    /// Keeps a run, if it would end the same once more.
    pub(crate) fn insert(&self, key: Key, run: &JudgedRun) {
        // Limits and exceptions can depend on how busy the machine was, or on what little memory was left.
        let is_certain = |test: &JudgedTest| {
            matches!(test.verdict, Verdict::Accepted | Verdict::WrongAnswer | Verdict::CompileError)
        };
        if run.is_repeatable && run.tests.iter().all(is_certain) {
            self.runs.insert(key, Arc::new(run.clone()));
        }
    }
}

/// About how many bytes a judged run takes.
pub(crate) fn memory_of(run: &JudgedRun) -> usize {
    let of_test = |test: &JudgedTest| {
        let error = test.error.as_ref().map_or(0, |error| error.message.len() + error.traceback.len());
        // A list of digits is a value for every other character.
        let actual = test.actual.as_ref().map_or(0, |actual| actual.to_string().len() * size_of::<Value>());
        size_of::<JudgedTest>() + test.stdout.len() + error + actual + test.actual_cut.as_ref().map_or(0, String::len)
    };
    size_of::<JudgedRun>() + run.stderr.len() + run.tests.iter().map(of_test).sum::<usize>()
}
