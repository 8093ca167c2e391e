// ---- a property of an undefined variable
// node: 4 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  let node;
  return node
    .value;
}
// ---- a property of null
// node: 4 TypeError: Cannot read properties of null (reading 'next')
function f() {
  const node = null;
  const one = 1;
  return one + node.next.next;
}
// ---- a property of a missing property, lines below its object
// node: 5 TypeError: Cannot read properties of null (reading 'right')
function f() {
  const tree = { left: null };
  return tree
    .left
    .right;
}
// ---- a property of what a call returns
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const find = () => undefined;
  const found = find(
    1,
  ).value;
  return found;
}
// ---- a property of a property of this, in a method
// node: 4 TypeError: Cannot read properties of undefined (reading 'length')
class Stack {
  peek() {
    const last = 1;
    return this.items.length - last;
  }
}
function f() {
  return new Stack().peek();
}
// ---- a property of this, in a function
// node: 4 TypeError: Cannot read properties of undefined (reading 'value')
"use strict";
function read() {
  const one = 1;
  return this.value + one;
}
function f() {
  return read();
}
// ---- a property of this, in an arrow
// node: 8 TypeError: Cannot read properties of undefined (reading 'value')
class Stack {
  constructor() {
    this.items = [1];
  }
  sum() {
    return this.items.map((item) => {
      const one = item;
      return this.top.value + one;
    });
  }
}
function f() {
  return new Stack().sum();
}
// ---- a property of this, in a getter
// node: 4 TypeError: Cannot read properties of undefined (reading 'length')
class Queue {
  get size() {
    const none = 0;
    return none + this.items.length;
  }
}
function f() {
  const queue = new Queue();
  return queue.size;
}
// ---- a property of this, in a static method
// node: 4 TypeError: Cannot read properties of undefined (reading 'length')
class Counter {
  static total() {
    let total = 0;
    total += this.counts.length;
    return total;
  }
}
function f() {
  return Counter.total();
}
// ---- a property of this, in an arrow without braces
// node: 4 TypeError: Cannot read properties of undefined (reading 'open')
class Box {
  constructor() {
    this.open = () =>
      this.lid.open;
  }
}
function f() {
  return new Box().open();
}
// ---- an element of undefined
// node: 4 TypeError: Cannot read properties of undefined (reading '0')
function f() {
  const grid = [[1]];
  const row = 1;
  return grid[row][0];
}
// ---- an element of a property of this
// node: 4 TypeError: Cannot read properties of undefined (reading '1')
class Grid {
  at(row, column) {
    const found =
      this.rows[row][column];
    return found;
  }
}
function f() {
  return new Grid().at(1, 2);
}
// ---- an element whose key is a text
// node: 4 TypeError: Cannot read properties of undefined (reading 'a b')
function f() {
  const counts = {};
  const key = "a b";
  return counts.letters[key];
}
// ---- an element whose key is a symbol
// node: 3 TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
// here: 3 TypeError: Cannot read properties of undefined (reading 'Symbol(Symbol.iterator)')
// why: V8 takes each read of this symbol for an iteration.
function f() {
  let nothing;
  return nothing[Symbol.iterator];
}
// ---- a property of undefined within arguments
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  return Math.max(
    1,
    node.left.value,
    2,
  );
}
// ---- a property of undefined within a list
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  return [
    1,
    node.left.value,
  ];
}
// ---- a property of undefined within an object
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  return {
    one: 1,
    value: node.left.value,
  };
}
// ---- a property of undefined within a condition
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  while (
    node &&
    node.left.value
  ) {
    return 1;
  }
}
// ---- a property of undefined within a template
// node: 4 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  return `one
    ${node.left.value}`;
}
// ---- a property of undefined within the head of a loop
// node: 4 TypeError: Cannot read properties of undefined (reading 'length')
function f(values) {
  for (
    let index = 0;
    index < values.length;
    index++
  ) {
    return index;
  }
}
// ---- a property of undefined as an operand
// node: 4 TypeError: Cannot read properties of undefined (reading 'three')
function f() {
  const a = { one: 1 };
  return a.one +
    a.two.three +
    a.one;
}
// ---- a property is set on undefined
// node: 4 TypeError: Cannot set properties of undefined (setting 'next')
function f() {
  let last;
  const node = { next: 1 };
  last.next = node;
  return last;
}
// ---- a property is set on null
// node: 3 TypeError: Cannot set properties of null (setting 'next')
function f() {
  const last = null;
  last.next =
    1;
  return last;
}
// ---- a property is set on a property of this
// node: 4 TypeError: Cannot set properties of undefined (setting 'next')
class Chain {
  add(value) {
    const node = { value };
    this.tail.next = node;
  }
}
function f() {
  new Chain().add(1);
}
// ---- a property is set on this, in a function
// node: 4 TypeError: Cannot set properties of undefined (setting 'value')
"use strict";
function set() {
  const one = 1;
  this.value = one;
}
function f() {
  return set();
}
// ---- an element is set on undefined
// node: 4 TypeError: Cannot set properties of undefined (setting '3')
function f() {
  const table = [];
  const value = 1;
  table[2][3] = value;
  return table;
}
// ---- an element is counted up in undefined
// node: 4 TypeError: Cannot read properties of undefined (reading 'a')
function f() {
  const counts = {};
  const letter = "a";
  counts.letters[letter] += 1;
  return counts;
}
// ---- a property is counted up in undefined
// node: 4 TypeError: Cannot read properties of undefined (reading 'a')
function f() {
  let counts;
  const one = 1;
  counts.a++;
  return one;
}
// ---- a property of undefined is deleted
// node: 4 TypeError: Cannot convert undefined or null to object
function f() {
  let nothing;
  const one = 1;
  delete nothing.a;
  return one;
}
// ---- a constant is assigned to
// node: 4 TypeError: Assignment to constant variable.
function f() {
  const total = 0;
  for (const one of [1]) {
    total = one;
  }
  return total;
}
// ---- a constant is added to
// node: 4 TypeError: Assignment to constant variable.
function f() {
  const total = 0;
  const one = 1;
  total += one;
  return total;
}
// ---- a constant is counted up
// node: 4 TypeError: Assignment to constant variable.
function f() {
  const count = 0;
  const one = 1;
  count++;
  return count + one;
}
// ---- the constant of a loop is counted up
// node: 4 TypeError: Assignment to constant variable.
function f() {
  const list = [];
  for (const index = 0; index < 3;
    index++) {
    list.push(index);
  }
  return list;
}
// ---- a constant from outside is assigned to
// node: 5 TypeError: Assignment to constant variable.
const best = 0;
function f() {
  const one = 1;
  [1, 2].forEach((value) => {
    best = value;
  });
  return one;
}
// ---- a constant is assigned to by a pattern
// node: 5 TypeError: Assignment to constant variable.
function f() {
  const low = 0;
  let high = 1;
  [
    low,
    high,
  ] = [high, low];
  return low;
}
// ---- a constant that is a swapped pair, in one line
// node: 4 TypeError: Assignment to constant variable.
function f() {
  const a = 1, b = 2;
  const one = 1;
  [a, b] = [b, a];
  return one;
}
// ---- a variable is used before its declaration
// node: 3 ReferenceError: Cannot access 'total' before initialization
function f() {
  const one = 1;
  const two = one + total;
  let total = 2;
  return two;
}
// ---- a class is used before its declaration
// node: 3 ReferenceError: Cannot access 'Later' before initialization
function f() {
  const one = 1;
  return new Later(one);
}
const made = f();
class Later {}
// ---- a name that nothing has
// node: 3 ReferenceError: lenght is not defined
function f() {
  const one = 1;
  return one + lenght;
}
// ---- a function that nothing has
// node: 3 ReferenceError: len is not defined
// here: 5 ReferenceError: len is not defined
// why: V8 has no place for the read of a global name, and tells where the statement begins.
function f() {
  const one = 1;
  return Math.floor(
    one,
  ) + len(
    "abc",
  );
}
// ---- a name that nothing has is assigned to, strictly
// node: 4 ReferenceError: total is not defined
"use strict";
function f() {
  const one = 1;
  total = one;
  return total;
}
// ---- a method that nothing has
// node: 5 TypeError: list.map(...).add is not a function
function f() {
  const list = [1];
  return list
    .map((value) => value)
    .add(2);
}
// ---- a method that nothing has, of a variable
// node: 3 TypeError: list.append is not a function
function f() {
  const list = [1];
  list.append(2);
  return list;
}
// ---- a method that nothing has, of a property of this
// node: 7 TypeError: this.items.push is not a function
class Bag {
  constructor() {
    this.items = {};
  }
  add(item) {
    const one = 1;
    this.items.push(item, one);
  }
}
function f() {
  new Bag().add(1);
}
// ---- a method of this that nothing has
// node: 4 TypeError: this.insert is not a function
class Bag {
  add(item) {
    const one = 1;
    return this.insert(item, one);
  }
}
function f() {
  return new Bag().add(1);
}
// ---- a method that nothing has, in an element
// node: 4 TypeError: rows[index].size is not a function
function f() {
  const rows = [[1]];
  const index = 0;
  return rows[index].size();
}
// ---- an element that is no function
// node: 4 TypeError: steps[index] is not a function
function f() {
  const steps = [1, 2];
  const index = 0;
  return steps[index](3);
}
// ---- an element with a text as its key that is no function
// node: 3 TypeError: steps.go up is not a function
function f() {
  const steps = { up: 1 };
  return steps["go up"](
    3,
  );
}
// ---- a property that is called
// node: 3 TypeError: list.length is not a function
function f() {
  const list = [1, 2];
  return list.length();
}
// ---- a variable that is no function
// node: 4 TypeError: max is not a function
function f() {
  const max = 3;
  const one = 1;
  return max(one, 2);
}
// ---- a parameter that is no function
// node: 3 TypeError: callback is not a function
function apply(callback) {
  const one = 1;
  return callback(one);
}
function f() {
  return apply();
}
// ---- a result that is no function
// node: 3 TypeError: make(...) is not a function
function f() {
  const make = () => 1;
  return make(2)(3);
}
// ---- the method of a result
// node: 3 TypeError: make(...).go is not a function
function f() {
  const make = () => ({});
  return make(2).go(3);
}
// ---- the method of a text
// node: 3 TypeError: "abc".reverse is not a function
function f() {
  const one = 1;
  return "abc".reverse(one);
}
// ---- the method of a list
// node: 3 TypeError: [one,2,3].contains is not a function
function f() {
  const one = 1;
  return [one, 2, 3].contains(2);
}
// ---- the method of an object
// node: 3 TypeError: {(intermediate value)}.map is not a function
// here: 3 TypeError: (intermediate value).map is not a function
// why: V8 has braces around what it does not print of an object.
function f() {
  const one = 1;
  return ({ one }).map(2);
}
// ---- the method of a number in parentheses
// node: 3 TypeError: 12.push is not a function
function f() {
  const one = 1;
  return (12).push(one);
}
// ---- the method of a sum
// node: 3 TypeError: (one + 2).map is not a function
function f() {
  const one = 1;
  return (one + 2).map(one);
}
// ---- the method of a template
// node: 3 TypeError: "one".contains is not a function
function f() {
  const one = 1;
  return `one`.contains(one);
}
// ---- the method of a new object
// node: 4 TypeError: (intermediate value).open is not a function
class Box {}
function f() {
  const one = 1;
  return new Box().open(one);
}
// ---- the method of an awaited value
// node: 3 TypeError: (intermediate value).go is not a function
async function f() {
  const value = { one: 1 };
  return (await value).go();
}
// ---- the property of an awaited value
// node: 5 TypeError: Cannot read properties of undefined (reading 'length')
async function f() {
  const value = Promise.resolve();
  return (
    await value
  ).length;
}
// ---- an awaited call
// node: 4 TypeError: value is not a function
async function f() {
  const value = 1;
  const one = 1;
  return await value(one);
}
// ---- a method behind a question mark
// node: 3 TypeError: list?.push is not a function
function f() {
  const list = { one: 1 };
  return list?.push(1);
}
// ---- a method within arguments
// node: 4 TypeError: list.first is not a function
function f() {
  const list = [1];
  return Math.max(
    list.first(),
    2,
  );
}
// ---- the arguments are on lines below
// node: 4 TypeError: list.add is not a function
function f() {
  const list = [1];
  const one = 1;
  list.add(
    one,
    2,
  );
  return list;
}
// ---- the last call of a chain over lines, with functions
// node: 7 TypeError: [1,2].filter(...).map(...).sum is not a function
function f() {
  return [1, 2]
    .filter((value) => {
      return value > 1;
    })
    .map((value) => value)
    .sum((total, value) => {
      return total + value;
    });
}
// ---- the arguments of a call are spread
// node: 4 TypeError: Function.prototype.apply was called on undefined, which is a undefined and not a function
// here: 4 TypeError: list.combine is not a function
// why: V8 turns such a call into another one, which it tells of.
function f() {
  const list = [1];
  const one = 1;
  return list.combine(...list, one);
}
// ---- a private method that another object lacks
// node: 5 TypeError: Receiver must be an instance of class Box
// here: 5 TypeError: Object must be an instance of the class that declares its private method
// why: QuickJS does not know the name of the class there.
class Box {
  #open() { return 1; }
  static of(box) {
    const one = 1;
    return box.#open(one);
  }
}
function f() {
  return Box.of({});
}
// ---- a private field that another object lacks
// node: 5 TypeError: Cannot read private member #lid from an object whose class did not declare it
class Box {
  #lid = 1;
  static of(box) {
    const one = 1;
    return box.#lid + one;
  }
}
function f() {
  return Box.of({});
}
// ---- a private field is set that another object lacks
// node: 5 TypeError: Cannot write private member #lid to an object whose class did not declare it
class Box {
  #lid = 1;
  static of(box) {
    const one = 1;
    box.#lid = one;
  }
}
function f() {
  return Box.of({});
}
// ---- a missing semicolon before a bracket
// node: no error
function f() {
  let a = 1
  let b = 2
  const t = a
  [a, b] = [b, a]
  return t
}
// ---- a missing semicolon before a list and its method
// node: 4 TypeError: Cannot read properties of undefined (reading 'forEach')
function f() {
  const list = []
  const sum = list
  [1, 2].forEach((value) => list.push(value))
  return sum
}
// ---- a missing semicolon before a parenthesis, after a number
// node: 3 TypeError: 1 is not a function
function f() {
  const one = 1
  (function () {
    return one
  })()
}
// ---- a missing semicolon before a parenthesis, after a name
// node: 3 TypeError: one is not a function
function f() {
  const one = 1
  const two = one
  (() => {
    return two
  })()
}
// ---- a missing semicolon before a parenthesis, after a call
// node: 6 TypeError: make(...) is not a function
function f() {
  const make = () => 1
  const made = make()
  ;[made].length
  make()
  (made)
}
// ---- a missing semicolon before a parenthesis, after a list
// node: 3 ReferenceError: Cannot access 'list' before initialization
function f() {
  const list = [1, 2]
  (list)
}
// ---- a missing semicolon after a function
// node: 7 TypeError: (intermediate value)(...) is not a function
function f() {
  const g = function () {
    return 1
  }
  (function () {
    return g
  })()
  return g
}
// ---- a missing semicolon before a template
// node: 4 TypeError: one is not a function
function f() {
  const one = 1
  const two = one
  `three`
  return two
}
// ---- a class without new
// node: 8 TypeError: Class constructor Node cannot be invoked without 'new'
class Node {
  constructor(value) {
    this.value = value;
  }
}
function f() {
  const one = 1;
  return Node(one);
}
// ---- a class of the language without new
// node: 3 TypeError: Constructor Map requires 'new'
function f() {
  const one = 1;
  return Map(one);
}
// ---- a promise without new
// node: 3 TypeError: Promise constructor cannot be invoked without 'new'
function f() {
  const one = 1;
  return Promise(one);
}
// ---- a set without new
// node: 2 TypeError: Constructor Set requires 'new'
function f() {
  const seen = Set();
  return seen;
}
// ---- a class without a name, without new
// node: 3 TypeError: Class constructors cannot be invoked without 'new'
function f() {
  const classes = [class {}];
  return classes[0]();
}
// ---- no constructor: an arrow
// node: 4 TypeError: make is not a constructor
function f() {
  const make = () => 1;
  const one = 1;
  return new make(
    one,
  );
}
// ---- no constructor: a property that is missing
// node: 3 TypeError: shapes.Circle is not a constructor
function f() {
  const shapes = {};
  return new shapes.Circle(1);
}
// ---- no constructor: undefined, without arguments
// node: 4 TypeError: Shape is not a constructor
function f() {
  let Shape;
  const one = 1;
  return new Shape;
}
// ---- no constructor: a number
// node: 3 TypeError: one is not a constructor
function f() {
  const one = 1;
  return new one();
}
// ---- no constructor: a method
// node: 3 TypeError: tool.cut is not a constructor
function f() {
  const tool = { cut() {} };
  return new tool.cut();
}
// ---- a class that extends no class
// node: 3 TypeError: Class extends value 1 is not a constructor or null
function f() {
  const one = 1;
  class A extends one {}
  return A;
}
// ---- a class that extends undefined
// node: 4 TypeError: Class extends value undefined is not a constructor or null
function f() {
  let Base;
  return class A
    extends Base {};
}
// ---- a derived class does not call super
// node: 5 ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
class A {}
class B extends A {
  constructor() {
    const one = 1;
    this.one = one;
  }
}
function f() {
  return new B();
}
// ---- a derived class ends without super
// node: 4 ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
// here: 5 ReferenceError: Must call super constructor in derived class before accessing 'this' or returning from derived constructor
// why: The end of the constructor, where V8 has the statement before it.
class A {}
class B extends A {
  constructor() {
    const one = 1;
  }
}
function f() {
  return new B();
}
// ---- a derived class calls super twice
// node: 5 ReferenceError: Super constructor may only be called once
class A {}
class B extends A {
  constructor() {
    super();
    super();
  }
}
function f() {
  return new B();
}
// ---- a method of super that nothing has
// node: 5 TypeError: (intermediate value).go is not a function
class A {}
class B extends A {
  go() {
    const one = 1;
    return super.go(one);
  }
}
function f() {
  return new B().go();
}
// ---- a subclass of Error
// node: 9 InvalidMove: not 1
class InvalidMove extends Error {
  constructor(message) {
    super(message);
    this.name = "InvalidMove";
  }
}
function f() {
  const one = 1;
  throw new InvalidMove("not " + one);
}
// ---- a subclass of Error without a constructor
// node: 4 Error: not 1
class InvalidMove extends Error {}
function f() {
  const one = 1;
  throw new InvalidMove("not " + one);
}
// ---- a subclass of a subclass of Error
// node: 12 Error: game: move: -1
class GameError extends Error {
  constructor(message) {
    super("game: " + message);
  }
}
class InvalidMove extends GameError {
  constructor(message) {
    super("move: " + message);
  }
}
function check(move) {
  if (move < 0) throw new InvalidMove(move);
}
function f() {
  return check(-1);
}
// ---- a subclass of RangeError
// node: 9 RangeError: row 9
class OutOfBoard extends RangeError {
  constructor(row) {
    const message = "row " + row;
    super(message);
  }
}
function f() {
  const row = 9;
  throw new OutOfBoard(
    row,
  );
}
// ---- an error that a function makes
// node: 2 Error: no 1
function fail(message) {
  return new Error(message);
}
function f() {
  const one = 1;
  throw fail("no " + one);
}
// ---- an error without new
// node: 3 RangeError: no 1
function f() {
  const one = 1;
  throw RangeError("no " + one);
}
// ---- an error that is thrown later
// node: 2 Error: made above
function f() {
  const error = new Error("made above");
  const one = 1;
  if (one) throw error;
}
// ---- an error over lines
// node: 2 TypeError: one two
function f() {
  throw new TypeError(
    "one " +
      "two",
  );
}
// ---- undefined is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of 'point' as it is undefined.
function f() {
  let point;
  const { x, y } = point;
  return x + y;
}
// ---- null is destructured by name
// node: 4 TypeError: Cannot destructure property 'x' of 'point' as it is null.
function f() {
  const point = null;
  const one = 1;
  const { x } = point;
  return x + one;
}
// ---- a property is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of 'line.start' as it is undefined.
function f() {
  const line = {};
  const { x: left } = line.start;
  return left;
}
// ---- a result is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of 'find(...)' as it is undefined.
function f() {
  const find = () => undefined;
  const { x } = find(1);
  return x;
}
// ---- a literal undefined is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of 'undefined' as it is undefined.
function f() {
  const one = 1;
  const { x } = undefined;
  return x + one;
}
// ---- undefined is destructured into nothing
// node: 3 TypeError: Cannot destructure 'point' as it is undefined.
function f() {
  let point;
  const {} = point;
  return point;
}
// ---- undefined is destructured into a rest
// node: 3 TypeError: Cannot destructure 'point' as it is undefined.
function f() {
  let point;
  const { ...rest } = point;
  return rest;
}
// ---- undefined is destructured within
// node: 5 TypeError: Cannot read properties of undefined (reading 'x')
// here: 5 TypeError: Cannot destructure property 'x' of 'undefined' as it is undefined.
// why: V8 tells of the pattern only where it knows the expression.
function f() {
  const line = {};
  const {
    start: {
      x,
    },
  } = line;
  return x;
}
// ---- a parameter is destructured by name
// node: 1 TypeError: Cannot destructure property 'x' of 'undefined' as it is undefined.
function length({ x, y }) {
  return x * y;
}
function f() {
  const one = 1;
  return length() + one;
}
// ---- a parameter of an arrow is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of 'object null' as it is null.
// here: 3 TypeError: Cannot destructure property 'x' of 'null' as it is null.
// why: V8 adds the type of what has no expression.
function f() {
  const points = [{ x: 1 }, null];
  return points.map(({ x }) => x);
}
// ---- undefined is destructured into variables there are
// node: 4 TypeError: Cannot destructure property 'x' of 'point' as it is undefined.
function f() {
  let point;
  let x = 0;
  ({ x } = point);
  return x;
}
// ---- what a loop gets is destructured by name
// node: 3 TypeError: Cannot destructure property 'x' of '.for' as it is undefined.
// here: 3 TypeError: Cannot destructure property 'x' of 'undefined' as it is undefined.
// why: V8 tells the name of a variable of its own.
function f() {
  const points = [undefined];
  for (const { x } of points) {
    return x;
  }
}
// ---- undefined is destructured by position
// node: 4 TypeError: pair is not iterable
function f() {
  let pair;
  const one = 1;
  const [a, b] = pair;
  return a + b + one;
}
// ---- a number is destructured by position
// node: 4 TypeError: pair is not iterable
function f() {
  const pair = 5;
  const one = 1;
  const [a, b] = pair;
  return a + b + one;
}
// ---- an object is destructured by position
// node: 3 TypeError: pair is not iterable
function f() {
  const pair = { a: 1 };
  const [a] = pair;
  return a;
}
// ---- a missing property is destructured by position
// node: 3 TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
// here: 3 TypeError: graph.edges is not iterable
// why: V8 names variables here, but no properties.
function f() {
  const graph = {};
  const [a] = graph.edges;
  return a;
}
// ---- a result is destructured by position
// node: 3 TypeError: find is not a function or its return value is not iterable
function f() {
  const find = () => undefined;
  const [a] = find(1);
  return a;
}
// ---- a parameter is destructured by position
// node: 1 TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))
function sum([a, b]) {
  return a + b;
}
function f() {
  const one = 1;
  return sum() + one;
}
// ---- a parameter of an arrow is destructured by position
// node: 3 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
function f() {
  const pairs = [1, 2];
  return pairs.map(([key]) => key);
}
// ---- what a loop gets is destructured by position
// node: 4 TypeError: .for is not iterable
// here: 4 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
// why: V8 tells the name of a variable of its own.
function f() {
  const pairs = [1, 2];
  for (
    const [key] of pairs
  ) {
    return key;
  }
}
// ---- a number is destructured into variables there are
// node: 4 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
// here: 4 TypeError: a is not iterable
// why: V8 names what is destructured in declarations only.
function f() {
  let a = 1;
  let b = 2;
  [a, b] = a;
  return a;
}
// ---- a loop over undefined
// node: 3 TypeError: values is not iterable
function f(values) {
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  return sum;
}
// ---- a loop over null
// node: 4 TypeError: values is not iterable
function f() {
  const values = null;
  const one = 1;
  for (const value of values) {
    return value + one;
  }
}
// ---- a loop over a number
// node: 4 TypeError: n is not iterable
function f() {
  const n = 5;
  let sum = 0;
  for (const value of n) {
    sum += value;
  }
  return sum;
}
// ---- a loop over an object
// node: 3 TypeError: counts is not iterable
function f() {
  const counts = { a: 1 };
  for (const [key, value] of counts) {
    return key + value;
  }
}
// ---- a loop over a property of this
// node: 4 TypeError: this.edges is not iterable
class Graph {
  visit() {
    const one = 1;
    for (const edge of this.edges) {
      return edge + one;
    }
  }
}
function f() {
  return new Graph().visit();
}
// ---- a loop over a missing property
// node: 4 TypeError: graph[node] is not iterable
function f() {
  const graph = {};
  const node = 1;
  for (const edge of graph[node]) {
    return edge;
  }
}
// ---- a loop over a result
// node: 3 TypeError: find is not a function or its return value is not iterable
function f() {
  const find = () => 1;
  for (const edge of find(2)) {
    return edge;
  }
}
// ---- a loop over what lies on lines below
// node: 6 TypeError: graph.edges is not iterable
function f() {
  const graph = {};
  for (
    const edge
    of
    graph.edges
  ) {
    return edge;
  }
}
// ---- a loop that awaits
// node: 4 TypeError: values is not async iterable
async function f() {
  const values = 1;
  const one = 1;
  for await (const value of values) {
    return value + one;
  }
}
// ---- a list with what is spread
// node: 4 TypeError: values is not iterable
function f() {
  const values = { a: 1 };
  const one = 1;
  return [one, ...values];
}
// ---- a list with undefined, spread
// node: 6 TypeError: values is not iterable
function f() {
  let values;
  const one = 1;
  return [
    one,
    ...values,
  ];
}
// ---- arguments that are spread from an object
// node: 4 TypeError: Spread syntax requires ...iterable[Symbol.iterator] to be a function
function f() {
  const values = { a: 1 };
  const one = 1;
  return Math.max(one, ...values);
}
// ---- arguments that are spread from undefined
// node: 4 TypeError: values is not iterable (cannot read property undefined)
// here: 4 TypeError: values is not iterable
// why: V8 adds the name of a property that it does not know.
function f() {
  let values;
  const one = 1;
  return Math.max(...values) + one;
}
// ---- a map of a number
// node: 3 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
function f() {
  const one = 1;
  return new Map(one);
}
// ---- a map of numbers
// node: 3 TypeError: Iterator value 1 is not an entry object
function f() {
  const one = 1;
  return new Map([one, 2]);
}
// ---- a set of a number
// node: 3 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
function f() {
  const one = 1;
  return new Set(one);
}
// ---- a list from an iterator that has no next
// node: 3 TypeError: Result of the Symbol.iterator method is not an object
function f() {
  const values = { [Symbol.iterator]: () => 1 };
  return [...values];
}
// ---- a generator delegates to a number
// node: 3 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
function* numbers() {
  const one = 1;
  yield* one;
}
function f() {
  return [...numbers()];
}
// ---- promises that are no list
// node: 3 TypeError: number 1 is not iterable (cannot read property Symbol(Symbol.iterator))
async function f() {
  const one = 1;
  return await Promise.all(one);
}
// ---- a callback that is missing
// node: 4 TypeError: undefined is not a function
function f() {
  const list = [1];
  let callback;
  return list.map(callback);
}
// ---- a callback that is a number
// node: 3 TypeError: 5 is not a function
function f() {
  const list = [1];
  return list.filter(5);
}
// ---- a callback that is an object
// node: 3 TypeError: #<Object> is not a function
function f() {
  const list = [1];
  return list.forEach({});
}
// ---- a comparison that is no function
// node: 3 TypeError: The comparison function must be either a function or undefined
function f() {
  const list = [2, 1];
  return list.sort("up");
}
// ---- nothing to reduce
// node: 3 TypeError: Reduce of empty array with no initial value
function f() {
  const list = [];
  return list.reduce((a, b) => a + b);
}
// ---- the keys of undefined
// node: 3 TypeError: Cannot convert undefined or null to object
function f() {
  let nothing;
  return Object.keys(nothing);
}
// ---- the entries of null
// node: 3 TypeError: Cannot convert undefined or null to object
function f() {
  const nothing = null;
  return Object.entries(nothing);
}
// ---- a number and a big integer
// node: 4 TypeError: Cannot mix BigInt and other types, use explicit conversions
function f() {
  const one = 1;
  const two = 2n;
  return one +
    two;
}
// ---- a product with a big integer
// node: 4 TypeError: Cannot mix BigInt and other types, use explicit conversions
function f() {
  const two = 2n;
  let product = 1;
  product *= two;
  return product;
}
// ---- the largest of big integers
// node: 3 TypeError: Cannot convert a BigInt value to a number
function f() {
  const two = 2n;
  return Math.max(two, 1n);
}
// ---- a big integer that is divided by nothing
// node: 3 RangeError: Division by zero
function f() {
  const two = 2n;
  return two / 0n;
}
// ---- a big integer of a fraction
// node: 3 RangeError: The number 0.5 cannot be converted to a BigInt because it is not an integer
function f() {
  const half = 0.5;
  return BigInt(half);
}
// ---- a big integer of a text
// node: 3 SyntaxError: Cannot convert 1x to a BigInt
function f() {
  const text = "1x";
  return BigInt(text);
}
// ---- a symbol in a text
// node: 3 TypeError: Cannot convert a Symbol value to a string
function f() {
  const symbol = Symbol("a");
  return `one ${symbol}`;
}
// ---- a symbol in a sum
// node: 3 TypeError: Cannot convert a Symbol value to a number
function f() {
  const symbol = Symbol("a");
  return symbol + 1;
}
// ---- an object that is no text
// node: 3 TypeError: Cannot convert object to primitive value
function f() {
  const bare = Object.create(null);
  return "one " + bare;
}
// ---- in a number
// node: 3 TypeError: Cannot use 'in' operator to search for 'a' in 1
function f() {
  const one = 1;
  return "a" in one;
}
// ---- in a text
// node: 3 TypeError: Cannot use 'in' operator to search for 'a' in abc
function f() {
  const text = "abc";
  return "a" in text;
}
// ---- in undefined
// node: 4 TypeError: Cannot use 'in' operator to search for '3' in undefined
function f() {
  let seen;
  const key = 3;
  return key in seen;
}
// ---- an instance of an object
// node: 3 TypeError: Right-hand side of 'instanceof' is not callable
function f() {
  const kind = {};
  return [] instanceof kind;
}
// ---- an instance of undefined
// node: 3 TypeError: Right-hand side of 'instanceof' is not an object
function f() {
  let kind;
  return [] instanceof kind;
}
// ---- an instance of an arrow
// node: 3 TypeError: Function has non-object prototype 'undefined' in instanceof check
function f() {
  const kind = () => 1;
  return [] instanceof kind;
}
// ---- a list with a negative length
// node: 3 RangeError: Invalid array length
function f() {
  const size = -1;
  return new Array(size);
}
// ---- a length that is a fraction
// node: 3 RangeError: Invalid array length
function f() {
  const list = [1];
  list.length = 0.5;
  return list;
}
// ---- a text that is repeated a negative number of times
// node: 3 RangeError: Invalid count value: -1
function f() {
  const times = -1;
  return "a".repeat(times);
}
// ---- a number with too many digits
// node: 3 RangeError: toFixed() digits argument must be between 0 and 100
function f() {
  const digits = 101;
  return (1).toFixed(digits);
}
// ---- a number with too large a base
// node: 3 RangeError: toString() radix argument must be between 2 and 36
function f() {
  const base = 40;
  return (1).toString(base);
}
// ---- a frozen list is added to
// node: 3 TypeError: Cannot add property 1, object is not extensible
function f() {
  const list = Object.freeze([1]);
  list.push(2);
  return list;
}
// ---- a frozen object is changed, strictly
// node: 4 TypeError: Cannot assign to read only property 'x' of object '#<Object>'
"use strict";
function f() {
  const point = Object.freeze({ x: 1 });
  point.x = 2;
  return point;
}
// ---- a frozen object gets a property, strictly
// node: 4 TypeError: Cannot add property y, object is not extensible
"use strict";
function f() {
  const point = Object.freeze({ x: 1 });
  point.y = 2;
  return point;
}
// ---- a property of a frozen object is deleted, strictly
// node: 4 TypeError: Cannot delete property 'x' of #<Object>
"use strict";
function f() {
  const point = Object.freeze({ x: 1 });
  delete point.x;
  return point;
}
// ---- a property with a getter only is set
// node: 8 TypeError: Cannot set property size of #<Box> which has only a getter
// here: 8 TypeError: Cannot set property size of #<Changed> which has only a getter
// why: V8 names the class that has the getter, QuickJS that of the object.
class Box {
  get size() { return 1; }
}
"use strict";
class Changed extends Box {
  constructor() {
    super();
    this.size = 2;
  }
}
function f() {
  return new Changed();
}
// ---- the property of a text is set, strictly
// node: 4 TypeError: Cannot assign to read only property 'length' of string 'abc'
"use strict";
function f() {
  const text = "abc";
  text.length = 1;
  return text;
}
// ---- the letter of a text is set, strictly
// node: 4 TypeError: Cannot assign to read only property '0' of string 'abc'
"use strict";
function f() {
  const text = "abc";
  text[0] = "b";
  return text;
}
// ---- a text is no JSON
// node: 3 SyntaxError: Expected property name or '}' in JSON at position 1
function f() {
  const text = "{a: 1}";
  return JSON.parse(text);
}
// ---- a text ends within JSON
// node: 3 SyntaxError: Unexpected end of JSON input
function f() {
  const text = '{"a": ';
  return JSON.parse(text);
}
// ---- undefined is no JSON
// node: 3 SyntaxError: "undefined" is not valid JSON
function f() {
  let text;
  return JSON.parse(text);
}
// ---- an object that contains itself as JSON
// node: 4 TypeError: Converting circular structure to JSON
function f() {
  const node = {};
  node.next = node;
  return JSON.stringify(node);
}
// ---- a big integer as JSON
// node: 3 TypeError: Do not know how to serialize a BigInt
function f() {
  const two = 2n;
  return JSON.stringify({ two });
}
// ---- a pattern that is none
// node: 3 SyntaxError: Invalid regular expression: /(/: Unterminated group
function f() {
  const text = "(";
  return new RegExp(text);
}
// ---- a pattern without its flag
// node: 3 TypeError: String.prototype.replaceAll called with a non-global RegExp argument
function f() {
  const text = "aa";
  return text.replaceAll(/a/, "b");
}
// ---- a date that is none
// node: 3 RangeError: Invalid time value
function f() {
  const day = new Date(NaN);
  return day.toISOString();
}
// ---- a text that is no address
// node: 3 URIError: URI malformed
function f() {
  const text = "%";
  return decodeURIComponent(text);
}
// ---- a generator that runs already
// node: 3 TypeError: Generator is already running
function* count() {
  yield 1;
  running.next();
}
const running = count();
function f() {
  running.next();
  return running.next();
}
// ---- a method without its object
// node: 5 TypeError: Cannot read properties of undefined (reading 'count')
class Counter {
  count = 0;
  add() {
    const one = 1;
    this.count += one;
  }
}
function f() {
  const { add } = new Counter();
  return add();
}
// ---- a method of the language without its object
// node: 3 TypeError: Cannot convert undefined or null to object
function f() {
  const { push } = [];
  return push(1);
}
// ---- the method of a map without its map
// node: 3 TypeError: Method Map.prototype.get called on incompatible receiver undefined
function f() {
  const { get } = new Map();
  return get(1);
}
// ---- an error at the top
// node: 2 TypeError: list.sum is not a function
const list = [1];
const total = list.sum();
function f() {
  return total;
}
// ---- an error in a field
// node: 3 TypeError: Cannot read properties of undefined (reading 'length')
class Box {
  one = 1;
  size = this.items.length;
}
function f() {
  return new Box();
}
// ---- an error in a static block
// node: 4 TypeError: Cannot read properties of undefined (reading 'push')
class Box {
  static {
    const one = 1;
    this.items.push(one);
  }
}
function f() {
  return 1;
}
// ---- an error in the value of a parameter
// node: 3 TypeError: Cannot read properties of undefined (reading 'value')
function add(
  a,
  b = a.value.value,
) {
  return b;
}
function f() {
  return add({});
}
// ---- an error in a sort
// node: 5 TypeError: Cannot read properties of undefined (reading 'c')
function f() {
  const list = [{ a: 1 }, {}];
  return list.sort((x, y) => {
    const one = x.a;
    return one - y.b.c;
  });
}
// ---- an error in a switch
// node: 4 TypeError: Cannot read properties of undefined (reading 'c')
function f() {
  const kind = { a: 1 };
  switch (kind.a) {
    case kind.b.c:
      return 1;
  }
}
// ---- an error in a condition
// node: 5 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  return node.left
    ? node.left.value
    : node.right.value;
}
// ---- an error in a generator
// node: 3 TypeError: Cannot read properties of undefined (reading '0')
function* numbers(list) {
  yield 1;
  yield list.items[0];
}
function f() {
  return [...numbers({})];
}
// ---- an error after await
// node: 3 TypeError: Cannot read properties of null (reading 'length')
async function f() {
  const found = await Promise.resolve({ list: null });
  return found.list.length;
}
// ---- an error in an asynchronous function that is called
// node: 3 TypeError: Cannot read properties of undefined (reading 'map')
async function load(list) {
  const one = await 1;
  return list.items.map((item) => item + one);
}
async function f() {
  const one = 1;
  return (await load({})) + one;
}
// ---- an error that passes a finally
// node: 4 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  try {
    return node.left.value;
  } finally {
    node.left = 1;
  }
}
// ---- an error in a catch
// node: 6 TypeError: Cannot read properties of undefined (reading 'message')
function f() {
  const node = {};
  try {
    throw new Error("one");
  } catch (error) {
    return error.cause.message + node;
  }
}
// ---- an error that is thrown again
// node: 4 TypeError: Cannot read properties of undefined (reading 'value')
function f() {
  const node = {};
  try {
    return node.left.value;
  } catch (error) {
    throw error;
  }
}
// ---- an error behind wide characters
// node: 2 TypeError: Cannot read properties of undefined (reading 'length')
function f() {
  const node = { name: "日本語 🙂" }; return node.名前.length;
}
// ---- a method behind wide characters
// node: 2 TypeError: 名前.追加 is not a function
function f() {
  const 名前 = { name: "日本語 🙂" }; return 名前.追加(1);
}
// ---- a call whose text holds a regular expression with a parenthesis
// node: 2 TypeError: [(intermediate value)(intermediate value)(intermediate value)].matchFirst is not a function
// here: 2 TypeError: (intermediate value) is not a function
// why: V8 writes something for each part of a choice between two values, and we for none.
function f() {
  return [true ? /\)/ : 1].matchFirst('a');
}
