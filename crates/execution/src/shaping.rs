//! What is kept of a result, and what that takes.

use bugdrill_model::judge::JudgedTest;

use crate::{Execution, Progress, cache};

/// The longest text of a test that is kept and shown: its answer's wire form, its output. In bytes.
const MAX_SHOWN: usize = 4 << 10;

/// Keeps of a test what is shown: the beginning of long texts, and of a hidden test the verdict alone.
pub(crate) fn cut(judged: &mut JudgedTest, is_hidden: bool) {
    if is_hidden {
        let (verdict, cpu_us) = (judged.verdict, judged.cpu_us);
        *judged = JudgedTest { verdict, cpu_us, ..JudgedTest::internal_error() };
        return;
    }
    truncate(&mut judged.stdout, &mut judged.stdout_truncated);
    if let Some(mut text) = judged.actual.as_ref().map(ToString::to_string) {
        let mut is_cut = false;
        truncate(&mut text, &mut is_cut);
        if is_cut {
            judged.actual_cut = Some(text);
            judged.actual = None;
        }
    }
}

pub(crate) fn truncate(text: &mut String, is_truncated: &mut bool) {
    if text.len() > MAX_SHOWN {
        text.truncate(text.floor_char_boundary(MAX_SHOWN));
        *is_truncated = true;
    }
}

/// About how many bytes a kept execution takes.
pub(crate) fn weight(execution: &Execution) -> u32 {
    const OVERHEAD: usize = 16 << 10;
    let Progress::Finished(finished) = execution.progress() else { return OVERHEAD as u32 };
    // In memory a trace takes several times its wire form.
    let trace =
        finished.run.trace.as_ref().map_or(0, |trace| 4 * serde_json::to_vec(trace).map_or(0, |json| json.len()));
    u32::try_from(OVERHEAD + cache::memory_of(&finished.run) + trace).unwrap_or(u32::MAX)
}
