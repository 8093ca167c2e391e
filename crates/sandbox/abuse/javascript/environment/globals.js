// @SAYS@ Tells all that it can reach.
// @EXPECTED@ wrong_answer
// @LIMITS@ {"test_cpu_ms": 2000}
function solve(value) {
  const seen = [];
  const names = [];
  const walk = (holder, path) => {
    if ((typeof holder !== "object" && typeof holder !== "function") || holder === null || seen.includes(holder)) return;
    seen.push(holder);
    for (const key of Reflect.ownKeys(holder)) {
      names.push(`${path}.${String(key)}`);
      const property = Object.getOwnPropertyDescriptor(holder, key);
      walk(property.value, `${path}.${String(key)}`);
      walk(property.get, `${path}.get ${String(key)}`);
    }
    walk(Object.getPrototypeOf(holder), `${path}.__proto__`);
  };
  walk(globalThis, "globalThis");
  return names;
}
