/** `npm run try`: a quick look, without downloading n8n. See HELP. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { runCommand } from './lib/command.cts';
import { talk } from './lib/conversation.cts';
import { example, withCredentials } from './lib/example.cts';
import { type Progress, seconds } from './lib/progress.cts';
import { type QuickExecution, QuickN8n } from './lib/quickN8n.cts';

const HELP = `npm run try                you are the friend: each line you type is a message, the workflow answers
npm run try -- "Hello"     says this, prints the answer, ends; so it also goes where nobody can type

Runs examples/auto-reply.json in n8n's own engine, with a simulated Eyun. This is not the whole n8n: there
is no editor and no database, and the If node is a stand-in. For all of that: npm run demo (3 GB).`;

interface Options {
	say: string[];
}

/** Reads the command line; `undefined` where only the help was asked for. Throws on unknown options. */
function options(args: string[]): Options | undefined {
	const { values, positionals } = parseArgs({
		args,
		strict: true,
		allowPositionals: true,
		options: { help: { type: 'boolean', short: 'h', default: false } },
	});
	if (positionals.some((text) => text.trim() === '')) {
		throw new Error('An empty message cannot be sent');
	}
	return values.help ? undefined : { say: positionals };
}

async function look({ say: given }: Options, { say }: Progress): Promise<void> {
	say("n8n's engine and a simulated Eyun ...");
	const simulator = await startSimulator();
	try {
		const { url, defaults } = simulator;
		const credential = { baseUrl: url, authentication: 'token', token: defaults.token };
		const workflow = withCredentials(await example('auto-reply'), {
			eyunApi: { id: '1', name: 'Eyun API' },
		});
		const quick = await QuickN8n.start(workflow, credential);
		try {
			say(`   active after ${seconds(performance.now())}`);
			say('\nThis is n8n\'s own engine, not the whole n8n: "npm run demo" has the editor, too.');
			await converse(given, { simulator, quick, say });
		} finally {
			await quick.stop();
		}
	} finally {
		await simulator.stop();
	}
}

interface Parts {
	simulator: Simulator;
	quick: QuickN8n;
	say: Progress['say'];
}

async function converse(given: string[], parts: Parts): Promise<void> {
	const { simulator, quick, say } = parts;
	quick.events.on('execution', (execution) => linesOf(execution).forEach((line) => say(line)));
	const friend = simulator.world.people.get(simulator.defaults.friend)?.nickName ?? '';
	const isTyped = given.length === 0 && process.stdin.isTTY;
	for (const text of given.length === 0 && !isTyped ? ['Hello'] : given) {
		say(`\n${friend}: ${text}`);
		await exchange(text, parts);
	}
	if (!isTyped) return;
	say(`\nYou are ${friend}, a friend. Type a message; an empty line ends it.\n`);
	const lines = createInterface({ input: process.stdin, output: process.stdout });
	lines.setPrompt(`${friend}: `);
	lines.prompt();
	for await (const text of lines) {
		if (text.trim() === '') break;
		await exchange(text, parts);
		lines.prompt();
	}
	lines.close();
}

async function exchange(text: string, { simulator, quick, say }: Parts): Promise<void> {
	const ended = once(quick.events, 'execution');
	const { answer, roundTripMs } = await talk(simulator, text);
	// Its lines would come behind the answer, in the middle of what is typed next.
	await ended;
	say(`Answer after ${roundTripMs} ms: ${answer.content}`);
}

/** What each node of an execution put out, one line each. */
function linesOf({ nodes, error }: QuickExecution): string[] {
	const lines = nodes.map(({ name, items }) => {
		const [first] = items;
		const json = first === undefined ? 'nothing' : JSON.stringify(first.json);
		return `   ${name}: ${json.length > 160 ? `${json.slice(0, 160)} ...` : json}`;
	});
	return error === undefined ? lines : [...lines, `   failed: ${error.message}`];
}

void runCommand({ help: HELP, options, run: look, failed: 'It did not succeed' });
