//! Characters that phones type in the place of those that code is made of: syntax errors of JavaScript name them.
//!
//! The Python guest has the same (`guests/python/characters.py`), and the app reads the messages.

use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::{LabeledSpan, SourceType};

use super::instrument::is_parsed_quickly;

/// What QuickJS says, by our patch, where no token begins or one does not end.
const INVALID_TOKEN: &str = "Invalid or unexpected token";

/// The most quotes of a line that are tried.
const MAX_QUOTES: usize = 8;

/// What is meant, and the characters that are typed for it.
const MEANT: [(&str, &str); 16] = [
    ("\"", "“”„‟«»″〝〞"),
    ("'", "‘’‚‛‹›′´"),
    ("-", "‐‑‒–—―−"),
    ("*", "×∗"),
    ("/", "÷∕⁄"),
    ("~", "˜"),
    ("<=", "≤"),
    (">=", "≥"),
    ("!=", "≠"),
    ("=>", "→⇒"),
    ("...", "…"),
    (",", "、،"),
    (".", "。"),
    (";", "\u{37e}؛"),
    ("[", "【"),
    ("]", "】"),
];

/// Characters that nobody sees, but for spaces: those are spaces to JavaScript.
const INVISIBLE: [(char, &str); 28] = [
    ('\u{ad}', "soft hyphen"),
    ('\u{61c}', "arabic letter mark"),
    ('\u{180e}', "mongolian vowel separator"),
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{200e}', "left-to-right mark"),
    ('\u{200f}', "right-to-left mark"),
    ('\u{202a}', "left-to-right embedding"),
    ('\u{202b}', "right-to-left embedding"),
    ('\u{202c}', "pop directional formatting"),
    ('\u{202d}', "left-to-right override"),
    ('\u{202e}', "right-to-left override"),
    ('\u{2060}', "word joiner"),
    ('\u{2061}', "function application"),
    ('\u{2062}', "invisible times"),
    ('\u{2063}', "invisible separator"),
    ('\u{2064}', "invisible plus"),
    ('\u{2066}', "left-to-right isolate"),
    ('\u{2067}', "right-to-left isolate"),
    ('\u{2068}', "first strong isolate"),
    ('\u{2069}', "pop directional isolate"),
    ('\u{206a}', "inhibit symmetric swapping"),
    ('\u{206b}', "activate symmetric swapping"),
    ('\u{206c}', "inhibit arabic form shaping"),
    ('\u{206d}', "activate arabic form shaping"),
    ('\u{206e}', "national digit shapes"),
    ('\u{206f}', "nominal digit shapes"),
];

/// The message and the column of a syntax error in `code`, lines and columns counted from 1 and in characters, where a
/// character is to blame that no code is made of.
pub(super) fn blame(code: &str, message: &str, line: u32, column: u32) -> Option<(String, u32)> {
    if message != INVALID_TOKEN {
        return None;
    }
    let (start, text) = line_of(code, line)?;
    let (at, character) = text.char_indices().nth((column as usize).checked_sub(1)?)?;
    if !character.is_ascii() {
        return Some((about(character), column));
    }
    if !matches!(character, '"' | '\'') {
        return None;
    }
    let at = false_end(code, start, text, at)?;
    let column = u32::try_from(text[..at].chars().count()).ok()? + 1;
    Some((about(text[at..].chars().next()?), column))
}

/// A line, and where it begins.
fn line_of(code: &str, line: u32) -> Option<(usize, &str)> {
    let above = (line as usize).checked_sub(1)?;
    let start = code.split('\n').take(above).map(|text| text.len() + 1).sum();
    Some((start, code.split('\n').nth(above)?))
}

fn about(character: char) -> String {
    let place = u32::from(character);
    if let Some((_, name)) = INVISIBLE.iter().find(|(invisible, _)| *invisible == character) {
        return format!("invalid character U+{place:04X} ({name}): delete it");
    }
    let advice = meant(character).map(|meant| format!(": did you mean '{meant}'?")).unwrap_or_default();
    format!("invalid character '{character}' (U+{place:04X}){advice}")
}

