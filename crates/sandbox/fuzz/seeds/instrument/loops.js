function f(items, { a = 1, ...rest } = {}) {
  "use strict"
  outer: for (const [key, value] of items) {
    for (let i = 0, j; ; i++) if (i > 3) continue outer; else do j = i; while (j < 2)
    switch (key) { case 1: { break } default: let z = `${value}`; }
  }
  try { return rest?.b ?? a ? (() => ({ a }))() : /x/g } catch ({ message }) { throw message } finally { a++ }
}
