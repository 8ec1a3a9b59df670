/** An n8n that is on this machine already, in the place of the one in the cache. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OLDEST_N8N } from '../../nodes/Eyun/common/n8n/olderN8n.ts';
import { compiledIn, type InstalledN8n, isOlder } from './n8n-install.cts';
import { nodeForN8n, type NodeForN8n, runningNode } from './node24.cts';
import { run } from './run.cts';

/**
 * Finds the n8n in a folder, and a Node that can run it: the one that runs this, else the one for that version.
 *
 * @param folder n8n's package, or a folder where npm installed it (`npm prefix -g` for `npm install -g n8n`)
 * @throws Error that says what is missing, or that this n8n is too old for the nodes
 */
export async function ownN8n(folder: string): Promise<{ node: NodeForN8n; n8n: InstalledN8n }> {
	const root = await packageIn(resolve(folder));
	const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
		version: string;
	};
	if (isOlder(version, OLDEST_N8N)) {
		throw new Error(
			`The n8n in ${root} is ${version}. The nodes are made for n8n ${OLDEST_N8N} and newer`,
		);
	}
	const n8n = { script: join(root, 'bin', 'n8n'), version };
	let reason = '';
	for (const find of [runningNode, async () => await nodeForN8n(version)]) {
		const node = await find();
		try {
			// n8n refuses to run in a Node that is too old, and compiled modules fit one kind of Node only.
			await run(node.binary, [n8n.script, '--version'], { cwd: root });
			for (const name of modulesOf(root)) {
				await run(node.binary, ['-e', `require(${JSON.stringify(name)})`], { cwd: root });
			}
			return { node, n8n };
		} catch (error) {
			reason = `Node ${node.version}: ${(error as Error).message}`;
		}
	}
	throw new Error(
		`n8n ${version} in ${root} does not run. Run this with the Node that n8n was installed with. ${reason}`,
	);
}

/** npm puts them into n8n's own folder, or beside n8n. */
function modulesOf(root: string): string[] {
	return [...new Set([root, resolve(root, '..', '..')].flatMap(compiledIn))];
}

async function packageIn(folder: string): Promise<string> {
	const places = [
		folder,
		join(folder, 'node_modules', 'n8n'),
		join(folder, 'lib', 'node_modules', 'n8n'),
	];
	for (const place of places) {
		const file = join(place, 'package.json');
		if (!existsSync(file)) continue;
		const { name } = JSON.parse(await readFile(file, 'utf8')) as { name?: string };
		if (name === 'n8n') return place;
	}
	throw new Error(
		`There is no n8n in ${folder}. Name the folder in which npm installed it; npm prefix -g prints it for npm install -g n8n`,
	);
}
