//! What the tests of this crate share.

use bugdrill_model::content::Pack;
use serde_json::json;
use uuid::Uuid;

/// A pattern with one snippet.
pub(crate) fn pack() -> Pack {
    serde_json::from_value(json!({
        "patterns": [{
            "id": 1, "slug": "pattern", "name": "", "order": 1, "description": "", "introduction": "",
            "template": {"python": "", "javascript": ""},
        }],
        "snippets": [{
            "id": Uuid::from_u128(1), "slug": "snippet", "exercise_id": "", "bug_id": "", "pattern_id": 1,
            "position": 1, "language": "python", "title": "", "description": "", "difficulty": "medium",
            "correct_code": "", "buggy_code": "", "bug_type": "off_by_one", "explanation": "", "hints": ["", "", ""],
            "why_question": {"question": "", "choices": ["", "", ""]},
            "task": {"signature": {"function": "f", "parameters": [], "returns": "int"}, "tests": []},
            "edit_budget": 1, "time_estimate_minutes": 1,
        }],
    }))
    .expect("it is a pack")
}
