/** The pinned n8n, installed once into the cache. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache.cts';
import type { NodeForN8n } from './node24.cts';
import { npm } from './npm.cts';
import { run } from './run.cts';

/** The newest release whose dependencies resolve (2.41.3's do not). */
export const N8N_VERSION = '2.41.1';

/** The modules of n8n that hold compiled code and without which it does not start. */
export const COMPILED = ['sqlite3', 'isolated-vm'];

export interface InstalledN8n {
	/** The script to run with the Node of `nodeForN8n`. */
	script: string;
	version: string;
}

/** Gives back the installed n8n; installs it on first use (some minutes, 3 GB). */
export async function installedN8n(node: NodeForN8n): Promise<InstalledN8n> {
	const folder = await cachedFolder(
		`n8n-${N8N_VERSION}-${node.tag}`,
		async (draft) => await install(draft, node),
		async (draft) => await check(draft, node),
	);
	return { script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), version: N8N_VERSION };
}

async function install(folder: string, node: NodeForN8n): Promise<void> {
	await writeFile(join(folder, 'package.json'), '{"private":true}\n');
	const env = node.headers ? { npm_config_nodedir: node.headers } : {};
	const options = { cwd: folder, node: node.binary, env };
	// Without scripts, because one of n8n's dependencies (kafka) does not compile everywhere;
	// then only what n8n cannot start without.
	await npm(
		['install', `n8n@${N8N_VERSION}`, '--ignore-scripts', '--no-audit', '--no-fund'],
		options,
	);
	await npm(['rebuild', ...COMPILED, '--ignore-scripts=false'], options);
}

/**
 * Loads every compiled module, because npm ends with 0 even where it built nothing. Throws with
 * what to do.
 */
async function check(folder: string, node: NodeForN8n): Promise<void> {
	for (const name of COMPILED) {
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
