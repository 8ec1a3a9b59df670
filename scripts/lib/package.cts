/** This package as users get it: built, packed, and installed into n8n's folder from the tarball. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheRoot, newestChange, withLock } from './cache.cts';
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

export interface PackedPackage {
	tarball: string;
	/** Hash of the tarball: equal content, equal hash (npm writes fixed times into it). */
	hash: string;
}

/** Builds `dist` if it is missing or older than the sources, packs, and gives back the tarball. */
export async function packedPackage(): Promise<PackedPackage> {
	const clone = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 12);
	// One at a time for each clone: building empties `dist` first.
	return await withLock(`pack-${clone}`, async () => {
		if (await isDistOld()) await npm(['run', 'build'], { cwd: REPOSITORY });
		const folder = join(cacheRoot(), 'packages', clone);
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		const printed = await npm(
			['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
			{ cwd: REPOSITORY },
		);
		const [{ filename }] = JSON.parse(printed) as Array<{ filename: string }>;
		const packed = join(folder, filename);
		const hash = createHash('sha256')
			.update(await readFile(packed))
			.digest('hex');
		return { tarball: packed, hash };
	});
}

async function isDistOld(): Promise<boolean> {
	const built = join(REPOSITORY, 'dist', 'nodes', 'Eyun', 'Eyun.node.js');
	if (!existsSync(built)) return true;
	const sources = SOURCES.map((path) => join(REPOSITORY, path));
	return (await newestChange(sources)) > (await newestChange([built]));
}

/**
 * Installs the tarball into `<userFolder>/.n8n/nodes`, unless exactly this content is there
 * already; gives back whether it did. Peer dependencies are left out, as n8n's own installer does:
 * the node must use n8n's copy of n8n-workflow.
 */
export async function installIntoN8n(packed: PackedPackage, userFolder: string): Promise<boolean> {
	const folder = join(userFolder, '.n8n', 'nodes');
	const marker = join(folder, 'installed-tarball.sha256');
	if (existsSync(marker) && (await readFile(marker, 'utf8')) === packed.hash) return false;
	// A fresh folder each time: npm keeps an installed package of the same version otherwise.
	await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{"private":true}\n');
	await npm(
		[
			'install',
			packed.tarball,
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--prefer-offline',
		],
		{ cwd: folder },
	);
	await writeFile(marker, packed.hash);
	return true;
}
