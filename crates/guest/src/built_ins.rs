//! Whether JavaScript may change what the language has built in.
//!
//! The tests of a run share an instance of the guest, and so `Array.prototype`. Comparing everything that is built in with
//! what it was takes longer than most tests, so code that may have changed something gets a fresh instance for each test.

/// What learners might add something to. The node classes are ours, but are there for all tests as well.
const NAMES: [&str; 64] = [
    "AggregateError",
    "Array",
    "ArrayBuffer",
    "Atomics",
    "BigInt",
    "Boolean",
    "DataView",
    "Date",
    "Error",
    "EvalError",
    "Float32Array",
    "Float64Array",
    "Function",
    "GraphNode",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Intl",
    "Iterator",
    "JSON",
    "ListNode",
    "Map",
    "Math",
    "Number",
    "Object",
    "Promise",
    "Proxy",
    "RangeError",
    "ReferenceError",
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "SyntaxError",
    "TextDecoder",
    "TextEncoder",
    "TreeNode",
    "TypeError",
    "URLSearchParams",
    "Uint8Array",
    "WeakMap",
    "WeakSet",
    "atob",
    "btoa",
    "clearImmediate",
    "clearInterval",
    "clearTimeout",
    "console",
    "crypto",
    "decodeURI",
    "decodeURIComponent",
    "encodeURI",
    "encodeURIComponent",
    "isFinite",
    "isNaN",
    "parseFloat",
    "parseInt",
    "performance",
    "queueMicrotask",
    "setImmediate",
    "setInterval",
    "setTimeout",
    "structuredClone",
];

/// Other ways to what is built in.
const WAYS: [&str; 3] = ["__proto__", "getPrototypeOf", ".constructor"];

/// Whether the code may change something built in. It may say so of code that does not; and code that wants to hide it
/// can, but then spoils its own tests alone.
pub(crate) fn may_change_built_ins(code: &str) -> bool {
    WAYS.iter().any(|way| code.contains(way))
        || words(code).any(|(start, word)| {
            NAMES.binary_search(&word).is_ok() && is_changed(&code[..start], &code[start + word.len()..])
        })
}

/// Whether what stands before and behind a name changes what it names.
fn is_changed(before: &str, behind: &str) -> bool {
    let (before, behind) = (before.trim_end(), behind.trim_start());
    if is_assigned(behind) || before.ends_with("delete") {
        return true;
    }
    if let Some(member) = behind.strip_prefix('.') {
        let member = member.trim_start();
        let rest = member.trim_start_matches(is_part_of_word);
        let member = &member[..member.len() - rest.len()];
        return member == "prototype" || is_assigned(rest.trim_start());
    }
    // Object.assign(Math, …), Object.defineProperty(Array, …).
    behind.starts_with('[') || (behind.starts_with(',') && before.ends_with('('))
}

/// Whether this is the rest of an assignment.
fn is_assigned(rest: &str) -> bool {
    let operator = rest.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '?', '^']);
    operator.starts_with('=') && !operator.starts_with("==") && !operator.starts_with("=>")
        || rest.starts_with("++")
        || rest.starts_with("--")
}

/// The words of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut position = 0;
    std::iter::from_fn(move || {
        let start = position + text[position..].find(is_part_of_word)?;
        let end =
            text[start..].find(|character: char| !is_part_of_word(character)).map_or(text.len(), |end| start + end);
        position = end;
        Some((start, &text[start..end]))
    })
}

fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn changes_are_seen() {
        for code in [
            "Array.prototype.last = function () { return this[this.length - 1]; };",
            "const proto = String . prototype; proto.x = 1;",
            "Math.clamp = (x) => x;",
            "Math\n  .clamp ??= 1;",
            "Array['last'] = 1;",
            "Object.assign(Math, { clamp() {} });",
            "Object.defineProperty( Array, 'x', {});",
            "[].__proto__.x = 1;",
            "Object.getPrototypeOf([]).x = 1;",
            "''.constructor.prototype.x = 1;",
            "ListNode.prototype.toString = () => '';",
            "Number.calls++;",
            "delete Math.max;",
            "parseInt = () => 7;",
            "console = { log() {} };",
        ] {
            assert!(may_change_built_ins(code), "{code}");
        }
    }

    #[test]
    fn ordinary_code_is_not_suspected() {
        for code in [
            "function f(n) { return Math.max(...[n]) === Number.MAX_VALUE; }",
            "const sums = lists.map(Number).filter(Boolean);",
            "class LRU { constructor() { this.map = new Map(); } }",
            "LRU.prototype.get = function (key) { return this.map.get(key); };",
            "const make = Array.from({ length: 3 }, () => Array(3).fill(0));",
            "const isLess = Number.EPSILON >= x || Math.PI == y;",
            "if (x instanceof Map) x = Object.keys(x);",
            "let MyArray = {}; MyArray.x = 1; Arrays.x = 2;",
        ] {
            assert!(!may_change_built_ins(code), "{code}");
        }
    }
}
