// Lets the web app import from the file that has something, rather than from an index that hands on all of a package:
// what is imported through an index is bundled with everything else in it, since nearly all of it is CommonJS, which
// the bundler can't shake.
const { dirname, relative } = require('node:path');
const { makeResolve, origin, requiredBy } = require('./exports-of');

/** The path to import `file` by, without the ending that tells platforms apart. */
function pathTo(file, from) {
  const path = relative(dirname(from), file.replace(/(\.web)?\.(js|tsx?)$/, '')).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

/**
 * @param packages The file of each package's index, by the name that it is imported by.
 * @param opaque Files that are not looked through.
 */
module.exports = function throughBarrels({ types: t }, { packages, opaque }) {
  const resolve = makeResolve(packages, opaque);

  /** Where `name` of `source` is written, when it is not there itself. */
  function beyond(source, name, file) {
    const barrel = resolve(source, file);
    const found = barrel && origin(barrel, name, resolve);
    return found && found.file !== barrel ? { path: pathTo(found.file, file), name: found.name } : null;
  }

  const named = (node) => node.name ?? node.value;

  /** `import { a } from` and `export { a } from`; `make` writes a statement with specifiers, and `makeOne` one of them. */
  function rewriteSpecifiers(statement, file, make, makeOne) {
    const { specifiers, source } = statement.node;
    const kept = [];
    const byPath = new Map();
    for (const specifier of specifiers) {
      const isNamed = specifier.type === 'ImportSpecifier' || specifier.type === 'ExportSpecifier';
      const name = isNamed && specifier.importKind !== 'type' && named(specifier.imported ?? specifier.local);
      const found = name && beyond(source.value, name, file);
      if (found) byPath.set(found.path, [...(byPath.get(found.path) ?? []), makeOne(specifier, found.name)]);
      else kept.push(specifier);
    }
    if (byPath.size === 0) return;
    const statements = [...byPath].map(([path, some]) => make(some, t.stringLiteral(path)));
    if (kept.length > 0) statements.push({ ...statement.node, specifiers: kept });
    statement.replaceWithMultiple(statements);
  }

  const makeImport = ({ local }, name) => t.importSpecifier(local, t.identifier(name));
  const exportFrom = (specifiers, source) => t.exportNamedDeclaration(null, specifiers, source);
  const makeExport = ({ exported }, name) => t.exportSpecifier(t.identifier(name), exported);

  /** `const module = require(…)` whose properties are all that is used of it. */
  function rewriteRequire(statement, file) {
    const [{ id, init } = {}, ...more] = statement.node.declarations;
    const source = more.length === 0 && id?.type === 'Identifier' ? requiredBy(init) : null;
    if (source === null || !resolve(source, file)) return;
    const { constant, referencePaths } = statement.scope.getBinding(id.name);
    const isProperty = ({ parent, key }) =>
      parent.type === 'MemberExpression' && key === 'object' && !parent.computed;
    if (!constant || !referencePaths.every(isProperty)) return;
    const modules = new Map();
    let isNeeded = referencePaths.length === 0;
    for (const { parentPath } of referencePaths) {
      const found = beyond(source, parentPath.node.property.name, file);
      if (!found) {
        isNeeded = true;
        continue;
      }
      if (!modules.has(found.path)) modules.set(found.path, statement.scope.generateUidIdentifier(id.name));
      parentPath.node.object = t.cloneNode(modules.get(found.path));
      parentPath.node.property = t.identifier(found.name);
    }
    const requires = [...modules].map(([path, local]) =>
      t.variableDeclaration('const', [
        t.variableDeclarator(local, t.callExpression(t.identifier('require'), [t.stringLiteral(path)])),
      ]),
    );
    if (requires.length > 0)
      statement.replaceWithMultiple(isNeeded ? [statement.node, ...requires] : requires);
  }

  return {
    name: 'through-barrels',
    visitor: {
      Program(program, { filename }) {
        if (!filename) return;
        for (const statement of program.get('body')) {
          const { node } = statement;
          if (node.type === 'ImportDeclaration' && node.importKind !== 'type')
            rewriteSpecifiers(statement, filename, t.importDeclaration, makeImport);
          else if (node.type === 'ExportNamedDeclaration' && node.source && node.exportKind !== 'type')
            rewriteSpecifiers(statement, filename, exportFrom, makeExport);
          else if (node.type === 'VariableDeclaration') rewriteRequire(statement, filename);
        }
        program.scope.crawl();
      },
    },
  };
};
