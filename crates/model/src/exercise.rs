//! Exercises and their tests.

use serde::{Deserialize, Serialize};

use crate::{Parameter, Signature, Value, run::Call};

/// A language that learners write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Python 3.
    Python,
    /// JavaScript.
    JavaScript,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::Python, Self::JavaScript];

    /// The language of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == name)
    }

    /// The name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
        }
    }

    /// The name as it stands in files, URLs and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
        }
    }
}

/// How hard a bug is to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// The first failing test points at it.
    Beginner,
    /// Needs the pattern's invariant.
    Medium,
    /// Shows only in corner cases.
    Hard,
}

/// The kind of slip a bug is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BugType {
    /// A bound or index is off by one.
    OffByOne,
    /// A wrong arithmetic or logical operator.
    WrongOperator,
    /// A wrong comparison.
    WrongComparison,
    /// A condition that is wrong in more than its operator.
    WrongCondition,
    /// A wrong starting value.
    WrongInitialValue,
    /// A wrong update of a variable.
    WrongUpdate,
    /// An update that is missing.
    MissingUpdate,
    /// The wrong variable is used.
    WrongVariable,
    /// Statements in the wrong order.
    WrongOrder,
    /// A wrong result is returned.
    WrongReturn,
    /// A recursion's base case is wrong or missing.
    WrongBaseCase,
    /// A corner case is not handled.
    MissingEdgeCase,
    /// A missing check for null or an empty value.
    NullCheck,
    /// A loop that does not end.
    InfiniteLoop,
    /// A value is shared where it should be copied.
    Aliasing,
    /// State that should be undone or remembered is not.
    StateLeak,
}

/// Where a snippet comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnippetOrigin {
    /// The pack, which replaces it when that changes.
    Pack,
    /// An editor: the pack leaves it alone.
    Editor,
}

/// Whether learners see a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationStatus {
    /// They do.
    Active,
    /// They did: it is kept for those who worked on it.
    Archived,
}

/// What a learner complains about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// A test is wrong or missing.
    WrongTest,
    /// The text is unclear.
    Unclear,
    /// A hint or the explanation is wrong.
    WrongHint,
    /// Something else.
    Other,
}

/// One test of an exercise: one call given by `input`, or a sequence of `calls` in one namespace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestCase {
    /// A name that tells what the test is about, unique in the exercise.
    pub id: String,
    /// The arguments of one call of the function, by the parameters' names. Optional ones may be missing at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<serde_json::Map<String, serde_json::Value>>,
    /// Several calls: `["operation", argument, …]` each, by canonical names; for a class the first constructs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<Vec<Vec<serde_json::Value>>>,
    /// The right answer; for `calls` the list of their results, null for a constructor and for a void method.
    pub expected: Value,
    /// Whether learners never see it.
    #[serde(default)]
    pub hidden: bool,
    /// What the test is good for, shown with its result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a test does not fit its signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("test `{test}`: {problem}")]
pub struct TestCaseError {
    /// The test's id.
    pub test: String,
    /// What is wrong.
    pub problem: String,
}

impl TestCase {
    /// The calls that this test makes, with their arguments in the order of the parameters.
    pub fn program(&self, signature: &Signature) -> Result<Vec<Call>, TestCaseError> {
        self.calls_of(signature).map_err(|problem| TestCaseError { test: self.id.clone(), problem })
    }

    /// What the checker sees as the input: the arguments by name, or the list of calls.
    pub(crate) fn stimulus(&self) -> Value {
        let json = match (&self.input, &self.calls) {
            (Some(input), _) => serde_json::Value::Object(input.clone()),
            (None, calls) => serde_json::json!(calls),
        };
        Value::from_json(&json).unwrap_or(Value::Null)
    }

