// Names expressions in messages.

#ifndef BUGDRILL_EXPRESSION_H
#define BUGDRILL_EXPRESSION_H

#include <stddef.h>

// Writes into `text`, which has room for `capacity` bytes, how V8 names the expression between `start` and `end` in its
// messages: `list.map(...).add`, say. What has no name is `(intermediate value)`.
void name_expression(const char *start, const char *end, char *text, size_t capacity);

#endif
