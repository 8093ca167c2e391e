const { dirname, join } = require('node:path');
const { replacements } = require('./web-bundle/replacements');

const fileIn = (name, path) => join(dirname(require.resolve(`${name}/package.json`)), path);

/** The packages whose indexes the web app looks through. */
const packages = () => ({
  'react-native': fileIn('react-native-web', 'dist/index.js'),
  'react-native-web': fileIn('react-native-web', 'dist/index.js'),
  expo: fileIn('expo', 'src/Expo.ts'),
  'expo-modules-core': fileIn('expo-modules-core', 'src/index.ts'),
  'expo-router': fileIn('expo-router', 'build/index.js'),
  'expo-router/react-navigation': fileIn('expo-router', 'build/react-navigation/index.js'),
  'react-native-safe-area-context': fileIn('react-native-safe-area-context', 'lib/module/index.js'),
  'react-native-screens': fileIn('react-native-screens', 'lib/module/index.js'),
  '@tanstack/react-query': fileIn('@tanstack/react-query', 'build/modern/index.js'),
  '@tanstack/query-core': fileIn('@tanstack/query-core', 'build/modern/index.js'),
});

module.exports = (api) => {
  const isWeb = api.caller((caller) => caller?.name === 'metro' && caller.platform === 'web');
  return {
    presets: ['babel-preset-expo'],
    plugins: isWeb
      ? [['./web-bundle/through-barrels', { packages: packages(), opaque: [...replacements.keys()] }]]
      : [],
  };
};
