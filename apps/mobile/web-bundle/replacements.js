// What of the router's files the web app has something smaller for: the router holds all that any app may show, and
// nothing of it can be left out by options. Paths are those of `expo-router/build`, without `.js`.
const { dirname, join } = require('node:path');
const { existsSync } = require('node:fs');

const router = join(dirname(require.resolve('expo-router/package.json')), 'build');
const ours = join(__dirname, '../src/navigation/web');

/** Replaced by a module of ours with those of its exports that are used. */
const replaced = {
  'fork/native-stack/createNativeStackNavigator': 'stack-navigator.tsx',
  'head/ExpoHead': 'head.tsx',
  'layouts/stack-utils/index': 'stack-utils.ts',
  'native-tabs/NativeTabTrigger': 'native-tab-trigger.ts',
  'react-navigation/bottom-tabs/index': 'tab-navigator.tsx',
  'views/EmptyRoute': 'placeholders.ts',
  'views/SuspenseFallback': 'placeholders.ts',
};

/** Never reached: links, the routes that an app without some gets, and a page for developers. */
const unused = ['link/Link', 'views/Navigator', 'views/Sitemap', 'views/Unmatched'];

function fileOf(path) {
  const file = join(router, `${path}.js`);
  if (!existsSync(file))
    throw new Error(`expo-router has no ${path} any more: see web-bundle/replacements.js`);
  return file;
}

/** Our file for each of the router's. */
const replacements = new Map(
  Object.entries(replaced).map(([path, file]) => [fileOf(path), join(ours, file)]),
);

module.exports = { replacements, unused: new Set(unused.map(fileOf)) };
