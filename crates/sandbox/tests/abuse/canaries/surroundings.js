function surroundings() {
  const found = {
    works: [[3, 1, 2].sort(), "a-b".split("-"), JSON.stringify([1]), parseInt("12"), Object.keys({ a: 1 })],
    inherited: (() => {
      const names = [];
      for (const name in {}) names.push(name);
      for (const name in []) names.push(name);
      return names;
    })(),
    time: [Date.now() > 1.7e12, new Date().getTime() > 1.7e12, Math.random() < 1],
    module: Object.keys(module.exports),
  };
  const source = Function.prototype.toString;
  const describe = (holder, name) =>
    Reflect.ownKeys(holder).map((key) => {
      const property = Object.getOwnPropertyDescriptor(holder, key);
      const flags = `${+!!property.writable}${+property.enumerable}${+property.configurable}`;
      const values = [property.value, property.get, property.set].filter((value) => typeof value === "function");
      return `${String(key)} ${flags} ${values.map((value) => source.call(value).length)}`;
    });
  found.globals = describe(globalThis);
  for (const name of Object.getOwnPropertyNames(globalThis).sort()) {
    const value = globalThis[name];
    if (value === null || (typeof value !== "function" && typeof value !== "object") || value === globalThis) continue;
    found[name] = describe(value);
    if (value.prototype) found[`${name}.prototype`] = describe(value.prototype);
  }
  const hidden = {
    iterator: Object.getPrototypeOf([][Symbol.iterator]()),
    generator: Object.getPrototypeOf(function* () {}),
    async: Object.getPrototypeOf(async function () {}),
    typed: Object.getPrototypeOf(Uint8Array),
  };
  for (const name in hidden) found[name] = [describe(hidden[name]), describe(hidden[name].prototype ?? {})];
  return found;
}
