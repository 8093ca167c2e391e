//! A run as the guests see it, and what they answer.

use bugdrill_model::{
    Language, Signature, Type, Value,
    run::{ErrorReport, Limits, Observe, RunRequest, TestRun},
    signature::name_in,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::built_ins::may_change_built_ins;

/// The deepest nesting of a result, in levels of JSON. Its parser stops at 128, and a report wraps results in some.
pub const MAX_RESULT_DEPTH: usize = 100;

/// The most nodes of a linked list, tree or graph.
const MAX_NODES: usize = 100_000;

/// The longest traceback, in characters.
pub const MAX_TRACEBACK: usize = 20_000;

/// The file name of the learner's code in tracebacks.
const fn file_name(language: Language) -> &'static str {
    match language {
        Language::Python => "solution.py",
        Language::JavaScript => "solution.js",
    }
}

/// What a guest loads.
pub struct Program<'a> {
    /// The learner's code.
    pub code: &'a str,
    /// The name, in the guest's language, of the function or class that the code defines.
    pub name: String,
    /// The signature and the limits on results, as `guests/python/harness.py` describes them.
    pub description: String,
    /// Whether the steps of the code are told.
    pub trace: bool,
    /// Whether a test may change what the next one finds in the language itself.
    pub may_change_built_ins: bool,
    language: Language,
    operations: Vec<&'a str>,
    result_bytes: usize,
}

impl<'a> Program<'a> {
    /// The program of a request.
    pub fn new(request: &'a RunRequest) -> Self {
        let signature = &request.signature;
        let operations: Vec<&str> = signature.operations().map(|operation| operation.name).collect();
        let described: Vec<Json> = signature
            .operations()
            .map(|operation| {
                json!({
                    "name": name_in(request.language, operation.name),
                    "parameters": operation.parameters.iter().map(|parameter| shape(&parameter.kind)).collect::<Vec<_>>(),
                    "returns": shape(operation.returns),
                })
            })
            .collect();
        let Limits { result_bytes, .. } = request.limits;
        let mentions = |word: &str| request.code.contains(word);
        let description = json!({
            "class": matches!(signature, Signature::Class { .. }),
            "operations": described,
            "result_bytes": result_bytes,
            "max_depth": MAX_RESULT_DEPTH,
            "max_nodes": MAX_NODES,
            "mentions_globals": mentions("this") || mentions("globalThis"),
            "mentions_console": mentions("console"),
        });
        Self {
            code: &request.code,
            name: name_in(request.language, signature.name()),
            description: description.to_string(),
            trace: request.trace,
            may_change_built_ins: request.language == Language::JavaScript && may_change_built_ins(&request.code),
            language: request.language,
            operations,
            result_bytes: result_bytes as usize,
        }
    }

    /// A test as a guest reads it.
    pub fn test(&self, test: &TestRun) -> String {
        let calls = test.calls.iter().map(|call| {
            let position = self.operations.iter().position(|name| *name == call.operation);
            (position, call.arguments.as_slice())
        });
        let test = GuestTest {
            calls: calls.collect(),
            sequence: self.told(test.sequence),
            observe: self.told(match test.observe {
                Observe::Return => Json::Null,
                Observe::Argument(position) => Json::from(position),
            }),
            tagged: self.told(test.calls.iter().flat_map(|call| &call.arguments).any(is_tagged)),
            trace: self.told(self.trace),
        };
        serde_json::to_string(&test).expect("values have a wire form")
    }

    /// A part of a test, left out for JavaScript where it is as in most tests: QuickJS takes long to parse it.
    fn told<T: Default + PartialEq>(&self, value: T) -> Option<T> {
        (self.language == Language::Python || value != T::default()).then_some(value)
    }

    /// Reads what a guest answered, of which nothing is believed.
    pub fn read(&self, answer: &str) -> Answer {
        let Some((kind, text)) = answer.split_at_checked(1) else {
            return Answer::unreadable();
        };
        match kind {
            "K" => Answer::Loaded,
            "O" => Answer::TooLarge,
            "R" if text.len() > self.result_bytes => Answer::TooLarge,
            "R" => read_value(text).map_or_else(Answer::unreadable, |value| Answer::Returned(value, text.len())),
            "E" => self
                .read_error(text)
                .map_or_else(Answer::unreadable, |report| Answer::Raised(self.without_tracer(report))),
            "C" => self.read_error(text).map_or_else(Answer::unreadable, Answer::CompileError),
            _ => Answer::unreadable(),
        }
    }

    /// Without the column where calls of the tracer stand within JavaScript: it is that in the code with them.
    fn without_tracer(&self, report: ErrorReport) -> ErrorReport {
        match self.language {
            Language::JavaScript if self.trace => ErrorReport { column: None, ..report },
            _ => report,
        }
    }

    fn read_error(&self, text: &str) -> Option<ErrorReport> {
        let error: GuestError = serde_json::from_str(text).ok()?;
        let report = ErrorReport {
            kind: cut(error.kind, 100),
            message: cut(error.message, 2_000),
            line: error.line,
            column: error.column,
            traceback: cut(error.traceback, MAX_TRACEBACK),
        };
        Some(if error.stack.is_empty() { report } else { self.with_stack(report, &cut(error.stack, MAX_TRACEBACK)) })
    }

