/** A customer service: an AI agent with all its defaults behind the trigger, bursts, the owner, crashes. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { ModelRequest } from '../support/scriptedModel.cts';
import { startScriptedModel, textOf } from '../support/scriptedModel.cts';
import type { Checks } from '../frame/checks.cts';
import { otherSystem, Triggering } from './triggering.cts';
import { nodeAt } from './workflows.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const SILENCE_SECONDS = 2;
/** Longer than the silence, so that a second answer would have come. */
const QUIET_MS = 4_000;

/** Answers with the number of the question in its conversation, and the question. */
function script({ messages }: ModelRequest): string {
	const questions = messages.filter(({ role }) => role === 'user');
	return `A${questions.length}: ${textOf(questions[questions.length - 1])}`;
}

export async function conversationChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults } = simulator;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const model = await startScriptedModel(script);
	const { account, password, wcId, friend } = defaults;
	const other = [...simulator.world.people.keys()].find((id) => id !== friend && id !== wcId) ?? '';
	const credential = {
		name: 'Eyun account (e2e)',
		type: CREDENTIAL_TYPE,
		data: { baseUrl: simulator.url, authentication: 'account', account, password },
	};
	const eyun = {
		[CREDENTIAL_TYPE]: {
			id: await stack.client.saveCredential(credential),
			name: credential.name,
		},
	};
	const openAi = {
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'x', url: model.url },
	};
	const openAiId = await stack.client.saveCredential(openAi);
	const openAiApi = { openAiApi: { id: openAiId, name: openAi.name } };

	const agentWorkflow = await stack.client.createWorkflow(agentFile(eyun, openAiApi));
	const activate = async () => {
		await stack.client.activateWorkflow(await stack.client.getWorkflow(agentWorkflow.id));
		await stack.client.published(agentWorkflow.id);
	};
	await activate();

	let seen = control.messages().length;
	/** The answers since the last call. */
	const answers = () => {
		const all = control.messages().map(({ to, content }) => ({ to, content }));
		const fresh = all.slice(seen);
		seen = all.length;
		return fresh;
	};
	const answered = async (count: number) => {
		const first = seen;
		await waitFor(() => control.messages().length >= first + count || undefined, {
			what: `${count} answers`,
			timeoutMs: 60_000,
		});
		await sleep(QUIET_MS);
		return answers();
	};
	const say = async (text: string, from = friend) =>
		assert.ok((await control.say({ from, text })).delivered, `"${text}" was not delivered`);

	await checks.run(
		'an AI agent with all its defaults answers, and remembers whom it talks to',
		async () => {
			await say('hello');
			assert.deepEqual(await answered(1), [{ to: friend, content: 'A1: hello' }]);
			await say('again');
			await say('hi', other);
			const both = await answered(2);
			assert.deepEqual(
				both.sort((a, b) => a.content.localeCompare(b.content)),
				[
					{ to: other, content: 'A1: hi' },
					{ to: friend, content: 'A2: again' },
				],
			);
		},
	);

	await checks.run('two customers write in bursts at once: one answer each, in order', async () => {
		for (const word of ['one', 'two', 'three']) {
			await say(word);
			await say(`${word}!`, other);
		}
		const both = await answered(2);
		assert.deepEqual(
			both.sort((a, b) => a.content.localeCompare(b.content)),
			[
				{ to: other, content: 'A2: one!\ntwo!\nthree!' },
				{ to: friend, content: 'A3: one\ntwo\nthree' },
			],
		);
	});

	await checks.run('a picture followed by text is one question', async () => {
		await control.push({ messageType: '60002', data: { fromUser: friend, toUser: wcId } });
		await say('what is this?');
		assert.deepEqual(await answered(1), [{ to: friend, content: 'A4: [Image]\nwhat is this?' }]);
	});

	await checks.run(
		'n8n killed in the middle of a burst: one answer, with all that was answered',
		async () => {
			await say('before');
			await say('the crash');
			await stack.killN8n();
			await stack.startN8nAgain();
			const [{ content }] = await answered(1);
			// The memory of the agent was in the process.
			assert.equal(content, 'A1: before\nthe crash');
		},
	);

	await checks.run('the owner writes in between: nothing is answered in that chat', async () => {
		await say('question');
		await control.push({
			messageType: '60001',
			data: { fromUser: wcId, toUser: friend, content: 'I answer myself', self: true },
		});
		await say('thank you');
		await say('and me?', other);
		assert.deepEqual(await answered(1), [{ to: other, content: 'A1: and me?' }]);
	});

	await stack.client.deactivateWorkflow(agentWorkflow.id);
	await stack.callbackCancelled();

	await checks.run(
		'three workflows and another system on one account: each event once for each',
		async () => {
			const foreign = await otherSystem();
			// One after the other: n8n 1.123 with SQLite refuses one of three that come at once.
			const first = await Triggering.create(stack, 'share one', { onConflict: 'share' });
			const second = await Triggering.create(stack, 'share two', { onConflict: 'share' });
			const third = await Triggering.create(stack, 'share three', { onConflict: 'share' });
			const triggerings = [first, second, third];
			try {
				first.register(foreign.address);
				for (const triggering of triggerings) await triggering.activate();
				const texts = ['a', 'b', 'c', 'd', 'e', 'f'];
				for (const text of texts.slice(0, 2)) await say(text);
				await second.deactivate();
				for (const text of texts.slice(2, 4)) await say(text);
				await stack.restartN8n();
				await first.registeredAs('production', (url) => url?.includes('/webhook/') ?? false);
				await waitFor(
					async () =>
						(await Promise.all(
							[first, third].map(async (one) => await stack.client.published(one.workflow.id)),
						)) && true,
					{ what: 'the workflows after the restart', timeoutMs: 30_000 },
				);
				for (const text of texts.slice(4)) await say(text);
				const heardBy = async (triggering: Triggering, count: number) =>
					(await triggering.outputs(count))
						.flatMap(({ items }) => items.map(({ text }) => text))
						.sort();
				assert.deepEqual(await heardBy(first, 6), texts);
				assert.deepEqual(await heardBy(third, 6), texts);
				assert.deepEqual(await heardBy(second, 2), texts.slice(0, 2));
				const foreignTexts = foreign.bodies
					.filter((body) => !body.includes('"00000"'))
					.map((body) => /"content":"(\w)"/.exec(body)?.[1]);
				assert.deepEqual(foreignTexts, texts);
				for (const triggering of [third, first]) await triggering.deactivate();
				await first.registeredAs('the other system', (url) => url === foreign.address);
			} finally {
				// The checks that come next are to be alone, also after a failure.
				for (const triggering of triggerings) await triggering.deactivate();
				await foreign.stop();
				first.register(null);
			}
		},
	);

	await model.stop();
	await stack.activate();
}

