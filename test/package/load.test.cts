/**
 * The package as it is published: what n8n's own loader makes of `dist`, what the tarball holds,
 * what package.json promises. Needs `npm run build` first (`npm test` does it).
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PackageDirectoryLoader } from 'n8n-core';
import { isINodePropertyOptionsList, type INodeTypeDescription } from 'n8n-workflow';
import { compounds } from '../../nodes/Eyun/compound/description';
import packageJson from '../../package.json';
import endpoints from '../../spec/endpoints.json';

const ROOT = resolve(__dirname, '..', '..');

/** What the tarball may weigh without the codec: two thirds are our own code, a sixth is RE2. */
const MOST_BYTES = 200_000;

describe('dist, loaded by n8n', () => {
	const loader = new PackageDirectoryLoader(ROOT);
	const node = (name: string) =>
		loader.getNode(name).type.description as unknown as INodeTypeDescription;

	beforeAll(async () => {
		if (!existsSync(join(ROOT, 'dist'))) throw new Error('There is no dist: run "npm run build"');
		await loader.loadAll();
	});

	it('holds the two nodes and the credential', () => {
		expect(Object.keys(loader.known.nodes).sort()).toEqual(['eyun', 'eyunTrigger']);
		expect(Object.keys(loader.known.credentials)).toEqual(['eyunApi']);
		expect(loader.known.credentials.eyunApi.supportedNodes?.sort()).toEqual([
			'eyun',
			'eyunTrigger',
		]);
	});

	it.each([
		['eyun', 'Eyun WeChat'],
		['eyunTrigger', 'Eyun WeChat Trigger'],
	])('knows %s as %s, with its credential', (name, displayName) => {
		expect(node(name)).toMatchObject({
			displayName,
			credentials: [{ name: 'eyunApi', required: true }],
		});
	});

	it('starts the trigger at version 1.1, because n8n treats 1 specially and slowly', () => {
		expect(versionsOf(node('eyunTrigger'))[0]).toBe(1.1);
		expect(versionsOf(node('eyun'))).toEqual([1, 1.1, 1.2]);
	});

	it.each(['Eyun', 'EyunTrigger'])('has the newest version of %s in its codex file', (name) => {
		const file = join(ROOT, 'dist', 'nodes', 'Eyun', `${name}.node.json`);
		const codex = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
		const { defaultVersion } = node(name.replace(/^E/, 'e'));
		expect(codex).toMatchObject({ nodeVersion: String(defaultVersion), codexVersion: '1.0' });
	});

	it.each(['eyun', 'eyunTrigger'])('finds %s by the names people search for', (name) => {
		const alias = node(name).codex?.alias ?? [];
		expect(alias).toEqual(
			expect.arrayContaining(['wechat', 'weixin', '微信', 'E云', 'eyun', 'wkteam']),
		);
	});

	it.each(['eyun', 'eyunTrigger'])('has a light and a dark icon for %s', (name) => {
		const urls = Object.values(node(name).iconUrl as unknown as Record<string, string>);
		expect(urls).toHaveLength(2);
		for (const url of urls) expect(fileBehind(url)).toBe(true);
	});

	it('has an icon for the credential', () => {
		const { iconUrl } = loader.getCredential('eyunApi').type;
		const urls = typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl ?? {});
		expect(urls.length).toBeGreaterThan(0);
		for (const url of urls) expect(fileBehind(url)).toBe(true);
	});

	it('offers every operation of the vendor once, and the compound ones', () => {
		const offered = node('eyun')
			.properties.filter(({ name }) => name === 'operation')
			.flatMap(({ options, displayOptions }) => {
				const resource = String(displayOptions?.show?.resource?.[0]);
				return isINodePropertyOptionsList(options)
					? options.map(({ value }) => `${resource}.${String(value)}`)
					: [];
			});
		expect(new Set(offered).size).toBe(offered.length);
		expect(offered).toHaveLength(endpoints.length + compounds.operations.length);
	});

	/** n8n serves icons under `icons/<package>/<path in the package>`. */
	function fileBehind(url: string): boolean {
		return existsSync(join(ROOT, url.replace(`icons/${packageJson.name}/`, '')));
	}
});

function versionsOf({ version }: INodeTypeDescription): number[] {
	return Array.isArray(version) ? version : [version];
}

