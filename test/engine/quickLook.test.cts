import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { talk } from '../../scripts/lib/conversation.cts';
import { example, withCredentials } from '../../scripts/lib/example.cts';
import { type QuickExecution, QuickN8n } from '../../scripts/lib/quickN8n.cts';
import { run } from '../../scripts/lib/run.cts';
import { useSimulator } from '../support/useSimulator.cts';

/** What `npm run try` runs. */

// The trigger waits for what may follow, for seconds; nothing here needs that to end.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms).unref()),
}));

const simulator = useSimulator({ between: 'restart' });

let quick: QuickN8n;

beforeEach(async () => {
	const { url, defaults } = simulator;
	const workflow = withCredentials(await example('auto-reply'), {
		eyunApi: { id: '1', name: 'Eyun API' },
	});
	quick = await QuickN8n.start(workflow, { baseUrl: url, token: defaults.token });
});

afterEach(async () => await quick.stop());

async function next(): Promise<QuickExecution> {
	const [execution] = (await once(quick.events, 'execution')) as [QuickExecution];
	return execution;
}

it('answers a friend, through all nodes of the example', async () => {
	const [{ answer }, { nodes, error }] = await Promise.all([talk(simulator, 'Hello'), next()]);
	expect(answer.content).toContain('"Hello"');
	expect(error).toBeUndefined();
	expect(nodes.map(({ name }) => name)).toEqual([
		'Eyun WeChat Trigger',
		'Text From Somebody Else?',
		'Send Text',
	]);
});

it('goes the other way where the condition does not hold', async () => {
	const { control } = simulator;
	const [, { nodes }] = await Promise.all([
		control.push({ messageType: '60001', data: { content: '' } }),
		next(),
	]);
	expect(nodes.map(({ name }) => name)).toEqual([
		'Eyun WeChat Trigger',
		'Text From Somebody Else?',
	]);
	expect(control.messages()).toEqual([]);
});

it('says what went wrong in a node', async () => {
	const { control, defaults } = simulator;
	control.fault({ kind: 'vendorFailure', path: '/sendText', message: 'refused' });
	const [, { error }] = await Promise.all([
		control.say({ from: defaults.friend, text: 'Hello' }),
		next(),
	]);
	expect(error?.message).toContain('refused');
});

/** Jest finds modules in other ways than Node does: what users run is run here, too. */
it('runs as the command that README names', async () => {
	const root = resolve(__dirname, '..', '..');
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		scripts: { try: string };
	};
	const [node, ...args] = scripts.try.split(' ');
	expect(node).toBe('node');
	const printed = await run(process.execPath, [...args, 'Hello'], { cwd: root });
	expect(printed).toContain('Thank you for your message: "Hello"');
	// Else it would stand in what is typed next.
	const places = ['Send Text: {', 'Answer after'].map((words) => printed.lastIndexOf(words));
	expect(places).toEqual([...places].sort((one, other) => one - other));
	expect(places).not.toContain(-1);
}, 60_000);
