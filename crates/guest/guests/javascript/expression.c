// Names expressions in messages, from their text, which QuickJS has parsed before.

#include "expression.h"

#include <stdbool.h>
#include <string.h>

// Deeper nesting has no name.
#define MAX_DEPTH 20

#define NAMELESS "(intermediate value)"

struct printer {
    const char *at, *end;
    char *text;
    size_t length, capacity;
    int depth;
    // Whether something could not be named, or not within the capacity.
    bool failed;
};

static void print_any(struct printer *printer);

// ---- output -------------------------------------------------------------------------------------------------------

static void print(struct printer *printer, const char *text, size_t length) {
    if (printer->length + length >= printer->capacity) {
        printer->failed = true;
        return;
    }
    memcpy(printer->text + printer->length, text, length);
    printer->length += length;
}

static void print_text(struct printer *printer, const char *text) {
    print(printer, text, strlen(text));
}

// Puts a parenthesis before what was printed from `start` on.
static void open_before(struct printer *printer, size_t start) {
    print_text(printer, " ");
    if (printer->failed) return;
    memmove(printer->text + start + 1, printer->text + start, printer->length - start - 1);
    printer->text[start] = '(';
}

// ---- reading ------------------------------------------------------------------------------------------------------

static char peek(const struct printer *printer, size_t offset) {
    return printer->at + offset < printer->end ? printer->at[offset] : 0;
}

static bool is_at(const struct printer *printer, const char *text) {
    size_t length = strlen(text);
    return (size_t)(printer->end - printer->at) >= length && memcmp(printer->at, text, length) == 0;
}

static bool accept(struct printer *printer, const char *text) {
    if (!is_at(printer, text)) return false;
    printer->at += strlen(text);
    return true;
}

static bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
        byte == '_' || byte == '$' || byte == '\\' || (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static void skip_space(struct printer *printer) {
    for (;;) {
        char byte = peek(printer, 0);
        if (byte == ' ' || (byte >= '\t' && byte <= '\r')) printer->at++;
        else if (is_at(printer, "\xc2\xa0")) printer->at += 2;
        else if (is_at(printer, "\xe2\x80\xa8") || is_at(printer, "\xe2\x80\xa9") || is_at(printer, "\xef\xbb\xbf")) {
            printer->at += 3;
        } else if (is_at(printer, "//")) {
            while (printer->at < printer->end && *printer->at != '\n') printer->at++;
        } else if (is_at(printer, "/*")) {
            printer->at += 2;
            while (printer->at < printer->end && !is_at(printer, "*/")) printer->at++;
            accept(printer, "*/");
        } else return;
    }
}

static size_t name_length(const struct printer *printer) {
    size_t length = 0;
    while (is_name_byte(peek(printer, length))) length++;
    return length;
}

// Whether a word stands here, and if so goes behind it.
static bool accept_word(struct printer *printer, const char *word) {
    size_t length = strlen(word);
    if (!is_at(printer, word) || name_length(printer) != length) return false;
    printer->at += length;
    skip_space(printer);
    return true;
}

static void skip_quoted(struct printer *printer) {
    char quote = *printer->at++;
    while (printer->at < printer->end && *printer->at != quote) printer->at += *printer->at == '\\' ? 2 : 1;
    if (printer->at < printer->end) printer->at++;
    else printer->at = printer->end;
}

// Goes behind the brackets that open here, or to the end of the region that is around: a comma, or a bracket that
// closes. Regular expressions with brackets of their own may end it too early, which costs the name only.
static void skip_balanced(struct printer *printer, bool is_region) {
    int depth = 0;
    while (printer->at < printer->end) {
        char byte = peek(printer, 0);
        if (byte == '"' || byte == '\'') skip_quoted(printer);
        else if (byte == '`') {
            printer->at++;
            while (printer->at < printer->end && *printer->at != '`') {
                if (is_at(printer, "${")) {
                    printer->at++;
                    if (++printer->depth > MAX_DEPTH) printer->at = printer->end;
                    else skip_balanced(printer, false);
                    printer->depth--;
                } else printer->at += *printer->at == '\\' ? 2 : 1;
            }
            if (printer->at < printer->end) printer->at++;
            else printer->at = printer->end;
        } else if (is_at(printer, "//") || is_at(printer, "/*")) skip_space(printer);
        else {
            bool opens = byte == '(' || byte == '[' || byte == '{';
            bool closes = byte == ')' || byte == ']' || byte == '}';
            if (is_region && depth == 0 && (closes || byte == ',')) return;
            printer->at++;
            if (opens) depth++;
            if (closes && --depth <= 0 && !is_region) return;
        }
    }
}

// ---- expressions --------------------------------------------------------------------------------------------------

// A function, whose name or parameters come next.
static void skip_function(struct printer *printer) {
    while (printer->at < printer->end && *printer->at != '(') printer->at++;
    skip_balanced(printer, false);
    skip_space(printer);
    skip_balanced(printer, false);
    print_text(printer, NAMELESS);
}

// What `new` makes.
static void skip_new(struct printer *printer) {
    while (accept_word(printer, "new")) {}
    char byte = peek(printer, 0);
    if (byte == '(' || byte == '[') skip_balanced(printer, false);
    else printer->at += name_length(printer);
    for (skip_space(printer); peek(printer, 0) == '.' || peek(printer, 0) == '['; skip_space(printer)) {
        if (accept(printer, ".")) {
            skip_space(printer);
            accept(printer, "#");
            printer->at += name_length(printer);
        } else skip_balanced(printer, false);
    }
    if (peek(printer, 0) == '(') skip_balanced(printer, false);
    print_text(printer, NAMELESS);
}

// A text, between quotation marks that V8 makes double; it has no escapes there.
static void print_quoted(struct printer *printer, bool has_quotes) {
    const char *start = printer->at + 1;
    skip_quoted(printer);
    if (printer->at <= start) {
        printer->failed = true;
        return;
    }
    size_t length = (size_t)(printer->at - start) - 1;
    bool is_plain = memchr(start, '\\', length) == NULL;
    for (size_t at = 0; at + 1 < length; at++) is_plain &= start[at] != '$' || start[at + 1] != '{';
    if (!is_plain) {
        print_text(printer, NAMELESS);
        return;
    }
    if (has_quotes) print_text(printer, "\"");
    print(printer, start, length);
    if (has_quotes) print_text(printer, "\"");
}

static void print_regular_expression(struct printer *printer) {
    const char *start = printer->at++;
    bool is_in_class = false;
    while (printer->at < printer->end && (is_in_class || *printer->at != '/')) {
        if (*printer->at == '[') is_in_class = true;
        if (*printer->at == ']') is_in_class = false;
        printer->at += *printer->at == '\\' ? 2 : 1;
    }
    if (printer->at < printer->end) printer->at++;
    else printer->at = printer->end;
    printer->at += name_length(printer);
    print(printer, start, (size_t)(printer->at - start));
}

static void print_primary(struct printer *printer) {
    char byte = peek(printer, 0);
    if (byte == '(') {
        printer->at++;
        print_any(printer);
        if (!accept(printer, ")")) printer->failed = true;
    } else if (byte == '[') {
        printer->at++;
        print_text(printer, "[");
        for (skip_space(printer); printer->at < printer->end && *printer->at != ']'; skip_space(printer)) {
            if (accept(printer, ",")) {
                skip_space(printer);
                if (peek(printer, 0) != ']') print_text(printer, ",");
            } else if (is_at(printer, "...")) {
                printer->failed = true;
                return;
            } else {
                const char *before = printer->at;
                print_any(printer);
                if (printer->failed || printer->at == before) {
                    printer->failed = true;
                    return;
                }
            }
        }
        if (!accept(printer, "]")) printer->failed = true;
        print_text(printer, "]");
    } else if (byte == '{') {
        skip_balanced(printer, false);
        print_text(printer, NAMELESS);
    } else if (byte == '"' || byte == '\'' || byte == '`') {
        print_quoted(printer, true);
    } else if (byte == '/') {
        print_regular_expression(printer);
    } else if (is_digit(byte) || (byte == '.' && is_digit(peek(printer, 1)))) {
        const char *start = printer->at;
        while (is_name_byte(peek(printer, 0)) || (peek(printer, 0) == '.' && is_digit(peek(printer, 1)))) printer->at++;
        print(printer, start, (size_t)(printer->at - start));
        accept(printer, ".");
        if (peek(printer, 0) != '.' && is_name_byte(peek(printer, 0))) printer->at--;
    } else if (accept_word(printer, "function") || accept_word(printer, "async")) {
        skip_function(printer);
    } else if (accept_word(printer, "class")) {
        while (printer->at < printer->end && *printer->at != '{') printer->at++;
        skip_balanced(printer, false);
        print_text(printer, NAMELESS);
    } else if (is_at(printer, "new") && name_length(printer) == 3) {
        skip_new(printer);
    } else if (accept_word(printer, "super")) {
        print_text(printer, NAMELESS);
    } else {
        accept(printer, "#");
        size_t length = name_length(printer);
        if (length == 0) printer->failed = true;
        print(printer, printer->at, length);
        printer->at += length;
    }
}

// A primary expression and the properties and calls behind it.
static void print_chain(struct printer *printer) {
    print_primary(printer);
    while (!printer->failed) {
        skip_space(printer);
        bool is_optional = is_at(printer, "?.") && !is_digit(peek(printer, 2));
        if (is_optional) {
            printer->at += 2;
            skip_space(printer);
        }
        char byte = peek(printer, 0);
        if (byte == '(') {
            skip_balanced(printer, false);
            print_text(printer, "(...)");
        } else if (byte == '`' && !is_optional) {
            skip_balanced(printer, false);
            print_text(printer, "(...)");
            return;
        } else if (byte == '[') {
            printer->at++;
            skip_space(printer);
            char quote = peek(printer, 0);
            const char *before = printer->at;
            if (quote == '"' || quote == '\'' || quote == '`') {
                skip_quoted(printer);
                skip_space(printer);
                bool is_whole = peek(printer, 0) == ']';
                printer->at = before;
                if (is_whole) {
                    print_text(printer, is_optional ? "?." : ".");
                    print_quoted(printer, false);
                    skip_space(printer);
                    accept(printer, "]");
                    continue;
                }
            }
            print_text(printer, is_optional ? "?.[" : "[");
            print_any(printer);
            if (!accept(printer, "]")) printer->failed = true;
            print_text(printer, "]");
        } else if (is_optional || byte == '.') {
            if (!is_optional) printer->at++;
            skip_space(printer);
            print_text(printer, is_optional ? "?." : ".");
            const char *start = printer->at;
            accept(printer, "#");
            printer->at += name_length(printer);
            print(printer, start, (size_t)(printer->at - start));
        } else return;
    }
}

static void print_operand(struct printer *printer) {
    static const char *const SIGNS[] = {"!", "~", "-", "+"};
    static const char *const WORDS[] = {"typeof", "void", "delete"};
    skip_space(printer);
    if (++printer->depth > MAX_DEPTH || is_at(printer, "++") || is_at(printer, "--")) {
        printer->failed = true;
        return;
    }
    for (size_t index = 0; index < sizeof(SIGNS) / sizeof(SIGNS[0]); index++) {
        if (!accept(printer, SIGNS[index])) continue;
        print_text(printer, "(");
        print_text(printer, SIGNS[index]);
        print_operand(printer);
        print_text(printer, ")");
        printer->depth--;
        return;
    }
    for (size_t index = 0; index < sizeof(WORDS) / sizeof(WORDS[0]); index++) {
        if (!accept_word(printer, WORDS[index])) continue;
        print_text(printer, "(");
        print_text(printer, WORDS[index]);
        print_text(printer, " ");
        print_operand(printer);
        print_text(printer, ")");
        printer->depth--;
        return;
    }
    if (accept_word(printer, "await") || accept_word(printer, "yield")) printer->failed = true;
    else print_chain(printer);
    printer->depth--;
}

static const struct {
    const char *text;
    int strength;
} OPERATORS[] = {
    // The longer ones first, where one begins with another.
    {"**", 11}, {"*", 10}, {"/", 10}, {"%", 10}, {"+", 9}, {"-", 9}, {">>>", 8}, {"<<", 8}, {">>", 8}, {"<=", 7},
    {">=", 7}, {"<", 7}, {">", 7}, {"===", 6}, {"!==", 6}, {"==", 6}, {"!=", 6}, {"&&", 2}, {"||", 1}, {"??", 1},
    {"&", 5}, {"^", 4}, {"|", 3},
};

// The operator that stands here, or -1. Assignments are none.
static int operator_at(const struct printer *printer) {
    for (size_t index = 0; index < sizeof(OPERATORS) / sizeof(OPERATORS[0]); index++) {
        if (!is_at(printer, OPERATORS[index].text)) continue;
        char next = peek(printer, strlen(OPERATORS[index].text));
        return next == '=' ? -1 : (int)index;
    }
    return -1;
}

// Operands and operators that bind at least as strongly.
static void print_operators(struct printer *printer, int strength) {
    size_t start = printer->length;
    print_operand(printer);
    int last = -1;
    while (!printer->failed) {
        skip_space(printer);
        int found = operator_at(printer);
        if (found < 0 || OPERATORS[found].strength < strength) return;
        // V8 has one pair of parentheses around equal operators.
        if (found == last) printer->length--;
        else open_before(printer, start);
        if (printer->failed) return;
        last = found;
        accept(printer, OPERATORS[found].text);
        print_text(printer, " ");
        print_text(printer, OPERATORS[found].text);
        print_text(printer, " ");
        bool is_power = OPERATORS[found].strength == 11;
        print_operators(printer, OPERATORS[found].strength + (is_power ? 0 : 1));
        print_text(printer, ")");
    }
}

// Whatever ends at a comma or a bracket that closes. What has no name of its own has this one.
static void print_any(struct printer *printer) {
    skip_space(printer);
    const char *before = printer->at;
    size_t length = printer->length;
    if (++printer->depth <= MAX_DEPTH) print_operators(printer, 1);
    else printer->failed = true;
    skip_space(printer);
    char next = peek(printer, 0);
    if (printer->failed || (next != 0 && next != ')' && next != ']' && next != '}' && next != ',')) {
        printer->at = before;
        printer->length = length;
        printer->failed = false;
        // All of it: a comma here is an operator, if not one between arguments or elements.
        skip_balanced(printer, true);
        print_text(printer, NAMELESS);
    }
    printer->depth--;
}

void name_expression(const char *start, const char *end, char *text, size_t capacity) {
    struct printer printer = {.at = start, .end = end, .text = text, .capacity = capacity};
    print_chain(&printer);
    skip_space(&printer);
    if (printer.failed || printer.at != printer.end) {
        printer.length = 0;
        printer.failed = false;
        print_text(&printer, NAMELESS);
    }
    text[printer.length] = 0;
}
