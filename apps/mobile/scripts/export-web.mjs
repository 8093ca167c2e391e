// Exports the web app to dist/ and makes it fit to be served under a strict Content-Security-Policy:
// inline scripts become files, a service worker keeps them all, and text files get .br and .gz companions. It fails when
// a page loads more JavaScript than its budget. Another folder than dist/ may be named.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildServiceWorker } from './build-service-worker.mjs';
import { checkBudget } from './check-budget.mjs';
import { minifyChunks } from './minify-chunks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const scriptFolder = '_expo/static/js/inline';

function exportApp() {
  rmSync(dist, { recursive: true, force: true });
  const environment = {
    ...process.env,
    CI: '1',
    EXPO_NO_TELEMETRY: '1',
    EXPO_OFFLINE: '1',
    EXPO_UNSTABLE_METRO_OPTIMIZE_GRAPH: '1',
    EXPO_UNSTABLE_TREE_SHAKING: '1',
  };
  const { status } = spawnSync('npx', ['expo', 'export', '--platform', 'web', '--output-dir', dist], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Turns every inline script of a page into a file named by its content. */
function externaliseScripts(page) {
  const inlineScript = /<script((?:(?!\ssrc=)[^>])*)>([\s\S]+?)<\/script>/g;
  return page.replace(inlineScript, (_, attributes, code) => {
    const name = `${createHash('sha256').update(code).digest('hex').slice(0, 32)}.js`;
    mkdirSync(join(dist, scriptFolder), { recursive: true });
    writeFileSync(join(dist, scriptFolder, name), code);
    return `<script${attributes} src="/${scriptFolder}/${name}"></script>`;
  });
}

const textFormats = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.svg',
  '.txt',
  '.map',
  '.ico',
]);
const smallestToCompress = 1024;

function compress(file) {
  const content = readFileSync(file);
  if (!textFormats.has(extname(file)) || content.length <= smallestToCompress) return;
  const brotli = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  };
  writeFileSync(`${file}.br`, brotliCompressSync(content, brotli));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

exportApp();
// The tabs' pages a second time, under a path that nobody visits.
rmSync(join(dist, '(tabs)'), { recursive: true, force: true });
for (const file of filesIn(dist).filter((name) => extname(name) === '.html')) {
  // The router's empty title would win over the page's own.
  const page = readFileSync(file, 'utf8').replace('<title data-rh="true"></title>', '');
  writeFileSync(file, externaliseScripts(page));
}
await minifyChunks(join(dist, '_expo/static/js/web'));
await buildServiceWorker(dist);
for (const file of filesIn(dist)) compress(file);
if (!checkBudget(dist)) process.exit(1);
