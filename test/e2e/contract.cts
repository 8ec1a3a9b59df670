/** What of n8n's inside this package relies on and no other check shows: see docs/n8n-contract.md. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOlder, N8N_VERSION } from '../../scripts/lib/n8n-install.cts';
import { run } from '../../scripts/lib/run.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import type { Told } from './n8nCode/asked.cts';
import { Triggering } from './triggering.cts';

/** How an answer that comes after ours shows in n8n's log. */
const SECOND_ANSWER = /ERR_HTTP_HEADERS_SENT|headers after they are sent|Error in handling webhook/;

export async function contractChecks(checks: Checks, stack: Stack): Promise<void> {
	if (isOlder(stack.version, N8N_VERSION)) {
		checks.skip("n8n's own code", `docs/n8n-contract.md is about n8n ${N8N_VERSION}`);
	} else await codeChecks(checks, stack);
	await earlyAnswerChecks(checks, stack);
}

/** Runs the checks of n8nCode/ in the Node of n8n; each line that they print is a check. */
async function codeChecks(checks: Checks, stack: Stack): Promise<void> {
	let told: Told[] = [];
	await checks.run("n8n's own code can be asked", async () => {
		const { n8n, node } = stack.installed;
		const output = await run(
			node.binary,
			['-r', require.resolve('tsx/cjs'), join(__dirname, 'n8nCode', 'run.cts'), n8n.script],
			{
				env: {
					...process.env,
					// Nothing of a user's n8n is to be read.
					N8N_USER_FOLDER: join(stack.n8n.logFile, '..', 'code'),
					N8N_LOG_LEVEL: 'silent',
				},
			},
		);
		told = output
			.split('\n')
			.filter((line) => line.startsWith('{"name"'))
			.map((line) => JSON.parse(line) as Told);
		assert.ok(told.length > 0, output);
	});
	for (const { name, error } of told) {
		await checks.run(name, async () => {
			if (error !== undefined) throw new Error(error);
		});
	}
}

async function earlyAnswerChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	await client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();

	/** Answers early, and gives back the modes of the executions that followed. */
	async function modesOf(name: string, options: object): Promise<string[]> {
		const triggering = await Triggering.create(stack, name, {
			options: { answerWhen: 'received', ...options },
		});
		const log = () => readFileSync(stack.n8n.logFile, 'utf8');
		const before = log().length;
		await triggering.activate();
		for (const text of ['one', 'two', 'three']) {
			const { delivered, reason } = await control.say({ from: defaults.friend, text });
			assert.ok(delivered, reason);
		}
		const outputs = await triggering.outputs(3);
		await triggering.deactivate();
		await stack.callbackCancelled();
		assert.doesNotMatch(log().slice(before), SECOND_ANSWER);
		return [...new Set(outputs.map(({ mode }) => mode))];
	}

	await checks.run('answered early: n8n answers no second time, through emit', async () => {
		assert.deepEqual(await modesOf('early emit', {}), ['trigger']);
	});
	await checks.run(
		'answered early: n8n answers no second time, where duplicates count',
		async () => {
			assert.deepEqual(await modesOf('early webhook', { rememberedMessages: 0 }), ['trigger']);
		},
	);

	await stack.activate();
}
