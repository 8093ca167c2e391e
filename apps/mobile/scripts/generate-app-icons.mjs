// Draws the app's icons from assets/icon-motif.svg with Chromium. The results are committed: run this only when
// the motif changes. CHROMIUM names the browser (default: chromium).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const motif = readFileSync(join(root, 'assets/icon-motif.svg'), 'utf8').replace(/<!--.*?-->\s*/s, '');
const ground = '#2E2A8C';

/** The motif, scaled about the middle, on a ground with rounded corners; without a ground it is transparent. */
function drawing({ corner = 0, scale = 1, hasGround = true }) {
  const offset = 256 * (1 - scale);
  const back = hasGround ? `<rect width="512" height="512" rx="${corner}" fill="${ground}"/>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${back}<g transform="translate(${offset} ${offset}) scale(${scale})">${motif}</g></svg>`;
}

function writePng(path, size, svg) {
  const folder = mkdtempSync(join(tmpdir(), 'bugdrill-icon-'));
  const page = join(folder, 'icon.html');
  writeFileSync(
    page,
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  const { status } = spawnSync(
    process.env.CHROMIUM ?? 'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--default-background-color=00000000',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--window-size=${size},${size}`,
      `--screenshot=${join(root, path)}`,
      `file://${page}`,
    ],
    { stdio: 'ignore' },
  );
  if (status !== 0) throw new Error(`could not draw ${path}`);
}

writeFileSync(join(root, 'public/icons/icon.svg'), `${drawing({ corner: 112 })}\n`);
writePng('public/icons/icon-192.png', 192, drawing({ corner: 112 }));
writePng('public/icons/icon-512.png', 512, drawing({ corner: 112 }));
writePng('public/icons/icon-maskable-512.png', 512, drawing({ scale: 0.8 }));
writePng('public/icons/apple-touch-icon.png', 180, drawing({}));
writePng('assets/icon.png', 1024, drawing({}));
writePng('assets/icon-foreground.png', 1024, drawing({ scale: 0.62, hasGround: false }));