/** Trigger, agent with memory and model, answer; every node with its defaults as far as that goes. */
function agentFile(eyun: INode['credentials'], openAiApi: INode['credentials']): WorkflowFile {
	const langchain = '@n8n/n8n-nodes-langchain.';
	return {
		name: 'agent (e2e)',
		settings: { executionOrder: 'v1' },
		nodes: [
			nodeAt(0, TRIGGER, 'n8n-nodes-eyun.eyunTrigger', 1.1, {
				webhookId: 'e2e-agent',
				credentials: eyun,
				parameters: {
					events: ['message'],
					options: {
						merge: { values: { silence: SILENCE_SECONDS, longest: 20 } },
						takeover: { values: { minutes: 30 } },
					},
				},
			}),
			nodeAt(1, 'AI Agent', `${langchain}agent`, 3, {}),
			nodeAt(2, 'Model', `${langchain}lmChatOpenAi`, 1.2, {
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				credentials: openAiApi,
			}),
			nodeAt(3, 'Simple Memory', `${langchain}memoryBufferWindow`, 1.3, {}),
			nodeAt(4, 'Answer', 'n8n-nodes-eyun.eyun', 1, {
				credentials: eyun,
				parameters: {
					resource: 'message',
					operation: 'sendText',
					wId: `={{ $('${TRIGGER}').item.json.wId }}`,
					wcId: `={{ $('${TRIGGER}').item.json.chatId }}`,
					content: '={{ $json.output }}',
				},
			}),
		] as WorkflowFile['nodes'],
		connections: {
			[TRIGGER]: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
			'Simple Memory': { ai_memory: [[{ node: 'AI Agent', type: 'ai_memory', index: 0 }]] },
			'AI Agent': { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
		} as WorkflowFile['connections'],
	};
}
