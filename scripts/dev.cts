/**
 * `npm run dev`: this checkout in a real n8n, which takes up every change. See HELP.
 */
import { rmSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { claimFolder } from './lib/cache.cts';
import { talk, watch } from './lib/conversation.cts';
import { withOtherDescription } from './lib/dev-check.cts';
import { runCommand } from './lib/command.cts';
import { stayUntil } from './lib/ending.cts';
import { followLines } from './lib/follow.cts';
import { LivePackage } from './lib/live-package.cts';
import { N8N_VERSION } from './lib/n8n-install.cts';
import { REPOSITORY } from './lib/package.cts';
import { freePort } from './lib/ports.cts';
import { type Progress, seconds } from './lib/progress.cts';
import { prepareN8n, Stack } from './lib/stack.cts';
import { waitFor } from './lib/wait.cts';

const HELP = `npm run dev               start n8n with this checkout and stay until Ctrl-C
npm run dev -- --inspect  the same, and let a debugger attach to n8n
npm run dev -- --reset    forget what was done in this n8n before
npm run dev -- --check    start it with a copy of the sources, change a text in the copy, wait until
                          n8n shows it, end

Changes in nodes/ and credentials/ are compiled and reloaded by the running n8n; an open editor shows
them by itself. n8n and Node 24 come out of the same cache as the demo's (3 GB the first time).`;

const PORTS = { n8n: 5698, simulator: 9898 };

/** Where debuggers look first. */
const INSPECTOR_PORT = 9229;

/** What n8n's log says of reading the package again. */
const RELOADING = /hot reload/i;

/** A slow machine compiles and reloads in a fifth of it. */
const VISIBLE_WITHIN_MS = 60_000;

interface Options {
	check: boolean;
	inspect: boolean;
	reset: boolean;
}

/** A running n8n and the package in it, which follows its sources. */
interface Dev {
	stack: Stack;
	live: LivePackage;
	/** Folder with `nodes` and `credentials`. */
	sources: string;
	/** Where a debugger attaches. */
	inspector?: string;
}

/** Reads the command line; `undefined` where only the help was asked for. Throws on unknown options. */
function options(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		strict: true,
		options: {
			check: { type: 'boolean', default: false },
			inspect: { type: 'boolean', default: false },
			reset: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	return values.help ? undefined : values;
}

/** Changes a node's description in the sources and waits until n8n's editor would show it. */
async function check({ stack, sources }: Dev, { say }: Progress): Promise<void> {
	const { client, n8n, simulator } = stack;
	const nodeType = 'n8n-nodes-eyun.eyun';
	const file = join(sources, 'nodes', 'Eyun', 'Eyun.node.ts');
	const { source, before, after } = withOtherDescription(await readFile(file, 'utf8'));
	const shown = (await client.nodeType(nodeType))?.description;
	if (shown !== before) throw new Error(`n8n shows "${shown}" where the source says "${before}"`);

	const begin = Date.now();
	await writeFile(file, source);
	await Promise.race([
		waitFor(async () => (await client.nodeType(nodeType))?.description === after || undefined, {
			what: `n8n to show "${after}"`,
			timeoutMs: VISIBLE_WITHIN_MS,
			everyMs: 100,
		}),
		n8n.ended.then((reason) => Promise.reject(new Error(reason))),
	]);
	const tookMs = Date.now() - begin;
	const { answer } = await talk(simulator, 'Hello');
	say('');
	say(`Before:   ${before}`);
	say(`After:    ${after}`);
	say(`Visible:  ${seconds(tookMs)} after saving, in the same n8n (process ${n8n.pid})`);
	say(`Answers:  ${answer.content}`);
}

/** Prints how to work with it, then what happens, until Ctrl-C or until a part ends by itself. */
async function stay({ stack, live, inspector }: Dev, { say }: Progress): Promise<void> {
	const { simulator, owner, n8n, workflow } = stack;
	const message = JSON.stringify({ from: simulator.defaults.friend, text: 'Hello' });
	const debug = inspector
		? `
  Debugger        ${inspector}: chrome://inspect, or "Attach" in your editor
`
		: '';
	say(`
n8n runs this checkout. Save a file in nodes/ or credentials/, and the editor shows the change.
(A trigger that is active goes on with its old watchdog until its workflow is activated again.)

  Editor          ${n8n.url}/workflow/${workflow.id}
  Email           ${owner.email}
  Password        ${owner.password}
  n8n's log       ${n8n.logFile}
  Simulated Eyun  ${simulator.url}/_control
${debug}
Send the trigger a callback:

  curl -s ${simulator.url}/_control/say -H 'content-type: application/json' -d '${message}'

Press Ctrl-C to end.
`);
	const stopWatching = watch(simulator, say);
	const stopFollowing = followLines(
		n8n.logFile,
		(line) => RELOADING.test(line) && say(`n8n: ${line}`),
	);
	const over = await stayUntil('dev', Promise.race([n8n.ended, live.failed]));
	stopWatching();
	stopFollowing();
	if (over !== undefined) throw new Error(over);
	say('\nEnding ...');
}

async function dev(
	{ check: checking, inspect, reset }: Options,
	progress: Progress,
): Promise<void> {
	const begin = Date.now();
	const toolchain = await prepareN8n(progress);
	const claimed = await claimFolder(`${checking ? 'dev-check' : 'dev'}-n8n-${N8N_VERSION}`, {
		empty: reset,
	});
	if (claimed.isSpare) {
		progress.say('Another one is running: this one has data and ports of its own.');
	}
	// Nobody else has a folder of this name, in whatever checkout.
	const folder = join(REPOSITORY, '.cache', basename(claimed.path));
	// At Ctrl-C, too: linters would read the copy.
	if (checking) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const sources = checking ? await copyOfSources(join(folder, 'sources')) : REPOSITORY;
	const live = await progress.step(
		'This checkout, compiled',
		async () => await LivePackage.start({ sources, folder, n8n: toolchain.n8n, say: progress.say }),
	);
	try {
		const inspector = inspect ? `127.0.0.1:${await freePort(INSPECTOR_PORT)}` : undefined;
		const stack = await Stack.start({
			toolchain: {
				...toolchain,
				installation: {
					label: 'A link to it in n8n',
					install: async (userFolder) => await live.linkInto(userFolder),
				},
			},
			progress,
			folder: claimed.path,
			preferredPorts: PORTS,
			settings: { N8N_DEV_RELOAD: 'true' },
			nodeFlags: inspector ? [`--inspect=${inspector}`] : [],
			storedWorkflow: checking ? 'restore' : 'keep',
		});
		progress.say(`Everything runs after ${seconds(Date.now() - begin)}.`);
		try {
			await (checking ? check : stay)({ stack, live, sources, inspector }, progress);
		} finally {
			await stack.stop();
		}
	} finally {
		await live.stop();
		await claimed.release();
	}
}

/** Copies what the compiler reads, so that a check never touches anybody's work. */
async function copyOfSources(folder: string): Promise<string> {
	await rm(folder, { recursive: true, force: true });
	for (const name of ['nodes', 'credentials', 'tsconfig.json', 'tsconfig.build.json']) {
		await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
	}
	return folder;
}

void runCommand({ help: HELP, options, run: dev, failed: 'It did not succeed' });
