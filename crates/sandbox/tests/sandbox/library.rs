//! Which modules Python has here, and what it says of those that it has not.

use std::collections::BTreeMap;

use bugdrill_model::run::Outcome;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::support::{Python, returned, run, value};

/// What becomes of a module of the standard library.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Module {
    /// It is imported, and this expression gives this value.
    Here { module: String, does: String, gives: Json },
    /// It is absent, for this reason.
    Absent { module: String, absent: String },
}

fn table() -> Vec<Module> {
    serde_json::from_str(include_str!("library.json")).unwrap()
}

#[tokio::test]
async fn every_public_module_of_the_standard_library_is_here_or_says_why_not() {
    for row in table() {
        match row {
            Module::Here { module, does, gives } => {
                let code = format!("import {module}\ndef f():\n    return {does}");
                assert_eq!(run(Python, "f() any", &code).test(json!([])).outcome().await, returned(gives), "{module}");
            }
            Module::Absent { module, absent } => assert_absent(&module, &absent).await,
        }
    }
}

/// A module that is imported, at the top or by a function, ends as an error with this reason.
async fn assert_absent(module: &str, reason: &str) {
    let expected = ("ModuleNotFoundError".to_owned(), format!("No module named '{module}': {reason}"));
    for (code, line) in [
        (format!("import {module}\ndef f(): pass"), 1),
        (format!("import importlib\ndef f():\n    importlib.import_module('{module}')"), 3),
    ] {
        let error = run(Python, "f() any", &code).test(json!([])).error().await;
        assert_eq!((error.kind, error.message), expected, "{code}");
        assert_eq!(error.line, Some(line), "{code}");
    }
}

#[tokio::test]
async fn the_table_has_every_public_module() {
    let code = "import sys\ndef f():\n    return sorted(name for name in sys.stdlib_module_names if name[0] != '_')";
    let Outcome::Returned(names) = run(Python, "f() any", code).test(json!([])).outcome().await else { panic!() };
    let mut listed: Vec<String> = table()
        .into_iter()
        .map(|row| match row {
            Module::Here { module, .. } | Module::Absent { module, .. } => module,
        })
        .filter(|module| !module.starts_with('_') && !module.contains('.'))
        .collect();
    listed.sort();
    assert_eq!(names, value(&json!(listed)));
}

#[tokio::test]
async fn what_is_no_part_of_the_library_says_so() {
    let network = "there is no network here";
    let modules: BTreeMap<&str, &str> = BTreeMap::from([
        ("requests", "only Python's standard library is here"),
        ("numpy", "only Python's standard library is here"),
        ("pandas", "only Python's standard library is here"),
        ("sortedcontainers", "only Python's standard library is here"),
        ("colections", "did you mean 'collections'?"),
        ("itertool", "did you mean 'itertools'?"),
        // Parts of packages that are here.
        ("urllib.request", network),
        ("http.client", network),
        ("concurrent.futures.process", "there are no other processes here"),
        // Not even those of this guest.
        ("patches", "only Python's standard library is here"),
        ("errors", "only Python's standard library is here"),
        ("_ctypes", "this part of the standard library is not here"),
    ]);
    for (module, reason) in modules {
        assert_absent(module, reason).await;
    }
    for (code, kind, message) in [
        ("import collections.missing", "ModuleNotFoundError", "No module named 'collections.missing'"),
        ("import math.missing", "ModuleNotFoundError", "No module named 'math.missing'; 'math' is not a package"),
        (
            "from concurrent.futures import ProcessPoolExecutor",
            "ModuleNotFoundError",
            "No module named 'concurrent.futures.process': there are no other processes here",
        ),
    ] {
        let error = run(Python, "f() any", code).test(json!([])).error().await;
        assert_eq!((error.kind.as_str(), error.message.as_str()), (kind, message), "{code}");
    }
}
