/** What docs/ai-agents.md tells users to build, built so: an answer, a colleague who reviews it, a model that fails. */
import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { CREDENTIAL_NAME } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { textOf as textOfPage } from '../support/guides.cts';
import type { ModelRequest } from '../support/scriptedModel.cts';
import { startScriptedModel, textOf } from '../support/scriptedModel.cts';
import type { Checks } from '../frame/checks.cts';
import { nodeAt } from './workflows.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const AGENT = 'AI Agent';
const REVIEW = 'Ask a Colleague';

/** An expression as the page gives it. */
function fromPage(expression: string): string {
	assert.ok(
		textOfPage('docs/ai-agents.md').includes(expression),
		`${expression} is not in the page`,
	);
	return `=${expression}`;
}

const APPROVED = fromPage('{{ $json.data.approved }}');
const ANSWER = fromPage('{{ $json.output }}');
const REVIEWED = fromPage("{{ $('AI Agent').first().json.output }}");

/** Answers with the question, and with **bold** as models do. */
function script({ messages }: ModelRequest): string {
	return `**A:** ${textOf(messages[messages.length - 1])}`;
}

export async function agentGuideChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	const { wcId, friend } = defaults;
	const colleague = [...simulator.world.people.keys()].find((id) => ![friend, wcId].includes(id));
	assert.ok(colleague);
	await client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const model = await startScriptedModel(script);
	const openAi = {
		name: 'Model of the guide',
		type: 'openAiApi',
		data: { apiKey: 'x', url: model.url },
	};
	const openAiId = await client.saveCredential(openAi);
	const parts = new Parts(stack, { openAiApi: { id: openAiId, name: openAi.name } });

	let seen = control.messages().length;
	const sent = async (count: number) => {
		await waitFor(() => control.messages().length >= seen + count || undefined, {
			what: `${count} messages`,
			timeoutMs: 30_000,
		});
		const fresh = control.messages().slice(seen);
		seen += fresh.length;
		return fresh.map(({ to, content }) => ({ to, content }));
	};
	const say = async (from: string, text: string) =>
		assert.ok((await control.say({ from, text })).delivered, `"${text}" was not delivered`);
	const run = async (file: WorkflowFile, work: (id: string) => Promise<void>) => {
		const { id } = await client.createWorkflow(file);
		await client.activateWorkflow(await client.getWorkflow(id));
		await client.published(id);
		try {
			await work(id);
		} finally {
			await client.deactivateWorkflow(id);
			await stack.callbackCancelled();
		}
	};

	await checks.run('guide: a colleague reviews the answer in the chat', async () => {
		const file = parts.workflow('guide: review', [
			parts.agent(),
			parts.eyun(REVIEW, {
				operation: 'sendAndWait',
				wId: { __rl: true, mode: 'list', value: wcId },
				wcId: colleague,
				message: ANSWER,
				answer: 'chat',
				approvalOptions: { values: { approvalType: 'double' } },
			}),
			parts.onlyIf(APPROVED),
			parts.reply('Reply', REVIEWED),
		]);
		await run(file, async (id) => {
			const executions = async () => await client.executions(id);
			const rounds = [
				{ question: 'price?', decision: '好的', answers: [{ to: friend, content: 'A: price?' }] },
				{ question: 'discount?', decision: '不同意', answers: [] },
				{
					question: 'delivery?',
					decision: '1',
					answers: [{ to: friend, content: 'A: delivery?' }],
				},
			];
			for (const { question, decision, answers } of rounds) {
				const before = (await executions()).length;
				await say(friend, question);
				const [{ to, content }] = await sent(1);
				assert.equal(to, colleague);
				assert.ok(content.startsWith(`**A:** ${question}\n`), content);
				await say(colleague, decision);
				await waitFor(
					async () => {
						const all = await executions();
						const ended = all.every(({ status }) => status === 'success');
						return (ended && all.length === before + 1) || undefined;
					},
					{ what: 'the end of the execution', timeoutMs: 30_000, everyMs: 100 },
				);
				assert.deepEqual(await sent(answers.length), answers);
			}
		});
	});

	await checks.run(
		'guide: four nodes with their defaults answer, in plain text; without the model the second Reply',
		async () => {
			const agent = { onError: 'continueErrorOutput' as const };
			const file = parts.workflow('guide: answer', [
				parts.agent(agent),
				parts.reply('Reply', ANSWER),
			]);
			file.nodes.push(parts.reply('Reply Instead', 'A colleague will answer.'));
			const outputs = file.connections[AGENT].main;
			outputs.push([{ node: 'Reply Instead', type: 'main', index: 0 }]);
			await run(file, async () => {
				await say(friend, 'hello');
				assert.deepEqual(await sent(1), [{ to: friend, content: 'A: hello' }]);
				await model.stop();
				await say(friend, 'are you there?');
				assert.deepEqual(await sent(1), [{ to: friend, content: 'A colleague will answer.' }]);
			});
		},
	);

	await stack.activate();
}

/** The nodes of the guide. */
class Parts {
	private readonly eyunApi: INode['credentials'];
	private count = 0;

	constructor(
		stack: Stack,
		private readonly openAiApi: INode['credentials'],
	) {
		this.eyunApi = { [CREDENTIAL_TYPE]: { id: stack.credentialId, name: CREDENTIAL_NAME } };
	}

	private node(name: string, type: string, typeVersion: number, more: Partial<INode> = {}) {
		return nodeAt(this.count++, name, type, typeVersion, more);
	}

	eyun(name: string, parameters: IDataObject) {
		return this.node(name, 'n8n-nodes-eyun.eyun', 1, {
			credentials: this.eyunApi,
			parameters: { resource: 'message', ...parameters },
		});
	}

	reply(name: string, text: string) {
		return this.eyun(name, { operation: 'reply', text });
	}

	agent(more: object = {}) {
		return this.node(AGENT, '@n8n/n8n-nodes-langchain.agent', 3, more);
	}

	onlyIf(expression: string) {
		const operator = { type: 'boolean', operation: 'true', singleValue: true };
		const conditions = [{ id: '1', leftValue: expression, rightValue: '', operator }];
		const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
		return this.node('If', 'n8n-nodes-base.if', 2.2, {
			parameters: { conditions: { combinator: 'and', conditions, options }, options: {} },
		});
	}

	/** Private messages start it; the nodes run one after another, the agent with a model and a memory. */
	workflow(name: string, nodes: WorkflowFile['nodes']): WorkflowFile {
		const trigger = this.node(TRIGGER, 'n8n-nodes-eyun.eyunTrigger', 1.1, {
			webhookId: `e2e-${name.replace(/\W+/g, '-')}`,
			credentials: this.eyunApi,
			parameters: { events: ['privateMessage'] },
		});
		const model = this.node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: this.openAiApi,
		});
		const memory = this.node('Memory', '@n8n/n8n-nodes-langchain.memoryBufferWindow', 1.3);
		const to = (type: string, node = AGENT) => ({ [type]: [[{ node, type, index: 0 }]] });
		const row = [trigger, ...nodes];
		return {
			name: `${name} (e2e)`,
			settings: { executionOrder: 'v1' },
			nodes: [...row, model, memory],
			connections: {
				...Object.fromEntries(nodes.map((node, n) => [row[n].name, to('main', node.name)])),
				[model.name]: to('ai_languageModel'),
				[memory.name]: to('ai_memory'),
			} as WorkflowFile['connections'],
		};
	}
}
