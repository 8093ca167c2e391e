// Fails when a page of the export loads more JavaScript before it can be used than its budget, compressed by gzip.
// A folder other than dist/ may be named.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** In bytes. The drill has its editor's code to show besides; CodeMirror comes when that is there to be read. */
const budgets = { 'drill/[id].html': 350_000 };
const budgetOfOthers = 250_000;

/** The scripts that a page names, each once. */
function scriptsOf(page) {
  const names = page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/([^"]+\.js)"/g);
  return [...new Set([...names].map(([, name]) => decodeURIComponent(name)))];
}

function measure(folder) {
  const sizes = new Map();
  const sizeOf = (name) => {
    if (!sizes.has(name)) sizes.set(name, gzipSync(readFileSync(join(folder, name)), { level: 9 }).length);
    return sizes.get(name);
  };
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.html'))
    .map((name) => ({
      name,
      size: scriptsOf(readFileSync(join(folder, name), 'utf8')).reduce(
        (sum, script) => sum + sizeOf(script),
        0,
      ),
      budget: budgets[name] ?? budgetOfOthers,
    }))
    .sort((one, other) => other.size / other.budget - one.size / one.budget);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/** Whether all pages are within their budgets; says which is the nearest to it, and which are not. */
export function checkBudget(folder) {
  const pages = measure(folder);
  const tooLarge = pages.filter(({ size, budget }) => size > budget);
  for (const { name, size, budget } of tooLarge)
    console.error(`${name} loads ${kilobytes(size)} of JavaScript; its budget is ${kilobytes(budget)}`);
  const [{ name, size, budget }] = pages;
  if (tooLarge.length === 0)
    console.log(`All pages are within their budgets; ${name} has ${kilobytes(size)} of ${kilobytes(budget)}`);
  return tooLarge.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  if (!checkBudget(resolve(process.argv[2] ?? dist))) process.exit(1);
}
