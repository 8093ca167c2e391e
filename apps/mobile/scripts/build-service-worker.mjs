// Makes sw.js of src/offline/service-worker: bundles it, and writes into it which files the app consists of.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import typescript from 'typescript';
import { injectManifest } from 'workbox-build';

const source = fileURLToPath(new URL('../src/offline/service-worker/service-worker.ts', import.meta.url));

const plainJavaScript = {
  name: 'plain-javascript',
  transform: (code, id) =>
    id.endsWith('.ts')
      ? typescript.transpile(code, { target: 'ES2022', module: 'ESNext', verbatimModuleSyntax: true })
      : null,
};

async function bundle(file) {
  const built = await rollup({
    input: source,
    plugins: [
      resolve({ extensions: ['.js', '.mjs', '.ts'] }),
      replace({ preventAssignment: true, 'process.env.NODE_ENV': JSON.stringify('production') }),
      plainJavaScript,
      terser(),
    ],
  });
  await built.write({ file, format: 'iife' });
  await built.close();
}

/** Everything that pages need, but what only developers read, and what is large and loaded when it is needed. */
const patterns = {
  globPatterns: ['**/*'],
  globIgnores: [
    '**/*.map',
    '**/*.br',
    '**/*.gz',
    '**/guests/**',
    'sw.js',
    'sw.bundle.js',
    '_expo/.routes.json',
  ],
};

/** Where a name holds a hash of the content, the name is revision enough. */
const dontCacheBustURLsMatching = /_expo\/static\//;

const largestFile = 4 * 1024 * 1024;

export async function buildServiceWorker(folder) {
  const bundled = join(folder, 'sw.bundle.js');
  await bundle(bundled);
  const { count, size, warnings } = await injectManifest({
    swSrc: bundled,
    swDest: join(folder, 'sw.js'),
    globDirectory: folder,
    ...patterns,
    modifyURLPrefix: { '': '/' },
    dontCacheBustURLsMatching,
    maximumFileSizeToCacheInBytes: largestFile,
  });
  rmSync(bundled);
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  const own = readFileSync(join(folder, 'sw.js')).length;
  console.log(`sw.js (${own} bytes) keeps ${count} files, ${Math.round(size / 1024)} KB`);
}
