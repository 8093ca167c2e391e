// Makes what a browser runs code with, in target/offline: the worker, the sandbox's guests and what judges their answers,
// with a manifest of the files. Needs target/guests and the core module of crates/offline.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { build } from 'esbuild';
import { limitMemory } from './limit-memory.mjs';

const target = new URL('../../target/', import.meta.url);
const output = new URL('offline/', target);
const read = (name) => readFileSync(new URL(name, target));

/** What a guest may have on the server as well: 128 MB. */
const maxPages = 2048;

const limits = (module) => limitMemory(module, maxPages);

/** A component as core modules, and the source of the bindings that put them together. */
async function transpile(name, component) {
  const { files } = await transpileBytes(component, {
    name,
    instantiation: 'sync',
    noTypescript: true,
    tlaCompat: false,
    nodejsCompat: false,
    optimize: false,
    minify: false,
  });
  const modules = {};
  let bindings = '';
  for (const [file, bytes] of Object.entries(files)) {
    if (file.endsWith('.wasm')) modules[file] = limits(bytes);
    else if (file.endsWith('.js')) bindings = Buffer.from(bytes).toString();
  }
  return { modules, bindings };
}

const offlineComponent = await componentNew(
  read('offline-build/wasm32-unknown-unknown/release/bugdrill_offline.wasm'),
);
const python = await transpile('python', read('guests/python.wasm'));
const offline = await transpile('offline', offlineComponent);
const javaScript = { 'javascript.wasm': limits(read('guests/javascript.wasm')) };

const { outputFiles } = await build({
  entryPoints: [new URL('src/worker.ts', import.meta.url).pathname],
  bundle: true,
  write: false,
  format: 'iife',
  target: ['chrome114', 'safari17', 'firefox120'],
  minify: true,
  plugins: [
    {
      name: 'components',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^bugdrill:/ }, ({ path }) => ({ path, namespace: 'component' }));
        onLoad({ filter: /.*/, namespace: 'component' }, ({ path }) => ({
          contents: path === 'bugdrill:python' ? python.bindings : offline.bindings,
        }));
      },
    },
  ],
});
const worker = { 'worker.js': outputFiles[0].contents };

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const files = {};
for (const [name, bytes] of Object.entries({
  ...worker,
  ...offline.modules,
  ...javaScript,
  ...python.modules,
})) {
  const compressed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(new URL(`${name}.br`, output), compressed);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  files[name] = { hash, bytes: bytes.length, compressed: compressed.length };
}
const base = Object.keys(offline.modules);
const languages = {
  javascript: [...base, ...Object.keys(javaScript)],
  python: [...base, ...Object.keys(python.modules)],
};
const manifest = { protocol: 1, files, worker: 'worker.js', languages };
writeFileSync(new URL('manifest.json', output), JSON.stringify(manifest));
const size = (names) => Math.round(names.reduce((sum, name) => sum + files[name].compressed, 0) / 1000);
for (const [language, names] of Object.entries(languages)) {
  console.log(`offline: ${language} takes ${size([...names, 'worker.js'])} KB`);
}
