/** (e) How long n8n takes to load a node when it starts. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installIntoN8n } from '../scripts/lib/package.cts';
import { run } from '../scripts/lib/run.cts';
import type { Toolchain } from '../scripts/lib/stack.cts';
import { inTurns } from './rounds.cts';

export interface LoadRound {
	/** After everything that the node takes from outside its own folder was loaded; milliseconds. */
	ms: number;
}

const NODES = {
	ours: ['n8n-nodes-eyun', 'Eyun', 'Eyun', 'Eyun WeChat'],
	oursTrigger: ['n8n-nodes-eyun', 'Eyun', 'EyunTrigger', 'Eyun WeChat Trigger'],
	telegram: ['n8n-nodes-base', 'Telegram', 'Telegram', 'Telegram'],
	telegramTrigger: ['n8n-nodes-base', 'Telegram', 'TelegramTrigger', 'Telegram Trigger'],
	slack: ['n8n-nodes-base', 'Slack', 'Slack', 'Slack'],
	slackTrigger: ['n8n-nodes-base', 'Slack', 'SlackTrigger', 'Slack Trigger'],
} as const;

export type LoadWay = keyof typeof NODES;

const SCRIPT = join(__dirname, 'load-process.cjs');

interface Loaded {
	displayName: string;
	ms: number;
	/** Modules outside of the node's own folder. */
	others: string[];
}

/**
 * Loads every node in turns, each time in a new process.
 *
 * @param folder empty; the tarball is installed in it as users install it
 * @throws Error when a node does not load, or is another one
 */
export async function measureLoad(
	toolchain: Toolchain,
	folder: string,
	rounds: number,
): Promise<Record<LoadWay, LoadRound[]>> {
	await installIntoN8n(toolchain.packed, folder);
	/** `<n8n's folder>/node_modules`. */
	const ofN8n = dirname(dirname(dirname(toolchain.n8n.script)));
	const ofUser = join(folder, '.n8n', 'nodes', 'node_modules');
	// So n8n lets packages that its users have installed find n8n-workflow.
	const env = { ...process.env, NODE_PATH: ofN8n };

	return await inTurns(rounds, Object.keys(NODES) as LoadWay[], async (way) => {
		const [packageName, folderName, className, displayName] = NODES[way];
		const root = join(way.startsWith('ours') ? ofUser : ofN8n, packageName);
		const ownFolder = join(root, 'dist', 'nodes', folderName);
		const list = join(folder, `${way}.json`);
		const load = async (...more: string[]) => {
			const file = join(ownFolder, `${className}.node.js`);
			const args = [SCRIPT, file, className, ownFolder, ...more];
			const printed = await run(toolchain.node.binary, args, { env });
			const loaded = JSON.parse(printed) as Loaded;
			assert.equal(loaded.displayName, displayName, `${file} is another node`);
			return loaded;
		};
		if (!existsSync(list)) await writeFile(list, JSON.stringify((await load()).others));
		return { ms: (await load(list)).ms };
	});
}
