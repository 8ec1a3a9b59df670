/**
 * `npm run demo`: the whole product on this machine, without an Eyun account. See HELP.
 */
import { parseArgs } from 'node:util';
import { type ClaimedFolder, claimFolder } from './lib/cache.cts';
import { talk, watch } from './lib/conversation.cts';
import { runCommand } from './lib/command.cts';
import { stayUntil } from './lib/ending.cts';
import { N8N_VERSION } from './lib/n8n-install.cts';
import { freePort } from './lib/ports.cts';
import { type Progress, seconds } from './lib/progress.cts';
import { prepareOwnN8n, prepareToolchain, Stack } from './lib/stack.cts';

const HELP = `npm run demo              start the demo and stay until Ctrl-C
npm run demo -- --check   start it, let a friend say hello, wait for the answer, end
npm run demo -- --reset   forget what was done in the demo's n8n before
npm run demo -- --port 5700        n8n listens on this port
npm run demo -- --n8n <folder>     run the n8n that npm installed there, and download none

The first run fetches Node 24 (where an older Node runs) and n8n ${N8N_VERSION} into a cache of yours
(3 GB); later runs start in seconds. Your own n8n, if you have one, is not touched: with --n8n, too, the
demo has data of its own. For a look without n8n's 3 GB there is "npm run try".`;

const PORTS = { n8n: 5688, simulator: 9899 };

interface Options {
	check: boolean;
	reset: boolean;
	/** The port of n8n; undefined for whichever is free. */
	port: number | undefined;
	/** Where an n8n is; undefined for the one in the cache. */
	n8n: string | undefined;
}

/** Reads the command line; `undefined` where only the help was asked for. Throws on unknown options. */
function options(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		strict: true,
		options: {
			check: { type: 'boolean', default: false },
			reset: { type: 'boolean', default: false },
			port: { type: 'string' },
			n8n: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	const { help, check, reset, n8n } = values;
	return help ? undefined : { check, reset, n8n, port: portOf(values.port) };
}

function portOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const port = Number(text);
	if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
	throw new Error(`--port takes a number from 1 to 65535, not "${text}"`);
}

/** The ports to try first. Throws when the one that the user wants is taken. */
async function preferredPorts(port: number | undefined): Promise<typeof PORTS> {
	if (port === undefined) return PORTS;
	if ((await freePort(port)) === port) return { ...PORTS, n8n: port };
	throw new Error(`Port ${port} is taken, or needs other rights`);
}

async function check(stack: Stack, { say }: Progress): Promise<void> {
	const { said, answer, roundTripMs } = await talk(stack.simulator, 'Hello');
	const name = stack.simulator.world.people.get(stack.simulator.defaults.friend)?.nickName ?? '';
	say('');
	say(`${name} said:   ${said}`);
	say(`n8n answered: ${answer.content}`);
	say(`Round trip:   ${roundTripMs} ms`);
}

/** Prints how to look around, then what happens, until Ctrl-C or until n8n ends by itself. */
async function stay(stack: Stack, { say }: Progress): Promise<void> {
	const { simulator, owner, n8n, workflow } = stack;
	const message = JSON.stringify({ from: simulator.defaults.friend, text: 'Hello' });
	say(`
The demo is running.

  Editor          ${n8n.url}/workflow/${workflow.id}
  Email           ${owner.email}
  Password        ${owner.password}
  n8n's log       ${n8n.logFile}

Let a friend say something to the WeChat account that the workflow answers for:

  curl -s ${simulator.url}/_control/say -H 'content-type: application/json' -d '${message}'

What else the simulated Eyun can do: ${simulator.url}/_control
Press Ctrl-C to end the demo.
`);
	const stopWatching = watch(simulator, say);
	const over = await stayUntil('demo', n8n.ended);
	stopWatching();
	if (over !== undefined) throw new Error(over);
	say('\nEnding the demo ...');
}

async function demo(
	{ check: checking, reset, port, n8n: own }: Options,
	progress: Progress,
): Promise<void> {
	const begin = Date.now();
	const ports = await preferredPorts(port);
	const toolchain = await prepareToolchain(
		progress,
		own === undefined ? undefined : async () => await prepareOwnN8n(own, progress),
	);
	const { version } = toolchain.n8n;
	const folder: ClaimedFolder = await claimFolder(`${checking ? 'check' : 'demo'}-n8n-${version}`, {
		empty: reset,
	});
	if (folder.isSpare) {
		progress.say('Another demo is running: this one has data and ports of its own.');
	}
	try {
		const stack = await Stack.start({
			toolchain,
			progress,
			folder: folder.path,
			preferredPorts: ports,
			// A check is about the package; what somebody changed in the editor is no part of it.
			storedWorkflow: checking ? 'restore' : 'keep',
		});
		progress.say(`Everything runs after ${seconds(Date.now() - begin)}.`);
		try {
			await (checking ? check : stay)(stack, progress);
		} finally {
			await stack.stop();
		}
	} finally {
		await folder.release();
	}
}

void runCommand({ help: HELP, options, run: demo, failed: 'The demo did not succeed' });