/// What is meant by a character that no code is made of.
fn meant(character: char) -> Option<String> {
    if let '\u{ff01}'..='\u{ff5e}' = character {
        // The forms of ASCII that are as wide as ideographs.
        return char::from_u32(u32::from(character) - 0xfee0).map(String::from);
    }
    MEANT.iter().find(|(_, characters)| characters.contains(character)).map(|(meant, _)| (*meant).to_owned())
}

/// Where in a line stands the quote that should have ended the string that begins at `at`. None if no quote there is to
/// blame.
fn false_end(code: &str, start: usize, text: &str, at: usize) -> Option<usize> {
    let opening = &text[at..=at];
    let quotes: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(position, character)| *position > at && meant(*character).as_deref() == Some(opening))
        .take(MAX_QUOTES)
        .collect();
    let with = |replaced: &[(usize, char)]| {
        let mut changed = code.to_owned();
        for (position, quote) in replaced.iter().rev() {
            let position = start + position;
            changed.replace_range(position..position + quote.len_utf8(), opening);
        }
        is_right_up_to(&changed, start + text.len())
    };
    let alone = quotes.iter().find(|quote| with(std::slice::from_ref(*quote)));
    // Each of several strings has such an end.
    alone.or_else(|| quotes.first().filter(|_| with(&quotes))).map(|(position, _)| *position)
}

/// Whether the parser finds no error, or its first one behind this position.
fn is_right_up_to(code: &str, position: usize) -> bool {
    if !is_parsed_quickly(code) {
        return false;
    }
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, code, SourceType::script()).parse();
    let first = parsed.diagnostics.iter().flat_map(|problem| problem.labels.iter()).map(LabeledSpan::offset).min();
    parsed.diagnostics.is_empty() || first.is_some_and(|first| first as usize > position)
}

#[cfg(test)]
mod tests {
    use super::blame;

    fn message(code: &str, line: u32, column: u32) -> Option<(String, u32)> {
        blame(code, "Invalid or unexpected token", line, column)
    }

    #[test]
    fn the_character_at_the_place_of_the_error_is_to_blame() {
        let told = |message: &str, column| Some((message.to_owned(), column));
        assert_eq!(
            message("let a;\nlet b = “c”;", 2, 9),
            told("invalid character '“' (U+201C): did you mean '\"'?", 9)
        );
        assert_eq!(message("a\u{200b}", 1, 2), told("invalid character U+200B (zero-width space): delete it", 2));
        assert_eq!(message("f（1）", 1, 2), told("invalid character '（' (U+FF08): did you mean '('?", 2));
        assert_eq!(message("€", 1, 1), told("invalid character '€' (U+20AC)", 1));
        assert_eq!(message("@", 1, 1), None);
        assert_eq!(blame("“", "Unexpected token '“'", 1, 1), None);
        for (line, column) in [(1, 9), (2, 1)] {
            assert_eq!(message("a", line, column), None);
        }
    }

    #[test]
    fn a_string_does_not_end_because_of_its_quote() {
        let blamed = |code| message(code, 1, 9).map(|(_, column)| column);
        assert_eq!(blamed("let a = \"b”;"), Some(11));
        assert_eq!(blamed("let a = 'b’;"), Some(11));
        assert_eq!(blamed("let a = \"“b” c;"), None);
        assert_eq!(blamed("let a = [\"b”, \"c”];").or(message("let a = [\"b”];", 1, 10).map(|(_, at)| at)), Some(12));
        assert_eq!(blamed("let a = \"b;"), None);
        // What follows on other lines is another error.
        assert_eq!(blamed("let a = \"b”;\nlet = 2 +;"), Some(11));
    }
}
