/** What esbuild makes of silk.wasm in the package: a module whose default export is its bytes. */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const folder = dirname(require.resolve('silk-wasm'));
module.exports = { __esModule: true, default: readFileSync(join(folder, 'silk.wasm')) };
