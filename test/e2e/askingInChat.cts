/** People are asked in the chat itself, in a real n8n: in time, by many at once, over a crash, for an AI agent. */
import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import {
	type Execution,
	outputOf,
	type StoredWorkflow,
	type WorkflowFile,
} from '../../scripts/lib/n8n-client.cts';
import { isOlder, N8N_VERSION } from '../../scripts/lib/n8n-install.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { ModelAnswer, ModelRequest } from '../support/scriptedModel.cts';
import { startScriptedModel, textOf } from '../support/scriptedModel.cts';
import { idle } from './callbacks.cts';
import type { Checks } from '../frame/checks.cts';
import { callWebhook, chain, eyunNode, itemsOf, WEBHOOK } from './workflows.cts';

const ASK = 'Ask';
const AFTER = 'After';
const TWO_BUTTONS = { approvalOptions: { values: { approvalType: 'double' } } };

export async function askingInChatChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults } = simulator;
	const { wcId, friend, group } = defaults;
	const other = [...simulator.world.people.keys()].find((id) => id !== friend && id !== wcId) ?? '';
	const question = {
		resource: 'message',
		operation: 'sendAndWait',
		wId: { __rl: true, mode: 'list', value: wcId },
		wcId: friend,
		message: '={{ $json.ask }}',
		answer: 'chat',
		...TWO_BUTTONS,
	};

	/** A webhook with a list of items, the question, and a node behind it. */
	async function start(path: string, parameters: object = {}): Promise<StoredWorkflow> {
		const workflow = await stack.client.createWorkflow(
			chain(path, [
				{
					name: 'Items',
					type: 'n8n-nodes-base.splitOut',
					typeVersion: 1,
					parameters: { fieldToSplitOut: 'body.items', options: {} },
				},
				eyunNode(stack, ASK, { ...question, ...parameters }),
				{ name: AFTER, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
			]),
		);
		await stack.client.activateWorkflow(workflow);
		return workflow;
	}

	const call = async (path: string, ...asks: string[]) =>
		await callWebhook(stack, path, { items: asks.map((ask) => ({ ask })) });
	const say = async (text: string, where: object = {}) => {
		assert.ok((await control.say({ from: friend, text, ...where })).delivered, `"${text}"`);
	};
	const asked = async (text: string) =>
		await waitFor(() => control.messages().find(({ content }) => content.startsWith(`${text}\n`)), {
			what: `the question "${text}"`,
			timeoutMs: 15_000,
			everyMs: 1,
		});
	const waits = async ({ id }: StoredWorkflow, count = 1) =>
		await waitFor(
			async () => {
				const all = await stack.client.executions(id);
				return all.filter(({ status }) => status === 'waiting').length === count || undefined;
			},
			{ what: `${count} waiting executions`, timeoutMs: 15_000, everyMs: 100 },
		);
	const ended = async ({ id }: StoredWorkflow): Promise<Execution> => {
		const [last] = await stack.client.waitForExecutions(id, 1);
		assert.equal(last.status, 'success');
		return await stack.client.execution(last.id);
	};
	/** How many executions the other workflow, which answers messages, has had. */
	const started = async () => {
		await idle(stack);
		return await stack.client.executionCount(stack.workflow.id);
	};
	const answersOf = (execution: Execution) =>
		outputOf(execution, AFTER).map(({ data }) => (data as { approved?: boolean }).approved);

	await checks.run(
		'asked in a group: the right person answers, and starts no workflow',
		async () => {
			const workflow = await start('e2e-chat', { wcId: group, answeredBy: friend });
			await call('e2e-chat', 'Ship in the group?');
			await asked('Ship in the group?');
			await waits(workflow);
			const before = await started();
			await say('1', { from: other, group });
			await waits(workflow);
			await say('同意！', { group });
			const execution = await ended(workflow);
			const [item] = itemsOf(execution, AFTER);
			assert.deepEqual(
				[(item.json.data as IDataObject).approved, item.json.senderId, item.pairedItem],
				[true, friend, { item: 0 }],
			);
			// The example answers private messages; the one of the other member reaches it and is filtered there.
			assert.ok((await started()) - before <= 1, 'the answer started a workflow');
			await stack.client.deactivateWorkflow(workflow.id);
		},
	);

	await checks.run(
		'asked in a private chat: answered within milliseconds, nothing starts',
		async () => {
			const workflow = await start('e2e-quick');
			const before = await started();
			await call('e2e-quick', 'Quick?');
			await asked('Quick?');
			await say('no');
			assert.deepEqual(answersOf(await ended(workflow)), [false]);
			assert.equal(await started(), before);
			await say('no');
			assert.equal(await started(), before + 1);
			await stack.client.deactivateWorkflow(workflow.id);
		},
	);

	await checks.run('three questions of one execution, answered one by one', async () => {
		const workflow = await start('e2e-three');
		const before = await started();
		await call('e2e-three', 'Tea?', 'Salt?', 'Rice?');
		await asked('Rice?');
		await waits(workflow);
		for (const word of ['yes', '2']) await say(word);
		await waits(workflow);
		await say('OK');
		const execution = await ended(workflow);
		assert.deepEqual(answersOf(execution), [true, false, true]);
		assert.deepEqual(
			itemsOf(execution, ASK).map(({ pairedItem }) => pairedItem),
			[{ item: 0 }, { item: 1 }, { item: 2 }],
		);
		assert.equal(await started(), before);
		await stack.client.deactivateWorkflow(workflow.id);
	});

	await checks.run(
		'three executions ask one person; n8n is killed; each goes on once',
		async () => {
			const workflow = await start('e2e-crash');
			const before = await started();
			for (const what of ['One?', 'Two?', 'Three?']) {
				await call('e2e-crash', what);
				await asked(what);
			}
			await waits(workflow, 3);
			await stack.killN8n();
			const pushes = control.pushes().length;
			await stack.startN8nAgain();
			await stack.callbackRegistered(pushes);
			await say('1');
			await say('2');
			await say('1');
			await waitFor(
				async () =>
					(await stack.client.executions(workflow.id)).every(
						({ status }) => status === 'success',
					) || undefined,
				{ what: 'three executions to go on', timeoutMs: 30_000, everyMs: 100 },
			);
			const all = await stack.client.executions(workflow.id);
			assert.equal(all.length, 3);
			const answers = await Promise.all(
				all.map(async ({ id }) => {
					const execution = await stack.client.execution(id);
					assert.equal(execution.data.resultData.runData[AFTER].length, 1);
					const ask = outputOf(execution, 'Items')[0].ask;
					return [ask, ...answersOf(execution)];
				}),
			);
			assert.deepEqual(answers.sort(), [
				['One?', true],
				['Three?', true],
				['Two?', false],
			]);
			assert.equal(await started(), before);
			await stack.client.deactivateWorkflow(workflow.id);
		},
	);

	await checks.run('no trigger is active: a clear error, and nothing is sent', async () => {
		await stack.client.deactivateWorkflow(stack.workflow.id);
		await stack.callbackCancelled();
		const before = control.messages().length;
		const workflow = await start('e2e-none');
		await call('e2e-none', 'Anybody?');
		const [{ id, status }] = await stack.client.waitForExecutions(workflow.id, 1);
		assert.equal(status, 'error');
		const { error } = (await stack.client.execution(id)).data.resultData;
		assert.match(String(error?.message), /No active trigger of this n8n gets the answer/);
		assert.match(String(error?.description), /Nothing was sent/);
		assert.equal(control.messages().length, before);
		await stack.client.deactivateWorkflow(workflow.id);
		await stack.activate();
	});

	if (isOlder(stack.version, N8N_VERSION)) {
		checks.skip(
			'review step of an AI agent',
			'none, or none that finds its tool: docs/versions.md',
		);
		return;
	}
	await checks.run(
		'review step of an AI agent: the tool runs after a yes in the chat',
		async () => {
			const model = await startScriptedModel(script);
			try {
				const openAi = { name: 'Model', type: 'openAiApi', data: { apiKey: 'x', url: model.url } };
				const id = await stack.client.saveCredential(openAi);
				const openAiApi = { openAiApi: { id, name: openAi.name } };
				const workflow = await stack.client.createWorkflow(agentFile(stack, question, openAiApi));
				await stack.client.activateWorkflow(workflow);
				const before = await started();
				await callWebhook(stack, 'e2e-review', { text: 'What is 6 times 7?' });
				await waits(workflow);
				assert.equal(
					control.messages().at(-1)?.content,
					'The agent wants to run this tool: Calculator\n\nInput:\n{\n  "input": "6 * 7"\n}\n\nReply 1 for Approve or 2 for Decline',
				);
				await say('好的');
				const execution = await ended(workflow);
				assert.deepEqual(outputOf(execution, 'AI Agent'), [
					{ output: 'The tool said: [{"response":"42"}]' },
				]);
				assert.equal(await started(), before);
				await stack.client.deactivateWorkflow(workflow.id);
			} finally {
				await model.stop();
			}
		},
	);
}

