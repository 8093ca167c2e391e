// Programs that cannot be parsed.
// ---- an operand is missing
// node: 2 SyntaxError: Unexpected token ';'
function f() {
  return 1 +;
}
// ---- a brace is missing
// node: 5 SyntaxError: Unexpected end of input
function f() {
  if (true) {
    return 1;
}
// ---- a parenthesis is missing
// node: 2 SyntaxError: missing ) after argument list
function f() {
  return Math.max(1, 2;
}
// ---- a parenthesis is missing at the end of a line
// node: 2 SyntaxError: missing ) after argument list
function f() {
  const a = Math.max(1, 2
  return a;
}
// ---- a bracket is missing
// node: 2 SyntaxError: Unexpected token ';'
function f() {
  const list = [1, 2;
  return list;
}
// ---- a parenthesis is missing in a condition
// node: 2 SyntaxError: Unexpected token '{'
function f() {
  if (1 > 2 {
    return 1;
  }
}
// ---- a brace too many
// node: 4 SyntaxError: Unexpected token '}'
function f() {
  return 1;
}
}
// ---- a parenthesis too many
// node: 2 SyntaxError: Unexpected token ')'
function f() {
  return (1 + 2));
}
// ---- a text does not end
// node: 2 SyntaxError: Invalid or unexpected token
function f() {
  const text = "abc;
  return text;
}
// ---- a template does not end
// node: 4 SyntaxError: Unexpected end of input
// here: 2 SyntaxError: Invalid or unexpected token
// why: Where it begins is of more use than the end of the code.
function f() {
  return `abc;
}
// ---- a comment does not end
// node: 4 SyntaxError: Invalid or unexpected token
function f() {
  return 1;
}
/* the end
// ---- a name is declared twice
// node: 3 SyntaxError: Identifier 'total' has already been declared
function f() {
  let total = 1;
  let total = 2;
  return total;
}
// ---- a parameter is declared once more
// node: 2 SyntaxError: Identifier 'n' has already been declared
function f(n) {
  let n = 2;
  return n;
}
// ---- a constant without a value
// node: 2 SyntaxError: Missing initializer in const declaration
function f() {
  const total;
  return total;
}
// ---- else without if
// node: 3 SyntaxError: Unexpected token 'else'
function f() {
  let a = 1;
  } else {
    a = 2;
  }
}
// ---- elif, as in Python
// node: 4 SyntaxError: Unexpected token '{'
function f() {
  if (1) {
    return 1;
  } elif (2) {
    return 2;
  }
}
// ---- def, as in Python
// node: 1 SyntaxError: Unexpected identifier 'f'
def f():
  return 1
// ---- a colon, as in Python
// node: 2 SyntaxError: Unexpected token ':'
function f() {
  if (1 > 2):
    return 1;
}
// ---- and, as in Python
// node: 2 SyntaxError: Unexpected identifier 'and'
function f() {
  return 1 and 2;
}
// ---- not, as in Python
// node: 2 SyntaxError: Unexpected number
function f() {
  return not 1;
}
// ---- a reserved word as a name
// node: 2 SyntaxError: Unexpected token 'class'
function f() {
  const class = 1;
  return class;
}
// ---- a word is misspelt
// node: 1 SyntaxError: Unexpected identifier 'f'
funtion f() {
  return 1;
}
// ---- an assignment to a literal
// node: 2 SyntaxError: Invalid left-hand side in assignment
function f() {
  1 = 2;
}
// ---- an assignment to a call
// node: 2 SyntaxError: Invalid left-hand side in assignment
function f() {
  if (Math.max() === 1) 2 = f();
}
// ---- a number is counted up
// node: 2 SyntaxError: Invalid left-hand side expression in postfix operation
function f() {
  return 5++;
}
// ---- an object with equals signs
// node: 2 SyntaxError: Invalid shorthand property initializer
function f() {
  return { a = 1 };
}
// ---- a comma is missing in an object
// node: 4 SyntaxError: Unexpected identifier 'b'
function f() {
  return {
    a: 1
    b: 2
  };
}
// ---- a comma is missing in a list
// node: 2 SyntaxError: Unexpected number
function f() {
  return [1, 2 3];
}
// ---- await in a plain function
// node: 2 SyntaxError: await is only valid in async functions and the top level bodies of modules
function f() {
  const value = await g();
  return value;
}
// ---- await in a callback
// node: 3 SyntaxError: await is only valid in async functions and the top level bodies of modules
async function f() {
  return [1].map((value) => {
    return await value;
  });
}
// ---- break outside of loops
// node: 2 SyntaxError: Illegal break statement
function f() {
  break;
}
// ---- continue outside of loops
// node: 2 SyntaxError: Illegal continue statement: no surrounding iteration statement
function f() {
  if (1) continue;
}
// ---- return outside of functions
// node: 2 SyntaxError: Illegal return statement
function f() { return 1; }
return f;
// ---- a label that nothing has
// node: 2 SyntaxError: Undefined label 'outer'
function f() {
  for (;;) break outer;
}
// ---- super outside of classes
// node: 2 SyntaxError: 'super' keyword unexpected here
function f() {
  super.f();
}
// ---- super() in a class that extends nothing
// node: 3 SyntaxError: 'super' keyword unexpected here
class A {
  constructor() {
    super();
  }
}
// ---- two constructors
// node: 3 SyntaxError: A class may only have one constructor
class A {
  constructor() {}
  constructor() {}
}
// ---- function in a class
// node: 2 SyntaxError: Unexpected identifier 'f'
class A {
  function f() {}
}
// ---- a comma between methods
// node: 2 SyntaxError: Unexpected token ','
class A {
  one() {},
  two() {}
}
// ---- let in a class
// node: 2 SyntaxError: Unexpected identifier 'one'
class A {
  let one = 1;
}
// ---- a private name that the class lacks
// node: 4 SyntaxError: Private field '#two' must be declared in an enclosing class
class A {
  #one = 1;
  two() {
    return this.#two;
  }
}
// ---- a private name outside of classes
// node: 3 SyntaxError: Private field '#one' must be declared in an enclosing class
function f() {
  const a = {};
  return a.#one;
}
// ---- a private name declared twice
// node: 3 SyntaxError: Identifier '#one' has already been declared
class A {
  #one = 1;
  #one = 2;
}
// ---- a regular expression with a group that does not end
// node: 3 SyntaxError: Invalid regular expression: /(a/: Unterminated group
function f() {
  const one = 1;
  return /(a/.test("a");
}
// ---- a regular expression with a parenthesis too many
// node: 2 SyntaxError: Invalid regular expression: /a)/: Unmatched ')'
function f() {
  return /a)/.test("a");
}
// ---- a regular expression with nothing to repeat
// node: 2 SyntaxError: Invalid or unexpected token
function f() {
  return /*a/.test("a");
}
// ---- a regular expression with nothing to repeat in a group
// node: 2 SyntaxError: Invalid regular expression: /(+a)/: Nothing to repeat
function f() {
  return /(+a)/.test("a");
}
// ---- a regular expression with a class that does not end
// node: 2 SyntaxError: Invalid regular expression: missing /
function f() {
  return /[a/.test("a");
}
// ---- a regular expression with a range out of order
// node: 3 SyntaxError: Invalid regular expression: /[z-a]/: Range out of order in character class
function f() {
  const one = 1;
  return /[z-a]/.test("a");
}
// ---- a regular expression with numbers out of order
// node: 2 SyntaxError: Invalid regular expression: /a{3,1}/: numbers out of order in {} quantifier
function f() {
  return /a{3,1}/.test("a");
}
// ---- a regular expression with flags that are none
// node: 3 SyntaxError: Invalid regular expression flags
function f() {
  const one = 1;
  return /a/gx.test("a");
}
// ---- a regular expression with a group name twice
// node: 2 SyntaxError: Invalid regular expression: /(?<a>x)(?<a>y)/: Duplicate capture group name
function f() {
  return /(?<a>x)(?<a>y)/.test("a");
}
// ---- a regular expression with a backslash at its end
// node: 2 SyntaxError: Invalid regular expression: missing /
function f() {
  return /a\/.test("a");
}
// ---- a regular expression with an escape that is none
// node: 2 SyntaxError: Invalid regular expression: /\u{110000}/u: Invalid Unicode escape
// here: 2 SyntaxError: Invalid regular expression: /\u{110000}/u: Invalid escape
// why: QuickJS has one message for all escapes.
function f() {
  return /\u{110000}/u.test("a");
}
// ---- a regular expression with a group that is none
// node: 2 SyntaxError: Invalid regular expression: /(?a)/: Invalid group
function f() {
  return /(?a)/.test("a");
}
// ---- a regular expression that does not end
// node: 2 SyntaxError: Invalid regular expression: missing /
function f() {
  return /abc;
}
// ---- an arrow with braces before a semicolon
// node: 2 SyntaxError: Unexpected token ')'
function f() {
  return [1].map(x => { x: );
}
// ---- an arrow on the next line
// node: 3 SyntaxError: Unexpected token '=>'
function f() {
  const g = (a)
    => a;
  return g;
}
// ---- three dots in front
// node: 1 SyntaxError: Rest parameter must be last formal parameter
function f(...list, last) {
  return list;
}
// ---- a case outside of a switch
// node: 2 SyntaxError: Unexpected token 'case'
function f() {
  case 1:
    return 1;
}
// ---- two defaults
// node: 4 SyntaxError: More than one default clause in switch statement
function f(a) {
  switch (a) {
    default: return 1;
    default: return 2;
  }
}
// ---- try alone
// node: 4 SyntaxError: Missing catch or finally after try
function f() {
  try {
    return 1;
  }
}
// ---- a throw with nothing
// node: 2 SyntaxError: Illegal newline after throw
function f() {
  throw
    new Error("a");
}
// ---- a loop without its semicolons
// node: 2 SyntaxError: Identifier 'i' has already been declared
// here: 2 SyntaxError: missing ; in the head of a for loop
// why: V8 takes the commas for those of a declaration.
function f() {
  for (let i = 0, i < 3, i++) {
    return i;
  }
}
// ---- a letter after a number
// node: 2 SyntaxError: Invalid or unexpected token
function f() {
  return 3px;
}
// ---- a hexadecimal escape that is none
// node: 2 SyntaxError: Invalid hexadecimal escape sequence
function f() {
  return "\xZZ";
}
// ---- a question mark without its colon
// node: 2 SyntaxError: Unexpected token ';'
function f() {
  return 1 ? 2;
}
// ---- ?? beside ||
// node: 2 SyntaxError: Unexpected token '||'
function f(a) {
  return a ?? 1 || 2;
}
// ---- a sign before a power
// node: 2 SyntaxError: Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence
function f() {
  return -2 ** 2;
}
// ---- with, strictly
// node: 3 SyntaxError: Strict mode code may not include a with statement
"use strict";
function f() {
  with ({}) return 1;
}
// ---- an octal number, strictly
// node: 3 SyntaxError: Octal literals are not allowed in strict mode.
"use strict";
function f() {
  return 010;
}
// ---- a name is deleted, strictly
// node: 3 SyntaxError: Delete of an unqualified identifier in strict mode.
"use strict";
function f(a) {
  delete a;
}
// ---- a parameter twice, strictly
// node: 2 SyntaxError: Duplicate parameter name not allowed in this context
// here: 3 SyntaxError: Duplicate parameter name not allowed in this context
// why: QuickJS checks parameters when it knows that the function is strict.
"use strict";
function f(a, a) {
  return a;
}
// ---- an import
// node: 1 SyntaxError: Cannot use import statement outside a module
import { a } from "a";
function f() {
  return a;
}
// ---- an export
// node: 1 SyntaxError: Unexpected token 'export'
export function f() {
  return 1;
}
// ---- a type, as in TypeScript
// node: 1 SyntaxError: Unexpected token ':'
function f(a: number) {
  return a;
}
// ---- a type of a variable, as in TypeScript
// node: 2 SyntaxError: Missing initializer in const declaration
function f() {
  const a: number = 1;
  return a;
}
// ---- at the end of the code, an operand is missing
// node: 3 SyntaxError: Unexpected end of input
function f() {
  return 1 +
// ---- an at sign
// node: 2 SyntaxError: Invalid or unexpected token
function f() {
  return @a;
}
// ---- a number sign
// node: 1 SyntaxError: Invalid or unexpected token
# a comment
function f() {
  return 1;
}
// ---- a backslash
// node: 2 SyntaxError: Invalid or unexpected token
function f() {
  return 1 + \
    2;
}
// ---- a let in an if
// node: 2 SyntaxError: Lexical declaration cannot appear in a single-statement context
function f() {
  if (1) let a = 1;
}
// ---- a getter with a parameter
// node: 2 SyntaxError: Getter must not have any formal parameters.
const a = {
  get b(c) { return c; },
};
