/** This package as users get it: built, packed, and installed into n8n's folder from the tarball. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newestChange, withLock } from './cache.cts';
import { npm } from './npm.cts';

export const REPOSITORY = resolve(__dirname, '..', '..');

/** Everything that decides what `npm run build` makes. */
const SOURCES = [
	'nodes',
	'credentials',
	'spec',
	'scripts/lib',
	'gulpfile.js',
	'package.json',
	'tsconfig.build.json',
];

/** The tarball that `npm publish` would upload. */
export interface PackedPackage {
	/** For example `n8n-nodes-eyun`. */
	name: string;
	content: Buffer;
	/** Equal content, equal hash: npm writes fixed times into a tarball. */
	hash: string;
}

/** Builds `dist` if it is missing or older than the sources, and packs. */
export async function packedPackage(): Promise<PackedPackage> {
	const clone = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 12);
	// One at a time for each clone: building empties `dist` first.
	return await withLock(`pack-${clone}`, async () => {
		if (await isDistOld()) await npm(['run', 'build'], { cwd: REPOSITORY });
		const folder = await mkdtemp(join(tmpdir(), 'eyun-pack-'));
		try {
			const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
			const printed = await npm(args, { cwd: REPOSITORY });
			const [{ name, filename }] = JSON.parse(printed) as Array<{ name: string; filename: string }>;
			const content = await readFile(join(folder, filename));
			return { name, content, hash: createHash('sha256').update(content).digest('hex') };
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
}

async function isDistOld(): Promise<boolean> {
	// The last step writes these; what an earlier step left behind when it failed is no build.
	const built = join(REPOSITORY, 'dist', 'nodes', 'Eyun', '__schema__');
	if (!existsSync(built)) return true;
	const sources = SOURCES.map((path) => join(REPOSITORY, path));
	return (await newestChange(sources)) > (await newestChange([built]));
}

/**
 * Installs the tarball into `<userFolder>/.n8n/nodes`, unless exactly this content is there
 * already; gives back whether it did. Peer dependencies are left out, as n8n's own installer does:
 * the node must use n8n's copy of n8n-workflow.
 */
export async function installIntoN8n(
	{ name, content, hash }: PackedPackage,
	userFolder: string,
): Promise<boolean> {
	const folder = join(userFolder, '.n8n', 'nodes');
	// npm installs anew when the file has another name, and writes package.json when all is done.
	const file = `${name}-${hash.slice(0, 16)}.tgz`;
	const list = join(folder, 'package.json');
	const installed = existsSync(list) ? await readFile(list, 'utf8') : '{"private":true}';
	const { dependencies = {} } = JSON.parse(installed) as { dependencies?: Record<string, string> };
	if (dependencies[name] === `file:${file}`) return false;
	await mkdir(folder, { recursive: true });
	for (const entry of await readdir(folder)) {
		if (entry.startsWith(`${name}-`) && entry.endsWith('.tgz')) await rm(join(folder, entry));
	}
	await writeFile(join(folder, file), content);
	if (!existsSync(list)) await writeFile(list, installed);
	const args = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm(['install', `./${file}`, ...args], { cwd: folder });
	return true;
}
