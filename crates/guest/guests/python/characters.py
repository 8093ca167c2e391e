"""Characters that phones type in the place of those that code is made of.

The app reads the messages, and the JavaScript guest has the same: `invalid character '“' (U+201C): did you mean '"'?`,
`invalid character U+00A0 (no-break space): did you mean a space?`, `invalid character U+200B (zero-width space):
delete it`.
"""

import unicodedata
from builtins import Exception, SyntaxError, chr, compile, enumerate, int, len, list, ord, str

MEANT = {
    character: meant
    for meant, characters in {
        '"': "“”„‟«»″〝〞",
        "'": "‘’‚‛‹›′´",
        "-": "‐‑‒–—―−",
        "*": "×∗",
        "/": "÷∕⁄",
        "~": "˜",
        "<=": "≤",
        ">=": "≥",
        "!=": "≠",
        "->": "→",
        "...": "…",
        ",": "、،",
        ".": "。",
        ";": "\u037e؛",
        "[": "【",
        "]": "】",
    }.items()
    for character in characters
}
# The forms of ASCII that are as wide as ideographs.
MEANT |= {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}

# How the compiler tells of them.
VISIBLE = "invalid character '"
INVISIBLE = "invalid non-printable character U+"
UNTERMINATED = ("unterminated string literal", "unterminated f-string literal", "unterminated t-string literal")
# The most quotes of a line that are tried.
MAX_QUOTES = 8

name_of, category_of = unicodedata.name, unicodedata.category
find_meant = MEANT.get


def told(error, code):
    """The message and column of a syntax error, in words that name the character where it is one that is to blame."""
    message = str(error.msg)
    if message.startswith(VISIBLE):
        return about(message[len(VISIBLE)]), error.offset
    if message.startswith(INVISIBLE):
        return about(chr(int(message[len(INVISIBLE):], 16))), error.offset
    if message.startswith(UNTERMINATED):
        # As the compiler counts lines.
        lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        position = false_end(error.lineno, lines)
        if position is not None:
            return about(lines[error.lineno - 1][position]), position + 1
    return message, error.offset


def about(character):
    place = f"U+{ord(character):04X}"
    if character.isprintable():
        meant = find_meant(character)
        return f"invalid character '{character}' ({place})" + (f": did you mean '{meant}'?" if meant else "")
    name = name_of(character, "unnamed character").lower().replace("zero width", "zero-width")
    advice = "did you mean a space?" if category_of(character) == "Zs" else "delete it"
    return f"invalid character {place} ({name}): {advice}"


def false_end(number, lines):
    """Where in a line stands the quote that should have ended a string. None if no quote there is to blame."""
    line = lines[number - 1]
    quotes = [position for position, character in enumerate(line) if find_meant(character) in ("'", '"')]
    if not quotes:
        return None

    def is_right_with(positions):
        characters = list(line)
        for position in positions:
            characters[position] = MEANT[line[position]]
        changed = [*lines[:number - 1], "".join(characters), *lines[number:]]
        try:
            compile("\n".join(changed), "", "exec", dont_inherit=True)
        except SyntaxError as other:
            return other.lineno != number
        except Exception:
            return False
        return True

    for position in quotes[:MAX_QUOTES]:
        if is_right_with([position]):
            return position
    # Each of several strings has such an end.
    return quotes[0] if is_right_with(quotes) else None