describe('the tarball', () => {
	const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		shell: process.platform === 'win32',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ files, size }] = JSON.parse(printed) as Array<{
		files: Array<{ path: string }>;
		size: number;
	}>;
	const paths = files.map(({ path }) => path);

	it('holds dist and what npm always adds, nothing else', () => {
		const always = ['package.json', 'index.js', 'LICENSE', 'README.md', 'CHANGELOG.md'];
		const others = paths.filter((path) => !path.startsWith('dist/') && !always.includes(path));
		expect(others).toEqual([]);
	});

	it('stays small, the codec of voices aside', () => {
		const codec = readFileSync(join(ROOT, 'dist', 'nodes', 'Eyun', 'libraries', 'silk.js'));
		expect(size - gzipSync(codec, { level: 9 }).length).toBeLessThanOrEqual(MOST_BYTES);
	});

	it('holds only code, icons and JSON under dist', () => {
		const odd = paths.filter(
			(path) =>
				path.startsWith('dist/') &&
				!/^dist\/(nodes|credentials)\/.*\.(js|json|svg|png)$/.test(path),
		);
		expect(odd).toEqual([]);
	});

	it('holds every file that package.json names', () => {
		const named = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials, packageJson.main];
		expect(paths).toEqual(expect.arrayContaining(named));
	});

	it('imports nothing that n8n does not provide', () => {
		const allowed = /^(\.{1,2}\/|node:crypto$|n8n-workflow$|lodash|luxon$|zod$|p-limit$)/;
		const foreign = paths
			.filter((path) => path.startsWith('dist/') && path.endsWith('.js'))
			.flatMap((path) => {
				const code = readFileSync(join(ROOT, path), 'utf8');
				return [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => `${path}: ${name}`);
			})
			.filter((line) => !allowed.test(line.split(': ')[1]));
		expect(foreign).toEqual([]);
	});
});

