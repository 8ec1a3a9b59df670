/** What a well-meant change in the repository would break without a word: see docs/traps.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** What is written by hand: the folders that hold source, and the top level. */
const files = [
	'nodes',
	'credentials',
	'simulator',
	'test',
	'bench',
	'scripts',
	'spec',
	'.',
].flatMap((folder) =>
	readdirSync(join(ROOT, folder), { recursive: folder !== '.', withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll(sep, '/')),
);

const isShipped = (file: string) => /^(nodes|credentials)\//.test(file);

it('sees the sources', () => expect(files.filter(isShipped).length).toBeGreaterThan(100));

it('the lock file names no registry', () => {
	const { packages } = JSON.parse(read('package-lock.json')) as {
		packages: Record<string, { resolved?: string }>;
	};
	const resolved = Object.values(packages).filter((entry) => entry.resolved !== undefined);
	expect(resolved).toEqual([]);
	expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
});

it('install scripts are off, because two dependencies fail in theirs', () => {
	expect(read('.npmrc')).toContain('ignore-scripts=true');
});

it('eslint.config.mjs is that of n8n, to the byte', () => {
	expect(read('eslint.config.mjs')).toBe(
		"import { config } from '@n8n/node-cli/eslint';\n\nexport default config;\n",
	);
});

it('TypeScript is .ts where it is shipped and .cts elsewhere', () => {
	const wrong = files.filter((file) =>
		isShipped(file) ? /\.[cm]ts$/.test(file) : /\.m?ts$/.test(file),
	);
	expect(wrong).toEqual([]);
});

it('shipped code imports itself, n8n-workflow and node:crypto; libraries/ alone imports others', () => {
	const wrong = files
		.filter((file) => isShipped(file) && file.endsWith('.ts') && !file.includes('/libraries/'))
		.flatMap((file) =>
			[...read(file).matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)|\brequire\('([^']+)'\)/g)]
				.map(([, ...names]) => names.find((name) => name !== undefined) ?? '')
				.filter((name) => !/^(\.{1,2}\/|n8n-workflow$|node:crypto$)/.test(name))
				.map((name) => `${file}: ${name}`),
		);
	expect(wrong).toEqual([]);
});

it('no lint rule is switched off in shipped code, since n8n ignores that', () => {
	const wrong = files.filter(
		(file) => isShipped(file) && file.endsWith('.ts') && read(file).includes('eslint-disable'),
	);
	expect(wrong).toEqual([]);
});

describe('words', () => {
	const shipped = files.filter((file) => isShipped(file) && /\.(ts|json)$/.test(file));

	it('the gateway is Eyun; only what the nodes are found by and titles of its pages have its Chinese name', () => {
		const users = shipped.filter((file) =>
			read(file)
				.replace(/title: '.*'/g, '')
				.includes('E云'),
		);
		expect(users.sort()).toEqual(['nodes/Eyun/Eyun.node.json', 'nodes/Eyun/EyunTrigger.node.json']);
	});

	it('comments name no chapter by a code', () => {
		expect(shipped.filter((file) => /FACTS [a-f]\b/.test(read(file)))).toEqual([]);
	});
});
