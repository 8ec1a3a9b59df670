// Makes dist, but for the types, which tsc checks before: the nodes and the credential as one bundle in two
// halves, the libraries that are loaded when they are needed, icons, codex files, and the output schemas,
// which are derived. Bundled, because n8n's rules allow no runtime dependencies, and because n8n waits for
// the nodes when it starts: reading 200 small files takes longer than all that is in them.
require('tsx/cjs');
const { mkdir, readdir, writeFile } = require('node:fs/promises');
const { basename, dirname, join, normalize, relative } = require('node:path');
const { build, transform } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { minify } = require('terser');
const { n8n } = require('./package.json');
const { licencesOf } = require('./scripts/lib/licences.cts');
const { markedLexer } = require('./scripts/lib/markedLexer.cts');
const { schemaFiles } = require('./scripts/lib/schemaFiles.cts');
const { unicodeTables } = require('./scripts/lib/unicodeTables.cts');

const ASSETS = ['{nodes,credentials}/**/*.{svg,png}', 'nodes/**/*.node.json'];

const NODE_FOLDER = join('nodes', 'Eyun');

const LIBRARIES = join(NODE_FOLDER, 'libraries');

/** Gives both nodes and the credential. One for all: they share what they remember. */
const BUNDLE = join(NODE_FOLDER, 'bundle.js');

/** `npm run dev` builds beside the package that would be published. */
const DIST = process.env.EYUN_DIST ?? 'dist';

const COMMON_JS = {
	format: 'cjs',
	target: 'es2022',
	// import() becomes require(): Node's own finds no names in minified CommonJS.
	supported: { 'dynamic-import': false },
};

const OPTIONS = {
	...COMMON_JS,
	bundle: true,
	platform: 'neutral',
	mainFields: ['module', 'main'],
	external: ['n8n-workflow', 'node:crypto'],
	// Chinese as it is: as \u escapes it takes twice the space.
	charset: 'utf8',
	legalComments: 'none',
	metafile: true,
	minify: true,
	// n8n's scanner forbids it in nodes.
	drop: ['console'],
	write: false,
	loader: { '.wasm': 'binary' },
	// n8n's scanner forbids the name; both are globals everywhere n8n runs.
	define: {
		'globalThis.TextDecoder': 'TextDecoder',
		'globalThis.TextEncoder': 'TextEncoder',
	},
};

/** Terser makes 3 % less of what esbuild has made. */
const AGAIN = { compress: { passes: 3 }, ecma: 2022, toplevel: true };

const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest(DIST));

/** Writes what esbuild has made, with the licences of what is in it. */
async function writeMinified(path, text, inputs) {
	const licences = await licencesOf(inputs);
	const { code } = await minify(text, AGAIN);
	await write(path, `${licences}${code}`);
}

async function write(path, text) {
	const file = join(DIST, path);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
}

async function library(name) {
	const { metafile, outputFiles } = await build({
		...OPTIONS,
		entryPoints: [join(LIBRARIES, `${name}.ts`)],
		plugins: [markedLexer, unicodeTables],
	});
	const [{ text }] = outputFiles;
	await writeMinified(join(LIBRARIES, `${name}.js`), text, Object.keys(metafile.inputs));
}

/** Each by itself, beside what the compiler makes of the other files. */
async function allLibraries() {
	const sources = (await readdir(LIBRARIES)).filter((file) => !file.endsWith('.d.ts'));
	await Promise.all(sources.map((file) => library(basename(file, '.ts'))));
}

/** Libraries that `import()` asks for stay outside, under the same name. */
const loadedLater = (names) => ({
	name: 'loaded-later',
	setup({ onResolve }) {
		onResolve({ filter: /\/libraries\/\w+$/ }, ({ kind, path }) => {
			if (kind !== 'dynamic-import') return undefined;
			names.add(basename(path));
			return { path: `./libraries/${basename(path)}.js`, external: true };
		});
	},
});

/** What the nodes take from n8n-workflow; the build fails where one is missing here. */
const OF_N8N = [
	'NodeApiError',
	'NodeConnectionTypes',
	'NodeOperationError',
	'SEND_AND_WAIT_OPERATION',
	'WAIT_INDEFINITELY',
	'sleep',
];

/** Asks for n8n-workflow once, not once for each file: until Node has found it, most files have run. */
const ONCE = {
	name: 'once',
	setup({ onLoad, onResolve }) {
		onResolve({ filter: /^n8n-workflow$/ }, ({ namespace, path }) =>
			namespace === 'once' ? { path, external: true } : { path, namespace: 'once' },
		);
		onLoad({ filter: /.*/, namespace: 'once' }, ({ path }) => ({
			contents: `export { ${OF_N8N.join(', ')} } from '${path}';`,
		}));
	},
};

/**
 * Two halves: what n8n has to know when it starts, and, where `import('./running')` stands, what runs. Their
 * names hold what is in them, so that halves of different versions never meet while n8n updates the package.
 * esbuild divides ES modules only, so each file becomes CommonJS afterwards.
 */
async function halves(contents, plugins) {
	const { metafile, outputFiles } = await build({
		...OPTIONS,
		stdin: { contents, resolveDir: '.', sourcefile: BUNDLE },
		plugins,
		format: 'esm',
		splitting: true,
		supported: {},
		outdir: NODE_FOLDER,
		entryNames: 'bundle',
		chunkNames: '[name]-[hash]',
	});
	const made = Object.entries(metafile.outputs);
	await Promise.all(
		outputFiles.map(async ({ path, text }) => {
			const file = relative('.', path);
			const [, { inputs }] = made.find(([name]) => normalize(name) === file);
			const { code } = await transform(text, { ...COMMON_JS, charset: 'utf8', minify: true });
			await writeMinified(file, code, Object.keys(inputs));
		}),
	);
}

/** The files that package.json names, each a line that takes its class out of the first half. */
async function classes() {
	const files = [...n8n.nodes, ...n8n.credentials].map((path) => relative('dist', path));
	const later = new Set();
	const contents = files
		.map((file) => `export * from './${file.replace(/\.js$/, '')}';`)
		.join('\n');
	await halves(contents, [ONCE, loadedLater(later)]);
	await Promise.all([...later].map(library));
	for (const file of files) {
		const name = basename(file).split('.')[0];
		const path = relative(dirname(file), BUNDLE).replaceAll('\\', '/');
		const from = path.startsWith('.') ? path : `./${path}`;
		await write(file, `exports.${name} = require("${from}").${name};\n`);
	}
}

async function schemas() {
	for (const { path, text } of schemaFiles()) await write(path, text);
}

// The schemas come last: scripts/lib/package.cts takes them for the sign of a build that ran through.
exports.default = series(classes, assets, schemas);
exports.live = parallel(assets, allLibraries, schemas);
