const { defineConfig } = require('eslint/config');
const expo = require('eslint-config-expo/flat');

module.exports = defineConfig([
  expo,
  { files: ['web-bundle/*.js'], languageOptions: { globals: { __dirname: 'readonly' } } },
  { ignores: ['dist/*', '.expo/*', 'src/api/*schema.d.ts', 'ios/*', 'android/*'] },
]);