    fn calls_of(&self, signature: &Signature) -> Result<Vec<Call>, String> {
        let argument = |parameter: &Parameter, json| {
            let value = Value::from_json(json).map_err(|error| error.to_string())?;
            parameter.kind.check(&value).map_err(|problem| format!("`{}`: {problem}", parameter.name))?;
            Ok(value)
        };
        match (&self.input, &self.calls) {
            (Some(input), None) => {
                let Signature::Function { function, parameters, .. } = signature else {
                    return Err("a class is tested by `calls`".into());
                };
                if let Some(extra) = input.keys().find(|key| parameters.iter().all(|parameter| parameter.name != **key))
                {
                    return Err(format!("there is no parameter `{extra}`"));
                }
                // Arguments are passed by position, so only the last ones can be left out.
                let is_given = |parameter: &Parameter| !parameter.optional || input.contains_key(&parameter.name);
                let given = parameters.iter().rposition(is_given).map_or(0, |last| last + 1);
                let arguments = parameters[..given]
                    .iter()
                    .map(|parameter| {
                        let name = &parameter.name;
                        argument(parameter, input.get(name).ok_or_else(|| format!("`{name}` is missing"))?)
                    })
                    .collect::<Result<_, String>>()?;
                Ok(vec![Call { operation: function.clone(), arguments }])
            }
            (None, Some(calls)) => {
                let calls: Vec<Call> = calls
                    .iter()
                    .map(|call| {
                        let name =
                            call.first().and_then(serde_json::Value::as_str).ok_or("a call starts with its name")?;
                        let operation =
                            signature.operation(name).ok_or_else(|| format!("there is no operation `{name}`"))?;
                        operation.check_count(call.len() - 1)?;
                        let arguments = operation.parameters.iter().zip(&call[1..]);
                        let arguments =
                            arguments
                                .map(|(parameter, json)| argument(parameter, json))
                                .collect::<Result<_, String>>()?;
                        Ok(Call { operation: name.to_owned(), arguments })
                    })
                    .collect::<Result<_, String>>()?;
                let constructions = calls.iter().filter(|call| call.operation == signature.name()).count();
                match signature {
                    Signature::Class { class, .. }
                        if constructions != 1 || calls.first().is_none_or(|call| call.operation != *class) =>
                    {
                        Err("the first call, and only it, constructs the class".into())
                    }
                    _ if calls.is_empty() => Err("there are no calls".into()),
                    _ => Ok(calls),
                }
            }
            _ => Err("a test has either `input` or `calls`".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn test(json: serde_json::Value) -> TestCase {
        serde_json::from_value(json).unwrap()
    }

    fn function() -> Signature {
        serde_json::from_value(json!({
            "function": "two_sum",
            "parameters": [{"name": "nums", "type": "int[]"}, {"name": "target", "type": "int"}],
            "returns": "int[]"
        }))
        .unwrap()
    }

    fn function_with_defaults() -> Signature {
        serde_json::from_value(json!({
            "function": "rotate",
            "parameters": [
                {"name": "nums", "type": "int[]"},
                {"name": "steps", "type": "int", "optional": true},
                {"name": "to_left", "type": "bool", "optional": true},
            ],
            "returns": "int[]"
        }))
        .unwrap()
    }

    fn graph() -> Signature {
        serde_json::from_value(json!({
            "function": "clone",
            "parameters": [{"name": "node", "type": "GraphNode"}],
            "returns": "GraphNode"
        }))
        .unwrap()
    }

    fn class() -> Signature {
        serde_json::from_value(json!({
            "class": "MinStack",
            "methods": [{"name": "push", "parameters": [{"name": "value", "type": "int"}], "returns": "void"}]
        }))
        .unwrap()
    }

    #[test]
    fn input_is_passed_in_the_order_of_the_parameters() {
        let test = test(json!({"id": "a", "input": {"target": 9, "nums": [2, 7]}, "expected": [0, 1]}));
        let program = test.program(&function()).unwrap();
        assert_eq!(program.len(), 1);
        assert_eq!(json!(program[0].arguments), json!([[2, 7], 9]));
    }

    #[test]
    fn the_last_arguments_may_be_left_out_where_they_are_optional() {
        let signature = function_with_defaults();
        for (json, arguments) in [
            (json!({"id": "a", "input": {"nums": [1]}, "expected": []}), json!([[1]])),
            (json!({"id": "a", "input": {"steps": 2, "nums": [1]}, "expected": []}), json!([[1], 2])),
            (
                json!({"id": "a", "input": {"nums": [], "steps": 0, "to_left": true}, "expected": []}),
                json!([[], 0, true]),
            ),
            (json!({"id": "a", "calls": [["rotate", [1], 2]], "expected": [[]]}), json!([[1], 2])),
        ] {
            assert_eq!(json!(test(json).program(&signature).unwrap()[0].arguments), arguments);
        }
        let json = serde_json::to_value(&signature).unwrap();
        assert_eq!(json["parameters"][0], json!({"name": "nums", "type": "int[]"}), "packs stay as they were");
        assert_eq!(signature.misplaced_parameter(), None);
        let mut json = json;
        json["parameters"][2]["optional"] = json!(false);
        let misplaced: Signature = serde_json::from_value(json).unwrap();
        assert_eq!(misplaced.misplaced_parameter().unwrap().name, "to_left");
    }

    #[test]
    fn tests_that_do_not_fit_the_signature_say_why() {
        for (signature, json, problem) in [
            (function(), json!({"id": "a", "input": {"nums": []}, "expected": 1}), "`target` is missing"),
            (
                function(),
                json!({"id": "a", "input": {"nums": [], "target": 1, "x": 1}, "expected": 1}),
                "no parameter `x`",
            ),
            (
                function_with_defaults(),
                json!({"id": "a", "input": {"nums": [], "to_left": true}, "expected": 1}),
                "`steps` is missing",
            ),
            (function_with_defaults(), json!({"id": "a", "input": {"steps": 1}, "expected": 1}), "`nums` is missing"),
            (function_with_defaults(), json!({"id": "a", "calls": [["rotate"]], "expected": [1]}), "takes 1 to 3"),
            (function(), json!({"id": "a", "expected": 1}), "either `input` or `calls`"),
            (function(), json!({"id": "a", "calls": [["two_sum", 1]], "expected": 1}), "takes 2 arguments"),
            (class(), json!({"id": "a", "calls": [["push", 1]], "expected": [null]}), "constructs the class"),
            (class(), json!({"id": "a", "calls": [["MinStack"], ["pop"]], "expected": []}), "no operation `pop`"),
            (class(), json!({"id": "a", "input": {}, "expected": 1}), "tested by `calls`"),
            (
                graph(),
                json!({"id": "a", "input": {"node": [[1, []], [2, []]]}, "expected": 1}),
                "`node`: the first node",
            ),
            (graph(), json!({"id": "a", "calls": [["clone", [1]]], "expected": [1]}), "`node`: node 0 of the graph"),
        ] {
            let error = test(json).program(&signature).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
