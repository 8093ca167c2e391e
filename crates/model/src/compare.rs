//! When an answer is right.

use serde::{Deserialize, Serialize};

use crate::value::{Value, equal_by, equal_in_any_order};

/// How an answer is compared with the expected one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompareMode {
    /// The values are equal.
    #[default]
    Exact,
    /// As exact, but floating-point numbers may differ by the tolerance.
    Tolerance,
    /// The answer is a permutation of the expected list.
    AnyOrder,
    /// As any order, at every level of nesting.
    AnyOrderDeep,
    /// The expected value is a list of answers, of which any one is right.
    OneOf,
    /// The exercise's `checker.py` decides, in the sandbox.
    Checker,
}

/// What of a call is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompareTarget {
    /// The returned value.
    #[default]
    Return,
    /// The argument of this name, after the call: the function changes it in place.
    Argument(String),
}

/// The comparison that an exercise declares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// How.
    #[serde(default)]
    pub mode: CompareMode,
    /// The largest difference that [`CompareMode::Tolerance`] accepts, absolute or relative to the expected
    /// value, whichever is larger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// What.
    #[serde(default)]
    pub target: CompareTarget,
}

/// The tolerance where an exercise names none.
pub const DEFAULT_TOLERANCE: f64 = 1e-6;

impl Comparison {
    /// Whether `actual` is a right answer; `None` when only the exercise's checker can tell.
    pub fn accepts(&self, expected: &Value, actual: &Value) -> Option<bool> {
        Some(match self.mode {
            CompareMode::Exact => expected == actual,
            CompareMode::Tolerance => {
                let tolerance = self.tolerance.unwrap_or(DEFAULT_TOLERANCE);
                equal_by(expected, actual, &|expected, actual| {
                    // Infinities differ from themselves by NaN; their bits tell that they are the same.
                    expected.to_bits() == actual.to_bits()
                        || (expected.is_nan() && actual.is_nan())
                        || (expected - actual).abs() <= tolerance * expected.abs().max(1.0)
                })
            }
            CompareMode::AnyOrder => match (expected, actual) {
                (Value::List(expected), Value::List(actual)) => {
                    equal_in_any_order(expected, actual, |expected, actual| expected == actual)
                }
                _ => expected == actual,
            },
            CompareMode::AnyOrderDeep => in_any_order_deep(expected, actual),
            CompareMode::OneOf => match expected {
                Value::List(answers) => answers.contains(actual),
                _ => expected == actual,
            },
            CompareMode::Checker => return None,
        })
    }
}

fn in_any_order_deep(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::List(_), Value::List(_)) => sorted_deep(expected) == sorted_deep(actual),
        _ => expected == actual,
    }
}

fn sorted_deep(value: &Value) -> Value {
    match value {
        Value::List(values) => {
            let mut values: Vec<Value> = values.iter().map(sorted_deep).collect();
            values.sort_by_cached_key(crate::value::SortKey::sort_key);
            Value::List(values)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn accepts(mode: CompareMode, expected: serde_json::Value, actual: serde_json::Value) -> Option<bool> {
        let comparison = Comparison { mode, ..Comparison::default() };
        comparison.accepts(&Value::from_json(&expected).unwrap(), &Value::from_json(&actual).unwrap())
    }

    #[test]
    fn each_mode_accepts_what_it_says() {
        use CompareMode::{AnyOrder, AnyOrderDeep, Checker, Exact, OneOf, Tolerance};
        let cases = [
            (Exact, json!([0, 1]), json!([0, 1]), Some(true)),
            (Exact, json!([0, 1]), json!([1, 0]), Some(false)),
            (Exact, json!(0.3), json!(0.1 + 0.2), Some(false)),
            (Tolerance, json!([0.3]), json!([0.1 + 0.2]), Some(true)),
            (Tolerance, json!(2_000_000), json!(2_000_000.5), Some(true)),
            (Tolerance, json!(1), json!(1.1), Some(false)),
            (AnyOrder, json!([1, 2, 2]), json!([2, 1, 2]), Some(true)),
            (AnyOrder, json!([1, 2, 2]), json!([1, 1, 2]), Some(false)),
            (AnyOrder, json!([[1, 2], [3]]), json!([[3], [2, 1]]), Some(false)),
            (AnyOrderDeep, json!([[1, 2], [3]]), json!([[3], [2, 1]]), Some(true)),
            (AnyOrderDeep, json!([[1, 2], [3]]), json!([[3], [2, 2]]), Some(false)),
            (OneOf, json!(["bab", "aba"]), json!("aba"), Some(true)),
            (OneOf, json!(["bab", "aba"]), json!("abc"), Some(false)),
            (Checker, json!(1), json!(1), None),
        ];
        for (mode, expected, actual, right) in cases {
            assert_eq!(accepts(mode, expected.clone(), actual.clone()), right, "{mode:?} {expected} {actual}");
        }
    }
}
