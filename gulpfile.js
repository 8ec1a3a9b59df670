// Adds to dist what tsc leaves out: icons, codex files and the output schemas, which are derived.
require('tsx/cjs');
const { mkdir, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { dest, parallel, src } = require('gulp');
const { schemaFiles } = require('./scripts/lib/schemaFiles.cts');

const ASSETS = ['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json'];

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

async function schemas() {
	for (const { path, text } of schemaFiles()) {
		const file = join('dist', path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}

exports.default = parallel(assets, schemas);
