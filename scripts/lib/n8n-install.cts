/** n8n of one version, installed once into the cache. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache.cts';
import type { NodeForN8n } from './node24.cts';
import { npm, type NpmOptions } from './npm.cts';
import { run } from './run.cts';

/** The newest release whose dependencies resolve (2.41.3's do not); used where no other is asked for. */
export const N8N_VERSION = '2.41.1';

/** The modules of n8n that hold compiled code and without which it does not start; n8n 2.0 has no isolated-vm. */
const COMPILED = ['sqlite3', 'isolated-vm'];

/** Those of them that are installed in a folder. */
export function compiledIn(folder: string): string[] {
	return COMPILED.filter((name) => existsSync(join(folder, 'node_modules', name)));
}

/** Older n8n takes one library from a host of its own; the newest takes the same from the registry, under this name. */
const OVERRIDES = { xlsx: 'npm:@e965/xlsx@0.20.3' };

/**
 * Whether a version of n8n is older than another one.
 *
 * @param version for example `2.9.0`
 * @param other the same, or its beginning, such as `2.10`
 */
export function isOlder(version: string, other: string): boolean {
	return version.localeCompare(other, 'en', { numeric: true }) < 0;
}

/**
 * The version that a tag of n8n's releases stands for.
 *
 * @param tag for example `latest`
 * @throws Error when npm knows no such tag
 */
export async function versionOf(tag: string): Promise<string> {
	const version = (await npm(['view', `n8n@${tag}`, 'version'], { cwd: process.cwd() })).trim();
	if (version === '') throw new Error(`npm knows no n8n "${tag}"`);
	return version;
}

export interface InstalledN8n {
	/** The script to run with the Node of `nodeForN8n`. */
	script: string;
	version: string;
}

/**
 * Gives back the installed n8n; installs it on first use (some minutes, 3 GB).
 *
 * @param node what runs it
 * @param version of n8n, for example `2.0.3`
 * @throws Error when npm cannot install it, or its compiled modules do not load
 */
export async function installedN8n(
	node: NodeForN8n,
	version: string = N8N_VERSION,
): Promise<InstalledN8n> {
	const folder = await cachedFolder(
		`n8n-${version}-${node.tag}`,
		async (draft) => await install(draft, node, version),
		async (draft) => await check(draft, node),
	);
	return { script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), version };
}

async function install(folder: string, node: NodeForN8n, version: string): Promise<void> {
	const manifest = { private: true, overrides: OVERRIDES };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
	const env = node.headers ? { npm_config_nodedir: node.headers } : {};
	const options = { cwd: folder, node: node.binary, env };
	const n8n = [`n8n@${version}`, ...(await onlyZod(version, options))];
	// Without scripts, because one of n8n's dependencies (kafka) does not compile everywhere;
	// then only what n8n cannot start without.
	await npm(['install', ...n8n, '--ignore-scripts', '--no-audit', '--no-fund'], options);
	await npm(['rebuild', ...compiledIn(folder), '--ignore-scripts=false'], options);
}

/**
 * The release of zod that all packages of an n8n are to share, as in its Docker image. npm by itself may
 * give n8n-core (2.20.12) another one than the nodes for AI agents, which then do not know the schemas of
 * tools any more: models read a description of the schema object instead of the parameters.
 */
async function onlyZod(version: string, options: NpmOptions): Promise<string[]> {
	const zod = (await npm(['view', `n8n@${version}`, 'dependencies.zod'], options)).trim();
	return zod === '' ? [] : [`zod@${zod}`];
}

/**
 * Loads every compiled module, because npm ends with 0 even where it built nothing. Throws with
 * what to do.
 */
async function check(folder: string, node: NodeForN8n): Promise<void> {
	for (const name of compiledIn(folder)) {
		try {
			await run(node.binary, ['-e', `require(${JSON.stringify(name)})`], { cwd: folder });
		} catch (error) {
			throw new Error(
				`n8n's module ${name} was not built for Node ${node.version}. It needs either access ` +
					'to its ready-made build (from GitHub) or a C++ compiler, make and Python 3. ' +
					`Then run this again.\n\n${(error as Error).message}`,
			);
		}
	}
}
