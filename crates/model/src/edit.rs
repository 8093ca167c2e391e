//! How large a fix is.
//!
//! Learners who rewrite a function miss the bug, so the size of the edit is shown and counts in the rating. It
//! is counted in tokens, so that renaming nothing and re-indenting nothing costs nothing; differences are found
//! by Myers' algorithm (E. W. Myers, "An O(ND) difference algorithm and its variations", 1986).

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The size of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditSize {
    /// Tokens removed, added or replaced; a replaced token counts once.
    pub tokens: usize,
    /// Lines removed, added or replaced; a replaced line counts once.
    pub lines: usize,
}

/// Measures the edit that turns `before` into `after`.
pub fn edit_size(before: &str, after: &str) -> EditSize {
    let lines = |code: &'_ str| code.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    EditSize { tokens: changed(&tokens(before), &tokens(after)), lines: changed(&lines(before), &lines(after)) }
}

/// More tokens or lines than this are a rewrite, however one counts; finding the smallest difference between them
/// would take time that grows with the square of their number.
const MAX_COMPARED: usize = 2_000;

fn changed<T: AsRef<str> + Eq + std::hash::Hash + Ord>(before: &[T], after: &[T]) -> usize {
    if before.len().max(after.len()) > MAX_COMPARED {
        return before.len().max(after.len());
    }
    capture_diff_slices(Algorithm::Myers, before, after)
        .into_iter()
        .map(|operation| match operation {
            DiffOp::Equal { .. } => 0,
            DiffOp::Delete { old_len, .. } => old_len,
            DiffOp::Insert { new_len, .. } => new_len,
            DiffOp::Replace { old_len, new_len, .. } => old_len.max(new_len),
        })
        .sum()
}

const OPERATORS: [&str; 28] = [
    ">>>=", "===", "!==", ">>>", "**=", "//=", "<<=", ">>=", "??=", "...", "==", "!=", "<=", ">=", "+=", "-=", "*=",
    "/=", "%=", "&&", "||", "??", "=>", "**", "<<", ">>", "++", "--",
];

/// Splits code into words, numbers, operators and single characters. White space separates and is dropped,
/// except the indentation of a line, which is one token, since it carries meaning in Python.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for line in code.lines() {
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        let indentation = line.len() - line.trim_start().len();
        if indentation > 0 {
            tokens.push(&line[..indentation]);
        }
        let mut rest = content;
        while let Some(first) = rest.chars().next() {
            let is_word = |character: char| character.is_alphanumeric() || character == '_';
            let length = if is_word(first) {
                rest.find(|character| !is_word(character)).unwrap_or(rest.len())
            } else {
                OPERATORS
                    .iter()
                    .find(|operator| rest.starts_with(**operator))
                    .map_or(first.len_utf8(), |found| found.len())
            };
            let (token, tail) = rest.split_at(length);
            tokens.push(token);
            rest = tail.trim_start();
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_operator_is_one_token_on_one_line() {
        let size = edit_size("while left < right:\n    left += 1", "while left <= right:\n    left += 1");
        assert_eq!(size, EditSize { tokens: 1, lines: 1 });
    }

    #[test]
    fn spacing_costs_nothing_and_an_added_line_all_its_tokens() {
        assert_eq!(edit_size("x=1", "x = 1").tokens, 0);
        assert_eq!(edit_size("x = 1", "x = 1\ny += 2"), EditSize { tokens: 3, lines: 1 });
        assert_eq!(edit_size("a\nb", "a\nb"), EditSize { tokens: 0, lines: 0 });
    }

    #[test]
    fn indentation_counts_where_it_means_something() {
        assert_eq!(edit_size("if a:\n    b\n    c", "if a:\n    b\nc").tokens, 1);
    }

    #[test]
    fn a_text_of_thousands_of_tokens_is_a_rewrite() {
        assert_eq!(edit_size("x", &"x ".repeat(5_000)).tokens, 5_000);
    }

    #[test]
    fn any_text_has_tokens() {
        assert_eq!(tokens("π ≤ \"ü\""), ["π", "≤", "\"", "ü", "\""]);
    }
}
