//! What a request has to fulfil before a runner sees it.

use bugdrill_model::{
    Signature,
    run::{MAX_CODE_CHARACTERS, Observe, RunRequest, TestRun},
};

use crate::engine::MAX_MEMORY_BYTES;

/// What an instance needs for itself, and a little more.
const MIN_MEMORY_BYTES: u32 = 32 << 20;

/// Checks that a request makes sense; else says what does not.
pub(crate) fn check(request: &RunRequest) -> Result<(), String> {
    if request.code.chars().count() > MAX_CODE_CHARACTERS {
        return Err(format!("the code has more than {MAX_CODE_CHARACTERS} characters"));
    }
    if !(MIN_MEMORY_BYTES..=MAX_MEMORY_BYTES).contains(&request.limits.memory_bytes) {
        return Err(format!("an instance has {MIN_MEMORY_BYTES} to {MAX_MEMORY_BYTES} bytes of memory"));
    }
    let signature = &request.signature;
    let methods: &[_] = match signature {
        Signature::Function { .. } => &[],
        Signature::Class { methods, .. } => methods,
    };
    // Names become part of the code that a guest evaluates.
    let names = methods.iter().map(|method| method.name.as_str()).chain([signature.name()]);
    for name in names {
        if !is_identifier(name) {
            return Err(format!("`{name}` is not a name"));
        }
    }
    if request.tests.is_empty() {
        return Err("there are no tests".into());
    }
    if request.trace && request.tests.len() > 1 {
        return Err("one test is traced at a time".into());
    }
    for (index, test) in request.tests.iter().enumerate() {
        check_test(signature, test).map_err(|problem| format!("test {index}: {problem}"))?;
    }
    Ok(())
}

fn check_test(signature: &Signature, test: &TestRun) -> Result<(), String> {
    if test.calls.is_empty() {
        return Err("there are no calls".into());
    }
    let is_class = matches!(signature, Signature::Class { .. });
    for (index, call) in test.calls.iter().enumerate() {
        let name = &call.operation;
        let operation = signature.operation(name).ok_or_else(|| format!("there is no operation `{name}`"))?;
        if operation.parameters.len() != call.arguments.len() {
            return Err(format!("`{name}` takes {} arguments", operation.parameters.len()));
        }
        if is_class && (name == signature.name()) != (index == 0) {
            return Err("the first call, and only it, constructs the class".into());
        }
        if matches!(test.observe, Observe::Argument(position) if position >= operation.parameters.len()) {
            return Err(format!("`{name}` has no such argument to report"));
        }
    }
    Ok(())
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}
