// Measures in how few taps each bug of content/ can be fixed with the editor's bar, without a keyboard, and prints
// a table. With --check it fails if too few fixes take four taps or fewer; --all lists every fix.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { parse } from 'smol-toml';
import { shortestTaps } from './shortest-taps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const content = join(root, '../../content');
const options = new Set(process.argv.slice(2));

/** The share of all fixes that must be possible in so few taps. */
const aim = { taps: 4, share: 0.85 };
const mostTaps = 6;

const jiti = createJiti(import.meta.url, { alias: { '@': join(root, 'src') } });
const load = (name) => jiti.import(join(root, 'src/editor', name));
const editor = Object.assign(
  {},
  ...(await Promise.all(
    ['tokens.ts', 'terms.ts', 'token-offers.ts', 'line-edits.ts', 'code-edits.ts'].map(load),
  )),
);

const languages = [
  { language: 'python', file: 'reference.py' },
  { language: 'javascript', file: 'reference.js' },
];

/** Every bug in every language: the code with it, and the code without. */
function fixesOf(path) {
  const bug = parse(readFileSync(join(content, path), 'utf8'));
  const exercise = dirname(dirname(path));
  return languages.flatMap(({ language, file }) => {
    const edit = bug[language];
    if (!edit) return [];
    const goal = readFileSync(join(content, exercise, file), 'utf8');
    if (!goal.includes(edit.find)) throw new Error(`${path}: the ${language} edit does not fit`);
    const code = goal.replace(edit.find, () => edit.replace);
    return [{ name: `${exercise}/${bug.id}`, type: bug.type, language, code, goal }];
  });
}

const paths = readdirSync(content, { recursive: true })
  .filter((path) => /bugs\/[^/]+\.toml$/.test(path))
  .sort();
const fixes = paths.flatMap(fixesOf).map((fix) => ({
  ...fix,
  found: shortestTaps(editor, fix.language, fix.code, fix.goal, mostTaps),
}));

const columns = [
  ['≤ 2', (taps) => taps <= 2],
  ['3', (taps) => taps === 3],
  ['4', (taps) => taps === 4],
  ['5', (taps) => taps === 5],
  ['6', (taps) => taps === 6],
  ['not found', (taps) => taps === null],
];

const percent = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
const tapsOf = ({ found }) => found?.taps.length ?? null;
const isFew = (fix) => fix.found !== null && tapsOf(fix) <= aim.taps;

function row(name, group) {
  const counts = columns.map(([, fits]) => group.filter((fix) => fits(tapsOf(fix))).length);
  return `| ${[name, group.length, ...counts, percent(group.filter(isFew).length, group.length)].join(' | ')} |`;
}

const header = ['', 'fixes', ...columns.map(([name]) => name), `≤ ${aim.taps}`];
console.log(`| ${header.join(' | ')} |\n|---|${'--:|'.repeat(header.length - 1)}`);
console.log(row('all', fixes));
for (const { language } of languages) {
  console.log(
    row(
      language,
      fixes.filter((fix) => fix.language === language),
    ),
  );
}
for (const type of [...new Set(fixes.map((fix) => fix.type))].sort()) {
  console.log(
    row(
      type,
      fixes.filter((fix) => fix.type === type),
    ),
  );
}

const few = fixes.filter(isFew);
const inSight = few.filter(({ found }) => found.beyond === 0);
console.log(
  `\nOf the ${few.length} fixes in at most ${aim.taps} taps, ${inSight.length} (${percent(inSight.length, few.length)}) ` +
    'need only keys that are among the first eight of their row.',
);
for (const { name, language, found } of options.has('--all') ? fixes : fixes.filter((fix) => !isFew(fix))) {
  console.log(
    `${name} (${language}): ${found?.taps.join(' → ') ?? 'not found'}${found?.beyond ? ` [${found.beyond} beyond]` : ''}`,
  );
}

const share = few.length / fixes.length;
if (options.has('--check') && share < aim.share) {
  console.error(`Only ${percent(few.length, fixes.length)} of the fixes take ${aim.taps} taps or fewer.`);
  process.exit(1);
}