    /// Fills in the learner's frames of a JavaScript stack, the outermost first.
    fn with_stack(&self, report: ErrorReport, stack: &str) -> ErrorReport {
        let lines: Vec<&str> = self.code.lines().collect();
        let frames: Vec<Frame> = stack.lines().filter_map(|line| Frame::read(line, file_name(self.language))).collect();
        let traceback: Vec<String> = frames
            .iter()
            .rev()
            .map(|frame| {
                let within = if frame.function.is_empty() { String::new() } else { format!(", in {}", frame.function) };
                let source = lines.get(frame.line as usize - 1).copied().unwrap_or_default().trim();
                format!("line {}{within}\n    {}", frame.line, cut(source.to_owned(), 200))
            })
            .collect();
        ErrorReport {
            line: frames.first().map(|frame| frame.line),
            column: frames.first().map(|frame| frame.column_in(&lines)),
            traceback: cut(traceback.join("\n"), MAX_TRACEBACK),
            ..report
        }
    }
}

/// A result, where it is one that a guest may give. The list of a sequence's results is a level of its own.
fn read_value(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.depth() <= MAX_RESULT_DEPTH + 1).then_some(value)
}

/// What a guest answers.
#[derive(Debug)]
pub enum Answer {
    /// The code is loaded.
    Loaded,
    /// A test has this result, whose wire form has this many bytes.
    Returned(Value, usize),
    /// The code raised.
    Raised(ErrorReport),
    /// The code cannot be parsed, or lacks what the signature asks for.
    CompileError(ErrorReport),
    /// The result is larger than allowed.
    TooLarge,
}

impl Answer {
    /// The answer when a guest, or learners' code in its place, wrote something that no guest writes.
    pub(crate) fn unreadable() -> Self {
        Self::invalid_result("the result has no readable form")
    }

    /// The answer when what the code returned is no result.
    pub fn invalid_result(message: &str) -> Self {
        Self::Raised(error_report("InvalidResult", message))
    }
}

/// An error report without a place.
pub(crate) fn error_report(kind: &str, message: impl Into<String>) -> ErrorReport {
    ErrorReport { kind: kind.to_owned(), message: message.into(), line: None, column: None, traceback: String::new() }
}

/// A test as `guests/python/harness.py` describes it.
#[derive(Serialize)]
struct GuestTest<'a> {
    calls: Vec<(Option<usize>, &'a [Value])>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observe: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tagged: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuestError {
    #[serde(rename = "type")]
    kind: String,
    message: String,
    #[serde(default)]
    line: Option<u32>,
    #[serde(default)]
    column: Option<u32>,
    #[serde(default)]
    traceback: String,
    #[serde(default)]
    stack: String,
}

struct Frame {
    function: String,
    line: u32,
    column: u32,
}

impl Frame {
    /// Reads `    at twoSum (solution.js:3:5)` or `    at solution.js:3:5`.
    fn read(text: &str, file: &str) -> Option<Self> {
        let text = text.trim().strip_prefix("at ")?;
        let (function, position) = text.rsplit_once(file)?;
        let mut numbers = position.trim_end_matches(')').split(':').skip(1).map(str::parse::<u32>);
        let (line, column) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        let function = function.trim_end_matches('(').trim();
        let function = if matches!(function, "<anonymous>" | "<eval>") { "" } else { function };
        (line > 0).then(|| Self { function: cut(function.to_owned(), 100), line, column })
    }

    /// The column in characters, which the stack has in bytes.
    fn column_in(&self, lines: &[&str]) -> u32 {
        let line = lines.get(self.line as usize - 1).copied().unwrap_or_default();
        let bytes = self.column.saturating_sub(1) as usize;
        let wider = line.char_indices().take_while(|(at, _)| *at < bytes).map(|(_, it)| it.len_utf8() as u32 - 1);
        self.column.saturating_sub(wider.sum())
    }
}

/// What a guest needs to know of a type: whether values convert as they are, or where nodes are in them.
fn shape(kind: &Type) -> Json {
    let around = |container: &str, inner: &Type| match shape(inner) {
        Json::Null => Json::Null,
        inner => json!([container, inner]),
    };
    match kind {
        Type::Void => json!("void"),
        Type::ListNode => json!("ListNode"),
        Type::TreeNode => json!("TreeNode"),
        Type::GraphNode => json!("GraphNode"),
        Type::List(inner) => around("list", inner),
        Type::Map(_, inner) => around("map", inner),
        Type::Optional(inner) => shape(inner),
        _ => Json::Null,
    }
}

/// Whether the wire form of a value contains a tag.
fn is_tagged(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => false,
        Value::Integer(_) => value.to_json().is_object(),
        Value::Float(float) => !float.is_finite(),
        Value::List(values) => values.iter().any(is_tagged),
        Value::CyclicList { .. } | Value::Set(_) => true,
        Value::Map(pairs) => value.to_json().get("$map").is_some() || pairs.iter().any(|(_, value)| is_tagged(value)),
    }
}

/// The text, with at most this many characters.
fn cut(text: String, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}
