// Sorting by a function that says yes or no, `(a, b) => a > b`, which is a bug: it never says that `a` comes first. The
// sort of V8 leaves the array as it is then; that of QuickJS would sort some. This is the only wrong function that is
// the same in both.

const sortArray = method(Array.prototype, "sort");
const sortCopy = method(Array.prototype, "toSorted");
const EQUAL = () => 0;

// What there is to sort by in the place of `compare`.
function comparatorOf(list, compare) {
  if (typeof compare !== "function" || !isArray(list) || list.length < 2) return compare;
  const first = own(list, 0);
  const second = own(list, 1);
  if (first === undefined || second === undefined || first === HIDDEN || second === HIDDEN) return compare;
  // As V8 asks first.
  return typeof apply(compare, undefined, [second, first]) === "boolean" ? EQUAL : compare;
}

const sorting = {
  sort(compare) {
    return sortArray(this, comparatorOf(this, compare));
  },
  toSorted(compare) {
    return sortCopy(this, comparatorOf(this, compare));
  },
};
for (const name of keysOf(sorting)) publish(Array.prototype, name, sorting[name]);
