// What modules export, and where it is written: enough of JavaScript's modules, and of what TypeScript makes of them,
// to find through files that only hand on what others export.
const { existsSync, readFileSync, statSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { parse } = require('@babel/core');

// In the bundler's order.
const extensions = ['ts', 'tsx', 'mjs', 'js'].flatMap((end) => [`.web.${end}`, `.${end}`]);

const isFile = (path) => existsSync(path) && statSync(path).isFile();

/** The file that a relative path means on the web, or null. */
function fileAt(path) {
  const candidates = [
    path,
    ...extensions.map((end) => path + end),
    ...extensions.map((end) => join(path, `index${end}`)),
  ];
  return candidates.find(isFile) ?? null;
}

const isCall = (node, name) => node?.type === 'CallExpression' && node.callee.name === name;

/** The path in `require('path')`, or null. */
const requiredBy = (node) =>
  isCall(node, 'require') && node.arguments[0]?.type === 'StringLiteral' ? node.arguments[0].value : null;

const nameOf = (node) => node.name ?? node.value;

/** `Object.defineProperty(exports, 'name', { get: () => imported.property })`, as [name, imported, property]. */
function definedGetter(expression) {
  if (expression.type !== 'CallExpression' || expression.callee.property?.name !== 'defineProperty')
    return null;
  const [target, name, descriptor] = expression.arguments;
  if (target?.name !== 'exports' || descriptor?.type !== 'ObjectExpression') return null;
  const getter = descriptor.properties.find((property) => nameOf(property.key) === 'get')?.value;
  const returned = getter?.body?.body?.[0]?.argument;
  if (returned?.type !== 'MemberExpression' || returned.object.type !== 'Identifier') return null;
  return [name.value, returned.object.name, returned.property.name];
}

/** What the parser needs to know of a file's language, by its ending. */
const syntaxOf = (file) =>
  file.endsWith('.ts') ? ['typescript'] : file.endsWith('.tsx') ? ['typescript', 'jsx'] : ['jsx'];

/** Reads the statements of a file: what it hands on by name, and of which files it hands on everything. */
function readExports(file) {
  const named = new Map();
  const everythingOf = [];
  const imported = new Map();
  const statements = {
    ImportDeclaration({ specifiers, source }) {
      for (const { type, local, imported: name } of specifiers) {
        if (type === 'ImportNamespaceSpecifier') continue;
        imported.set(local.name, { source: source.value, name: name ? nameOf(name) : 'default' });
      }
    },
    ExportNamedDeclaration({ specifiers, source, declaration, exportKind }) {
      if (exportKind === 'type') return;
      for (const { type, local, exported } of specifiers) {
        if (type !== 'ExportSpecifier') continue;
        const from = source ? { source: source.value, name: nameOf(local) } : imported.get(local.name);
        named.set(nameOf(exported), from ?? null);
      }
      for (const { id } of declaration?.declarations ?? []) named.set(id.name, null);
      if (declaration?.id) named.set(declaration.id.name, null);
    },
    ExportDefaultDeclaration({ declaration }) {
      named.set('default', imported.get(declaration.name) ?? null);
    },
    ExportAllDeclaration({ source, exportKind }) {
      if (exportKind !== 'type') everythingOf.push(source.value);
    },
    VariableDeclaration({ declarations }) {
      for (const { id, init } of declarations) {
        const source = requiredBy(init);
        if (source !== null && id.type === 'Identifier') imported.set(id.name, { source, name: null });
      }
    },
    ExpressionStatement({ expression }) {
      if (isCall(expression, '__exportStar')) everythingOf.push(requiredBy(expression.arguments[0]));
      const [name, from, property] = definedGetter(expression) ?? [];
      const module = imported.get(from);
      if (name)
        named.set(name, module && module.name === null ? { source: module.source, name: property } : null);
      if (expression.type === 'AssignmentExpression') readAssignment(expression);
    },
  };
  /** `exports.a = exports.b = …` only says that there will be such exports, or what they are. */
  function readAssignment({ left, right }) {
    const name = left.object?.name === 'exports' ? left.property.name : null;
    if (name && !named.get(name)) named.set(name, null);
    if (right.type === 'AssignmentExpression') readAssignment(right);
  }
  const ast = parse(readFileSync(file, 'utf8'), {
    filename: file,
    configFile: false,
    babelrc: false,
    sourceType: 'unambiguous',
    parserOpts: { plugins: syntaxOf(file) },
  });
  for (const statement of ast.program.body) statements[statement.type]?.(statement);
  return { named, everythingOf };
}

const known = new Map();

function exportsOf(file) {
  if (!known.has(file)) known.set(file, readExports(file));
  return known.get(file);
}

/** Finds the file that `source` means in `file`; null for what is not to be looked into. */
function makeResolve(packages, opaque) {
  return (source, file) => {
    if (typeof source !== 'string') return null;
    const found = source.startsWith('.') ? fileAt(join(dirname(file), source)) : packages[source];
    return found && !opaque.includes(found) ? found : null;
  };
}

/** Where an export of a file is really written: `{ file, name }`, or null where that can't be told. */
function origin(file, name, resolve, visited = new Set()) {
  if (!/\.(mjs|[jt]sx?)$/.test(file) || visited.has(`${file} ${name}`)) return null;
  visited.add(`${file} ${name}`);
  const { named, everythingOf } = exportsOf(file);
  if (named.has(name)) {
    const from = named.get(name);
    const next = from && resolve(from.source, file);
    return (next && origin(next, from.name, resolve, visited)) ?? { file, name };
  }
  if (name === 'default') return null;
  for (const source of everythingOf) {
    const next = resolve(source, file);
    const found = next && origin(next, name, resolve, visited);
    if (found) return found;
  }
  return null;
}

module.exports = { makeResolve, origin, requiredBy };