/** Calls the calculator, then says what it said. */
function script({ messages, tools = [] }: ModelRequest): ModelAnswer {
	const last = messages[messages.length - 1];
	if (last.role === 'tool') return `The tool said: ${textOf(last)}`;
	const name = tools[0].function.name;
	return { tool: name, arguments: { toolParameters: { input: '6 * 7' }, hitlParameters: {} } };
}

/** A webhook, an agent with a model, and a calculator behind a review step with n8n's own question. */
function agentFile(
	stack: Stack,
	question: IDataObject,
	openAiApi: INode['credentials'],
): WorkflowFile {
	const langchain = '@n8n/n8n-nodes-langchain.';
	const file = chain('e2e-review', [
		{
			name: 'AI Agent',
			type: `${langchain}agent`,
			typeVersion: 3,
			parameters: { promptType: 'define', text: '={{ $json.body.text }}', options: {} },
		},
		{
			name: 'Model',
			type: `${langchain}lmChatOpenAi`,
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: openAiApi,
		},
		{
			// Without a message: n8n puts in one of its own.
			...eyunNode(stack, 'Review', { ...question, message: undefined }),
			type: 'n8n-nodes-eyun.eyunHitlTool',
		},
		{ name: 'Calculator', type: `${langchain}toolCalculator`, typeVersion: 1, parameters: {} },
	]);
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	file.connections = {
		[WEBHOOK]: to('AI Agent', 'main'),
		Model: to('AI Agent', 'ai_languageModel'),
		Review: to('AI Agent', 'ai_tool'),
		Calculator: to('Review', 'ai_tool'),
	} as WorkflowFile['connections'];
	return file;
}
