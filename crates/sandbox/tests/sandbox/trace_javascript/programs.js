// Programs that instrumenting could break. Each defines f(), which returns something to compare.
// ---- missing semicolons
function f() {
  let a = 1
  let b = a
  ++b
  var c = [a, b]
  do a++; while (a < 3) b--
  ;[a, b] = [b, a]
  return c.concat(a,
    b)
}
// ---- return without a value before a line that looks like one
function f() {
  return
  1
}
// ---- directives
"use strict"
function f() {
  'use strict'
  try { undeclared = 1; return 'sloppy' } catch (e) { return e.name + (this === undefined) }
}
// ---- a sloppy function has the global object, and its arguments follow its parameters
function f() {
  function g(a, a2) { a = 5; return [arguments[0], arguments.length, this === globalThis] }
  undeclared = 2
  return [g(1, 2, 3), undeclared, typeof undeclared]
}
// ---- a strict function has arguments of its own
function f() {
  function g(a) { "use strict"; a = 5; return [arguments[0], this === undefined] }
  return g(1)
}
// ---- if without braces, dangling else
function f() {
  const g = (a, b) => {
    if (a) if (b) return 'both'; else return 'a'
    else if (b) return 'b'
    return 'none'
  }
  return [g(1, 1), g(1, 0), g(0, 1), g(0, 0)]
}
// ---- a function declared in an if
function f() {
  if (true) function g() { return 1 }
  return g()
}
// ---- labels
function f() {
  const seen = []
  outer: for (let i = 0; i < 3; i++) {
    inner: for (const j of [0, 1, 2]) {
      if (j === 1) continue outer
      if (i === 2) break inner
      seen.push([i, j])
    }
    block: { if (i) break block; seen.push('first') }
  }
  again: while (true) { do { if (seen.length > 3) break again; seen.push('x'); continue again } while (false) }
  return seen
}
// ---- for without parts
function f() {
  let i = 0
  for (;;) if (i++ > 2) break
  for (; i < 6;) i++
  for (; ; i++) { if (i > 8) break }
  for (let j = 0, k = 9; j < k; j++, k--);
  for (var v = 0; v < 2; v++) continue
  return [i, v]
}
// ---- for in and for of, with patterns and members on the left
function f() {
  const o = {}, seen = []
  for (o.x of [1, 2]) seen.push(o.x)
  for (o['y'] in { a: 1, b: 2 }) seen.push(o.y)
  for (const [k, { v = 7 } = {}] of [['a'], ['b', { v: 1 }]]) seen.push(k + v)
  for (var last of 'xyz');
  for (let let_ in [1]) seen.push(let_)
  return [seen, last]
}
// ---- arrow functions in the head of a for
function f() {
  for (let g = x => x, h = (a => (a in { a: 1 })), i = 0; i < 1; i++) return [g(1), h('a')]
}
// ---- closures in loops have variables of their own
function f() {
  const made = []
  for (let i = 0; i < 3; i++) made.push(() => i++)
  for (const i of [3, 4]) made.push(() => i)
  for (var j = 0; j < 2; j++) made.push(() => j)
  let k = 0
  while (k < 2) { let m = k++; made.push(() => m) }
  return [made.map((g) => g()), made.map((g) => g())]
}
// ---- switch
function f() {
  const g = (x) => {
    let seen = ''
    switch (x) {
      case 1: seen += 'a'
      case 2: { let y = 'b'; seen += y; break }
      default: let z = 'c'; seen += z
      case 3: function inside() { return 'd' } seen += inside()
    }
    return seen
  }
  return [g(1), g(2), g(3), g(4)]
}
// ---- a case that is entered before its variable is initialised
function f() {
  switch (2) { case 1: let x = 1; case 2: try { return x } catch (e) { return e.name } }
}
// ---- variables that are not initialised yet
function f() {
  const seen = []
  try { seen.push(early) } catch (e) { seen.push(e.name) }
  seen.push(hoisted, declared())
  let early = 1
  var hoisted = 2
  function declared() { try { return early } catch { return 'not yet' } }
  class Late {}
  return [seen, early, hoisted, declared(), typeof Late]
}
// ---- shadowing
function f(a = 1) {
  let x = 'outer'
  const seen = []
  { let x = 'block'; { var y = x } seen.push(x) }
  for (let x of [x => x]) seen.push(typeof x)
  try { throw 'caught' } catch (x) { seen.push(x); { let x = 'inner'; seen.push(x) } var z = x }
  const g = (x, f) => { { const a = 2; seen.push(a) } return [x, f, a] }
  return [seen, x, y, z, g(3)]
}
// ---- a parameter, a var and a function of one name
function f() {
  function g(a, b) { var a; function b() { return 'function' } var c = 1; function c() {} return [a, typeof b, c] }
  function twice() { return 1 }
  function twice() { return 2 }
  return [g(1, 2), twice()]
}
// ---- default parameters
function f() {
  let count = 0
  const g = (a, b = a + 1, { c = () => a + b, ...rest } = { d: count++ }, [e = (() => { count++; return 5 })()] = []) =>
    [a, b, c(), rest, e, count]
  function h(a, b = () => a) { var a = 2; return [a, b()] }
  return [g(1), g(1, 5, { z: 1 }, [2]), h(1), g.length]
}
// ---- default parameters that throw
function f() {
  const g = (a = boom()) => a
  function boom() { throw new RangeError('boom') }
  try { g() } catch (e) { return e.message }
}
// ---- expressions as bodies
function f() {
  const a = () => ({ x: 1 }), b = x => x ? y => y + 1 : null, c = async x => await x, d = () => (1, 2)
  const e = () => a /* comment ) */
  const g = x =>
    x
      + 1 // comment
  return [a(), b(1)(2), typeof c(1), d(), e() === a, g(1), (() => {})(), (() => [])(), (x => `${x}}`)('{')]
}
// ---- names of functions
function f() {
  const a = () => {}, o = { b() {}, c: function () {}, ['d' + 1]: () => {}, get e() { return 1 } }
  let g; g = () => {}
  class C { static m() {} #p = () => {}; p() { return this.#p.name } }
  return [a.name, o.b.name, o.c.name, o.d1.name, g.name, C.m.name, C.name, new C().p(), (() => {}).name]
}
// ---- getters and setters
function f() {
  const o = { n: 1, get a() { return this.n }, set a(v) { this.n = v * 2 }, async m() {}, *g() { yield this.n } }
  o.a = 4
  class C { static get x() { return 'x' } set y(v) { this.z = v } }
  const c = new C(); c.y = 3
  return [o.a, [...o.g()], C.x, c.z]
}
// ---- constructors that have no this before super
function f() {
  class A { constructor(x) { this.x = x } who() { return 'A' + this.x } }
  class B extends A {
    constructor(x) { const y = x + 1; super(y); this.y = y }
    who() { return 'B' + super.who() }
  }
  class C extends B { }
  class D extends A { constructor() { return { d: 1 } } }
  class E extends A { constructor() { } }
  let error
  try { new E() } catch (e) { error = e.name }
  return [new C(1).who(), new D().d, error, new B(2) instanceof A, new.target === undefined]
}
// ---- fields and static blocks
function f() {
  const log = []
  class A {
    static s = log.push('s')
    static { for (const x of [1, 2]) log.push(x); var inside = () => this.s; log.push(inside()) }
    #private = 3;
    field = () => this.#private;
    ['computed' + 1] = () => { return log.length }
    static #count() { return A.s }
    static count() { return this.#count() }
    has(o) { return #private in o }
  }
  const a = new A()
  return [log, a.field(), a.computed1(), A.count(), a.has(a), a.has({})]
}
// ---- a static block among the parameters
function f(a = class { static { this.x = 1; for (const y of [1]) this.x += y } }) {
  return a.x
}
// ---- constructors of the old kind
function f() {
  function P(x) { if (!(this instanceof P)) return new P(x); this.x = x }
  P.prototype.get = function () { return this.x }
  return [new P(1).get(), P(2).get()]
}
// ---- generators
function f() {
  const log = []
  function* inner() { try { const got = yield 1; log.push(got); yield; yield 2 } finally { log.push('closed') } }
  function* outer() { const r = yield* inner(); log.push(r); return 3 }
  const g = outer()
  log.push(g.next(), g.next('sent'), g.return(9), g.next())
  const h = inner()
  h.next()
  try { h.throw(new Error('thrown in')) } catch (e) { log.push(e.message) }
  for (const x of inner()) if (x === 1) break
  const [a] = inner()
  return [log, a, [...function* () { yield* [1, 2]; yield (3, 4); yield
  }()]]
}
// ---- asynchronous functions
async function f() {
  const log = []
  const later = async (x) => { await null; log.push(x); return x }
  const fails = async () => { await later('f'); throw new Error('fails') }
  async function* numbers() { for (let i = 0; i < 3; i++) { yield await later(i) } }
  for await (const x of numbers()) log.push('got' + x)
  try { await fails() } catch ({ message }) { log.push(message) } finally { log.push('finally') }
  log.push(await Promise.all([later(7), later(8)]), await (async () => (await later(1)) + await later(2))())
  return [log, await Promise.allSettled([fails(), undefined]).then((all) => all.map((one) => one.status))]
}
// ---- an asynchronous function that rejects
async function f() {
  await null
  return BigInt('none')
}
// ---- try, catch, finally
function f() {
  const log = []
  const g = (x) => {
    try {
      log.push('try')
      if (x === 1) return log.push('return')
      if (x === 2) throw x
      if (x === 3) null.x
    } catch (e) {
      if (e === 2) return 'caught'
      throw e
    } finally {
      log.push('finally')
      if (x === 4) return 'finally'
    }
    return 'end'
  }
  const h = () => { for (const x of [1, 2]) { try { if (x === 1) continue; return x } finally { if (x === 2) break } } return 'left' }
  const nested = () => { try { try { return 1 } finally { log.push('inner') } } finally { log.push('outer') } }
  const results = [g(0), g(1), g(2), g(4), h(), nested()]
  try { g(3) } catch (e) { results.push(e.name) }
  try { try { throw 1 } finally { log.push('only') } } catch { results.push('no name') }
  try { throw [1, { a: 2 }] } catch ([a, { a: b, c = () => a }]) { var a2 = a; results.push(a, b, c()); for (;;) { break } }
  for (const x of [1]) try { throw { y: x } } catch ({ y }) { if (y) continue; results.push('never') }
  return [results, log, a2]
}
// ---- a catch whose variable is declared again
function f() {
  try { throw 1 } catch (e) { var e = 2; return [e] }
}
// ---- errors keep their stack's lines
function f() {
  const g = () => {
    return new Error('x').stack
  }
  return g().split('\n').map((line) => (line.match(/(\w+) \(solution\.js:(\d+)/) || []).slice(1))
}
// ---- an error that is not caught
function f() {
  const g = (x) => {
    const y = x
    return y.z.w
  }
  return g({})
}
// ---- something else that is thrown
function f() { (() => { throw { code: 7, list: [1] } })() }
// ---- comments, regular expressions and templates
function f() { // comment {
  /* } */ const r = /[/}]{1,2}\/(?<x>a)/g, s = `a${`b${1 + 1}` + (() => { return '}' })()}c` // `
  const t = (strings, ...values) => strings.raw.join('|') + values.map((v) => v())
  /**/ let q = 4 /2/ 1; <!-- an old comment
  return [r.source, s, t`x\n${() => `y`}z`, q /* ; */]
  // the end
}
// ---- optional chaining and other operators
function f() {
  const o = { a: { b() { return this.c }, c: 1 } }
  let x = null
  x ??= 3; x ||= 4; x &&= 5; x **= 2
  delete o?.z
  return [o?.a?.b?.(), o.x?.y.z, o.q?.(boom()), x ?? 0, typeof nothing, void 0, (1, 2), o.a.b.call({ c: 2 })]
}
// ---- names like those of the tracer
function f($0, $0f = 1, $1 = 2) { const $2i = 3, \u0024\u0033 = 4; return [$0f, $1, $2i, $3] }
// ---- words that are names
function f() {
  var async = 1, of = 2, get = 3, set = 4, let_ = 5, yield = 6, await = 7, static = 8, undefined_ = undefined
  async
  of
  var g = (of) => of
  return [async, of, get, set, yield, await, static, g(9)]
}
// ---- a variable named let
function f() { var let = 1; if (let) let = 2; return let }
// ---- variables named arguments, and this
function f() {
  const g = function () { var arguments = [5]; const self = this; return (() => [arguments, self.x, this.x])() }
  return g.call({ x: 2 }, 1)
}
// ---- destructuring
function f() {
  let a, b, rest
  [a, b = 3, ...rest] = [1, undefined, 4, 5];
  ({ a, x: b = a, ...rest } = { a: 7, z: 9 })
  const { length, [`${length}x`]: c = 'd' } = 'abc'
  return [a, b, rest, length, c]
}
// ---- a class that stands for itself
function f() {
  const A = class B { static make() { return new B() } self() { return B === A } }
  return [A.make().self(), typeof B]
}
// ---- eval and new Function
function f() {
  var x = 1
  eval('var y = x + 1; x = 5')
  return [x, y, new Function('a', 'return a + 1')(2), eval('1;if (x) 7')]
}
// ---- with
function f() { var o = { a: 1 }, a = 5; with (o) a = 2; with (o) { let b = a; a = b + 1 } return [o, a] }
// ---- recursion in all directions
function f() {
  const even = (n) => n === 0 ? true : odd(n - 1), odd = (n) => n !== 0 && even(n - 1)
  const fib = function again(n) { return n < 2 ? n : again(n - 1) + again(n - 2) }
  return [even(6), odd(6), fib(6), (function me(n) { return n && me(n - 1) })(3)]
}
// ---- sorting and other functions of the language that call back
function f() {
  const words = ['b', 'aa', 'c']
  words.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return [words, words.map((w, i) => w + i), words.reduce((a, b) => a + b), [...new Set(words)].filter(Boolean),
    JSON.stringify({ a: 1 }, (k, v) => typeof v === 'number' ? v + 1 : v), 'abc'.replace(/b/, () => { return 'x' })]
}
// ---- values with getters and conversions that count
function f() {
  let count = 0
  const o = { get x() { return ++count }, toString() { count += 10; return 'o' }, toJSON() { count += 100 },
    [Symbol.iterator]: function* () { count += 1000 } }
  const p = new Proxy([1, 2], { get(target, key) { if (key === '0') count += 1e4; return target[key] } })
  const q = [o, p]
  return count
}
// ---- output
function f() {
  console.log('one', { a: [1] })
  for (const x of [1, 2]) console.error(x)
  return null
}
// ---- one line
const f = () => { let n = 0; for (const x of [1, 2, 3]) { if (x % 2) { n += x; continue } else n -= x } while (n > 2) n--; return n }
// ---- symbols and iterators of one's own
function f() {
  class Range { constructor(n) { this.n = n } *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i } }
  const it = { [Symbol.iterator]() { let n = 0; return { next: () => ({ done: n > 1, value: n++ }), return() { n = 99; return {} } } } }
  for (const x of it) if (x) break
  return [[...new Range(3)], [...it], Math.max(...new Range(4))]
}
// ---- an empty function, and one with comments alone
function f() {
  function a() {}
  function b() { /* nothing */ }
  const c = () => {
    // nothing
  }
  return [a(), b(), c(), (async () => {})() instanceof Promise]
}
// ---- keywords that touch what follows
async function f() {
  const g = function* (x) { if(x)throw[x];else yield[1];do(x);while(0);return-1 }, h = async () => { return(await(3)) }
  try { [...g(1)] } catch([e]) { return[e,[...g(0)],await(h())] }
}
