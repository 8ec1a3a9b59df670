/** A person is asked and answers with a browser, in a real n8n: its signatures, its waiting, its pages. */
import assert from 'node:assert/strict';
import axios, { type AxiosResponse } from 'axios';
import {
	type Execution,
	isFinished,
	outputOf,
	type StoredWorkflow,
} from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';
import { callWebhook, chain, eyunNode } from './workflows.cts';

const ASK = 'Ask {{ "them" }}';
const AFTER = 'After';

const BROWSER = { proxy: false, validateStatus: () => true, responseType: 'text' } as const;

async function open(link: string): Promise<AxiosResponse<string>> {
	return await axios.get<string>(link, BROWSER);
}

async function press(link: string, answer: string): Promise<AxiosResponse<string>> {
	return await axios.post<string>(link, new URLSearchParams({ answer }), BROWSER);
}

export async function askingChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	const question = { resource: 'message', operation: 'sendAndWait', wId: defaults.wId };

	/** The node that asks, a Set node behind it, and the answer "again" leads back to the question. */
	async function start(path: string, parameters: object): Promise<StoredWorkflow> {
		const ask = { ...question, wcId: defaults.friend, ...parameters };
		const file = chain(path, [
			eyunNode(stack, ASK, { message: '={{ $json.body?.text ?? "Once more?" }}', ...ask }),
			{
				name: AFTER,
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'raw',
					includeOtherFields: true,
					jsonOutput: '={{ { asked: $("Webhook").item.json.body.text } }}',
				},
			},
			{
				name: 'Again',
				type: 'n8n-nodes-base.filter',
				typeVersion: 1,
				parameters: {
					conditions: {
						string: [{ value1: '={{ $json.data.text }}', value2: 'again' }],
					},
				},
			},
		]);
		file.connections.Again = { main: [[{ node: ASK, type: 'main', index: 0 }]] };
		const workflow = await client.createWorkflow(file);
		await client.activateWorkflow(workflow);
		return workflow;
	}

	/** The link in the last message, once the execution waits. */
	async function asked(workflow: StoredWorkflow, messages: number): Promise<string> {
		await waitFor(
			async () => {
				const [last] = await client.executions(workflow.id);
				const sent = control.messages().length === messages;
				return (last?.status === 'waiting' && sent) || undefined;
			},
			{ what: 'the execution to wait', timeoutMs: 15_000, everyMs: 100 },
		);
		return control.messages().at(-1)?.content.split('\n').at(-1) ?? '';
	}

	async function ended(workflow: StoredWorkflow): Promise<Execution> {
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		return await client.execution(id);
	}

	async function waits(workflow: StoredWorkflow): Promise<void> {
		const [last] = await client.executions(workflow.id);
		assert.equal(isFinished(last), false, last.status);
	}

	// n8n looks only once a minute for executions whose time is over: this one passes meanwhile.
	let limited: StoredWorkflow | undefined;
	await checks.run('a question with a time limit', async () => {
		const before = control.messages().length;
		const limit = { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' };
		limited = await start('e2e-limit', { limitWaitTime: { values: limit } });
		await callWebhook(stack, 'e2e-limit', { text: 'Quick!' });
		await asked(limited, before + 1);
	});

	await checks.run('approval: pages answer nothing, a button does, once', async () => {
		const before = control.messages().length;
		const workflow = await start('e2e-approval', {
			approvalOptions: { values: { approvalType: 'double' } },
		});
		await callWebhook(stack, 'e2e-approval', { text: 'May <we> ship?' });
		const link = await asked(workflow, before + 1);
		for (let times = 0; times < 2; times++) {
			const { status, data, headers } = await open(link);
			assert.equal(status, 200);
			assert.match(data, /<p>May &lt;we&gt; ship\?<\/p>/);
			assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src/);
		}
		const forged = new URL(link);
		forged.searchParams.set('question', 'forged');
		assert.equal((await press(forged.toString(), 'yes')).status, 401);
		assert.equal((await press(link, 'maybe')).status, 400);
		await waits(workflow);

		const { status, data, headers } = await press(link, 'no');
		assert.equal(status, 200);
		assert.match(data, /your answer has been recorded/);
		assert.match(String(headers['content-type']), /^text\/html/);
		const execution = await ended(workflow);
		assert.equal(execution.status, 'success');
		const [answer] = outputOf(execution, AFTER);
		assert.equal((answer.data as { approved?: boolean }).approved, false);
		assert.equal(answer.asked, 'May <we> ship?');

		const late = await press(link, 'yes');
		assert.equal(late.status, 200);
		assert.match(late.data, /no action required/i);
		assert.equal((await open(link)).status, 200);
		assert.equal((await client.executions(workflow.id)).length, 1);
		assert.equal(control.messages().length, before + 1);
		await client.deactivateWorkflow(workflow.id);
	});

	await checks.run('free text: the link of an earlier question answers no later one', async () => {
		const before = control.messages().length;
		const workflow = await start('e2e-text', { responseType: 'freeText' });
		await callWebhook(stack, 'e2e-text', { text: 'How many?' });
		const first = await asked(workflow, before + 1);
		assert.match((await open(first)).data, /<textarea/);
		assert.equal((await press(first, 'again')).status, 200);
		const second = await asked(workflow, before + 2);
		assert.match((await open(first)).data, /answered already/);
		assert.match((await press(first, 'twelve')).data, /answered already/);
		await waits(workflow);
		assert.match((await open(second)).data, /<p>Once more\?<\/p>/);
		assert.equal((await press(second, '十二\r\n& more')).status, 200);
		const execution = await ended(workflow);
		const [answer] = outputOf(execution, AFTER);
		assert.equal((answer.data as { text?: string }).text, '十二\n& more');
		await client.deactivateWorkflow(workflow.id);
	});

	await checks.run('no answer in time: the execution goes on with what it had', async () => {
		assert.ok(limited);
		const [{ id }] = await client.waitForExecutions(limited.id, 1, 90_000);
		const [item] = outputOf(await client.execution(id), ASK);
		assert.deepEqual(item.body, { text: 'Quick!' });
		assert.equal(control.messages().filter(({ content }) => /^Quick!/.test(content)).length, 1);
		await client.deactivateWorkflow(limited.id);
	});
}