describe('the bundles', () => {
	const folder = join(ROOT, 'dist', 'nodes', 'Eyun');
	const bundle = (name: string) => readFileSync(join(folder, name), 'utf8');

	/** By the name without what it holds: `running-ABCDEFGH.js` is `running`. */
	const half = (name: string) =>
		readdirSync(folder).find((file) => new RegExp(`^${name}-\\w{8}\\.js$`).test(file)) ?? name;

	it('are the two halves of all nodes, and one of each library that is loaded when it is needed', () => {
		const scripts = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
			.map((path) => path.replaceAll('\\', '/'))
			.filter((path) => path.endsWith('.js'));
		expect(scripts.sort()).toEqual([
			'credentials/EyunApi.credentials.js',
			'nodes/Eyun/Eyun.node.js',
			'nodes/Eyun/EyunTrigger.node.js',
			'nodes/Eyun/bundle.js',
			`nodes/Eyun/${half('chunk')}`,
			'nodes/Eyun/libraries/markdown.js',
			'nodes/Eyun/libraries/regex.js',
			'nodes/Eyun/libraries/silk.js',
			`nodes/Eyun/${half('running')}`,
		]);
	});

	it.each([
		[half('running'), ['@rgrove/parse-xml', 'ipaddr.js']],
		['libraries/markdown.js', ['marked']],
		['libraries/regex.js', ['re2js']],
		['libraries/silk.js', ['silk-wasm']],
	])('%s has the licences of %j', (name, packages) => {
		const comments = [...bundle(name).matchAll(/^\/\*\n([^\n]+)\n([^]*?)\*\/$/gm)];
		expect(comments.map(([, of]) => of).sort()).toEqual(packages);
		for (const [, , licence] of comments) {
			expect(licence).toMatch(/Permission (is hereby granted|to use)|Apache License/);
		}
	});

	it('name the makers of what silk-wasm was compiled from', () => {
		const silk = bundle('libraries/silk.js');
		expect(silk).toContain('idranme');
		expect(silk).toContain('Skype Limited. All rights reserved.');
		expect(silk).toContain('Konata Project');
	});

	it('have a codec that reads no files, starts no programs and makes no code from text', () => {
		expect(bundle('libraries/silk.js')).not.toMatch(
			/\brequire\w*\(|\bimport\(|\beval\(|\bFunction\(|\bfetch\(|XMLHttpRequest|\bprocess\b/,
		);
	});

	/** What a fresh process has loaded of dist after it ran some code with both nodes. */
	const loaded = (code: string) => {
		const nodes = packageJson.n8n.nodes.map((file) => `require('./${file}')`).join(', ');
		const script = String.raw`(async () => {
			const [{ Eyun }, { EyunTrigger }] = [${nodes}];
			const libraries = './dist/nodes/Eyun/libraries/';
			${code}
		})().then(() => console.log(JSON.stringify(
			Object.keys(require.cache).flatMap((file) => /Eyun.(?:libraries.)?([\w.]+?)(?:-\w{8})?\.js$/.exec(file)?.[1] ?? []))))`;
		const output = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
		return (JSON.parse(output) as string[]).sort();
	};
	/** Code that activates a trigger with a pattern; it gives back, or fails with, what is expected. */
	const activation = (textMatches: string, expected: string) => `
		const parameters = {
			options: ${JSON.stringify({ textMatches })},
			callbackManagement: 'manual',
			manualSecret: 'a-secret-of-twenty-letters',
		};
		const came = await new EyunTrigger().webhookMethods.default.create.call({
			getNode: () => ({ id: 'a', name: 'Trigger', type: 'eyunTrigger' }),
			getMode: () => 'manual',
			getWorkflow: () => ({ id: 'b' }),
			getWorkflowStaticData: () => ({}),
			// By it the nodes tell that n8n is new enough.
			getSignedResumeUrl: () => "",
			getNodeParameter: (name, fallback) => parameters[name] ?? fallback,
		}).catch(({ message }) => message);
		const expected = ${expected};
		if (expected === true ? came !== true : !expected.test(came)) throw new Error(came);`;
	const AT_FIRST = ['Eyun.node', 'EyunTrigger.node', 'bundle', 'chunk'];
	const WHEN_THEY_RUN = [...AT_FIRST, 'running'];

	it('leave on the disk what n8n does not need when it starts', () => {
		expect(loaded('new Eyun(); new EyunTrigger();')).toEqual(AT_FIRST);
	});

	it('say what to do when the other half is gone, because the package was updated by hand', () => {
		const copy = mkdtempSync(join(tmpdir(), 'eyun-'));
		try {
			cpSync(folder, copy, { recursive: true });
			rmSync(join(copy, half('running')));
			const script = `const { Eyun } = require(${JSON.stringify(join(copy, 'bundle.js'))});
				new Eyun().execute().catch(({ message }) => console.log(message));`;
			const output = execFileSync(process.execPath, ['-e', script], {
				env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
				encoding: 'utf8',
			});
			expect(output).toMatch(/^Restart n8n: n8n-nodes-eyun was updated or removed/);
		} finally {
			rmSync(copy, { recursive: true });
		}
	});

	it('leave the libraries on the disk until they are needed', () => {
		expect(loaded(activation('', 'true'))).toEqual(WHEN_THEY_RUN);
	});

	it('read patterns with the library, once it is needed', () => {
		const withPatterns = [...AT_FIRST, 'regex', 'running'];
		expect(loaded(activation('^\\p{Han}+$', 'true'))).toEqual(withPatterns);
		const mistake = '/Text Matches is not valid: .*missing closing \\)/';
		expect(loaded(activation('(', mistake))).toEqual(withPatterns);
	});

	/** Node's own import() finds no names in them. */
	it('ask for each other, and for libraries, with require()', () => {
		const asked = ['bundle.js', half('chunk'), half('running')].flatMap(
			(name) => bundle(name).match(/\b(?:import|require)\("\.[^"]*"\)/g) ?? [],
		);
		expect([...new Set(asked)].sort()).toEqual([
			`require("./${half('chunk')}")`,
			'require("./libraries/markdown.js")',
			'require("./libraries/regex.js")',
			'require("./libraries/silk.js")',
			`require("./${half('running')}")`,
		]);
	});

	it('have libraries that work', () => {
		const use = String.raw`const { Lexer } = require(libraries + 'markdown.js');
			const { RE2JS } = require(libraries + 'regex.js');
			const { silkWasm } = require(libraries + 'silk.js');
			await WebAssembly.compile(silkWasm);
			if (Lexer.lex('# a')[0].type !== 'heading') throw new Error('markdown');
			if (!RE2JS.compile('^\\p{Han}+$').matcher('\u4f60\u597d').find()) throw new Error('regex');`;
		expect(loaded(use)).toEqual([...AT_FIRST, 'markdown', 'regex', 'silk']);
	});
});

describe('package.json', () => {
	it('asks for n8n-workflow of the n8n it runs in, and for nothing else', () => {
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const field of [
			'dependencies',
			'bundledDependencies',
			'optionalDependencies',
			'overrides',
		]) {
			expect(packageJson).not.toHaveProperty(field);
		}
	});

	it('is found by n8n as a community node', () => {
		expect(packageJson.name).toMatch(/^n8n-nodes-/);
		expect(packageJson.keywords).toContain('n8n-community-node-package');
		expect(packageJson.license).toBe('MIT');
		expect(packageJson.files).toEqual(['dist']);
		expect(packageJson.n8n.strict).toBe(true);
		expect(packageJson.n8n.n8nNodesApiVersion).toBe(1);
	});

	it('runs nothing when it is installed', () => {
		const hooks = /^(pre|post)?(install|prepare|publish)$|^(pre|post)prepare$/;
		expect(Object.keys(packageJson.scripts).filter((name) => hooks.test(name))).toEqual([]);
	});
});
