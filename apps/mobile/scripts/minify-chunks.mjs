// Minifies the scripts of an export once more, each as a whole. The bundler minifies module by module, and so names the
// same things differently in each: what repeats itself compresses better.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';

const options = {
  ecma: 2020,
  compress: { ecma: 2020, passes: 2, unsafe_arrows: true },
  // Names of classes and functions are for people; nothing reads them.
  mangle: true,
};

export async function minifyChunks(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  for (const name of names) {
    const file = join(folder, name);
    const { code } = await minify(readFileSync(file, 'utf8'), options);
    writeFileSync(file, code);
  }
}
