const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { getDefaultConfig } = require('expo/metro-config');
const { replacements, unused } = require('./web-bundle/replacements');

const config = getDefaultConfig(__dirname);

/** What a module's name stands for on the web, with the router's files replaced. */
function resolveForWeb(context, name, platform) {
  const found = context.resolveRequest(context, name, platform);
  if (platform !== 'web' || found.type !== 'sourceFile') return found;
  if (unused.has(found.filePath)) return { type: 'empty' };
  const filePath = replacements.get(found.filePath);
  return filePath ? { type: 'sourceFile', filePath } : found;
}
config.resolver.resolveRequest = resolveForWeb;

// What was transformed before is of no use when how that is done has changed.
const folder = join(__dirname, 'web-bundle');
const hash = createHash('sha256');
for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
config.cacheVersion = hash.digest('hex');

module.exports = config;
