/** The node as tools of an AI agent in a real n8n: what the model reads, and what comes of what it gives. */
import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import { compounds } from '../../nodes/Eyun/compound/description';
import { findOperation } from '../../nodes/Eyun/catalogue';
import type { ToolUse } from '../../nodes/Eyun/catalogue/tool/types';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import { isOlder, N8N_VERSION } from '../../scripts/lib/n8n-install.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { CREDENTIAL_NAME } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { ModelAnswer, ModelRequest } from '../support/scriptedModel.cts';
import { startScriptedModel, textOf } from '../support/scriptedModel.cts';
import type { Checks } from '../frame/checks.cts';
import { eyunNode, nodeAt, runOnce } from './workflows.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const AGENT = 'AI Agent';

/** The tools of the agent, by the names that the model reads. */
const TOOLS: Record<string, [resource: string, operation: string]> = {
	Send_Text: ['message', 'sendText'],
	Reply: ['message', 'reply'],
	Mention: ['message', 'mentionMembers'],
	Get_Many_Contacts: ['contact', 'getAll'],
	Find_Contact: ['contact', 'findByName'],
	Add_Members: ['group', 'addMembers'],
};

function toolOf(resource: string, operation: string): ToolUse | undefined {
	const compound = compounds.operations.find(
		(entry) => entry.resource === resource && entry.value === operation,
	);
	return (findOperation(resource, operation) ?? compound)?.tool;
}

/** Calls the tool that the last message asks for; ends when the tool has answered. */
function script({ messages }: ModelRequest): ModelAnswer {
	const last = messages[messages.length - 1];
	return last.role === 'tool' ? 'done' : (JSON.parse(textOf(last)) as ModelAnswer);
}

export async function toolChecks(checks: Checks, stack: Stack): Promise<void> {
	const { control, defaults, world } = stack.simulator;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const initialize = { resource: 'login', operation: 'initContacts', wId: defaults.wcId };
	await runOnce(stack, 'e2e-address-list', [eyunNode(stack, 'Initialize', initialize)]);
	const model = await startScriptedModel(script);
	const openAi = {
		name: 'Scripted model for tools',
		type: 'openAiApi',
		data: { apiKey: 'x', url: model.url },
	};
	const openAiId = await stack.client.saveCredential(openAi);
	const workflow = await stack.client.createWorkflow(
		agentFile(stack, { openAiApi: { id: openAiId, name: openAi.name } }),
	);
	await stack.client.activateWorkflow(await stack.client.getWorkflow(workflow.id));
	await stack.client.published(workflow.id);

	/** Lets the model call a tool; gives back what the tool told it, or its error that ended the execution. */
	async function call(tool: string, args: object): Promise<string> {
		const before = model.requests.length;
		const failedBefore = (await failures()).length;
		const text = JSON.stringify({ tool, arguments: args });
		assert.ok((await control.say({ from: defaults.friend, text })).delivered);
		return await waitFor(
			async () => {
				const answered = model.requests
					.slice(before)
					.map(({ messages }) => messages[messages.length - 1])
					.find(({ role }) => role === 'tool');
				if (answered) return textOf(answered);
				const failed = await failures();
				if (failed.length === failedBefore) return undefined;
				const { error } = (await stack.client.execution(failed[0].id)).data.resultData;
				// The newest n8n tells the model: docs/versions.md.
				assert.ok(isOlder(stack.version, N8N_VERSION), error?.message);
				return error?.message;
			},
			{ what: `what ${tool} tells the model`, timeoutMs: 30_000 },
		);
	}
	const failures = async () =>
		(await stack.client.executions(workflow.id)).filter(({ status }) => status === 'error');
	let seen = control.messages().length;
	const sent = () => {
		const fresh = control.messages().slice(seen);
		seen += fresh.length;
		return fresh.map(({ to, content }) => ({ to, content }));
	};
	const nameOf = (wcId: string) => world.people.get(wcId)?.nickName ?? '';
	const [, other] = defaults.friends;
	const group = defaults.group;

	await checks.run('a tool sends to a friend by name, once', async () => {
		const answer = await call('Send_Text', { wcId: nameOf(other), content: 'hello' });
		assert.deepEqual(sent(), [{ to: other, content: 'hello' }]);
		assert.match(answer, /newMsgId/);
		assert.ok(answer.length < 400, answer);
	});

	await checks.run(
		'the model reads a description of each tool and of each of its parameters',
		async () => {
			const tools = model.requests.at(-1)?.tools ?? [];
			assert.deepEqual(
				tools.map(({ function: { name } }) => name).sort(),
				Object.keys(TOOLS).sort(),
			);
			for (const { function: read } of tools) {
				const tool = toolOf(...TOOLS[read.name]);
				assert.ok(tool);
				assert.equal(read.description, tool.when);
				const { properties, required = [] } = read.parameters as {
					properties: Record<string, { type: string; description: string; default?: unknown }>;
					required?: string[];
				};
				const fills = Object.entries(tool.fills).map(
					([path, value]) => [value.key ?? path.split('.').pop() ?? '', value] as const,
				);
				assert.deepEqual(Object.keys(properties).sort(), fills.map(([key]) => key).sort());
				for (const [key, value] of fills) {
					assert.equal(properties[key].description, value.description);
					assert.equal(properties[key].type, value.type ?? 'string');
					assert.equal(properties[key].default, value.otherwise);
					assert.equal(required.includes(key), value.otherwise === undefined);
				}
			}
		},
	);

	await checks.run('a name that is not clear sends nothing, and says who comes close', async () => {
		const answer = await call('Send_Text', { wcId: nameOf(other).slice(0, 1), content: 'hi' });
		assert.deepEqual(sent(), []);
		assert.ok(answer.includes(`(${other})`), answer);
		assert.match(answer, /Nothing was done/);
	});

	await checks.run('contacts are listed and found, in few words', async () => {
		const all = await call('Get_Many_Contacts', {});
		assert.ok(all.includes(other) && !all.includes('avatarUrl'), all);
		const found = await call('Find_Contact', { name: nameOf(other) });
		assert.ok(found.includes(other) && !found.includes(defaults.friends[2]), found);
	});

	await checks.run('a group takes a list of names and IDs', async () => {
		control.clearRequests();
		const name = world.groups.get(group)?.name ?? '';
		const list = `${nameOf(other)}；${defaults.friends[2]}`;
		await call('Add_Members', { chatRoomId: name, userList: list });
		const bodies = control
			.requests('/addChatRoomMember')
			.map(({ body }) => JSON.parse(body) as IDataObject);
		assert.deepEqual(
			bodies.map(({ chatRoomId, userList }) => ({ chatRoomId, userList })),
			[{ chatRoomId: group, userList: `${other},${defaults.friends[2]}` }],
		);
		await call('Mention', { wcId: name, at: nameOf(other), content: 'welcome' });
		assert.deepEqual(
			sent().map(({ to }) => to),
			[group],
		);
	});

	await checks.run('Reply answers the message that the agent works on', async () => {
		await call('Reply', { answer: 'yes' });
		assert.deepEqual(sent(), [{ to: defaults.friend, content: 'yes' }]);
	});

	await stack.client.deactivateWorkflow(workflow.id);
	await stack.callbackCancelled();
	await model.stop();
	await stack.activate();
}

/** Trigger, agent, model, and tools that are no more than an operation and the account, as its WeChat ID. */
function agentFile(stack: Stack, openAiApi: INode['credentials']): WorkflowFile {
	const langchain = '@n8n/n8n-nodes-langchain.';
	const eyun = { [CREDENTIAL_TYPE]: { id: stack.credentialId, name: CREDENTIAL_NAME } };
	const tools = Object.entries(TOOLS).map(([name, [resource, operation]], n) =>
		nodeAt(10 + n, name, 'n8n-nodes-eyun.eyunTool', 1.1, {
			credentials: eyun,
			parameters: {
				resource,
				operation,
				...(operation === 'reply' ? {} : { wId: stack.simulator.defaults.wcId }),
			},
		}),
	);
	const link = (type: string) => ({ [type]: [[{ node: AGENT, type, index: 0 }]] });
	return {
		name: 'agent with tools (e2e)',
		settings: { executionOrder: 'v1' },
		nodes: [
			nodeAt(0, TRIGGER, 'n8n-nodes-eyun.eyunTrigger', 1.1, {
				webhookId: 'e2e-tools',
				credentials: eyun,
				parameters: { events: ['message'] },
			}),
			nodeAt(1, AGENT, `${langchain}agent`, 3, {}),
			nodeAt(2, 'Model', `${langchain}lmChatOpenAi`, 1.2, {
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				credentials: openAiApi,
			}),
			...tools,
		] as WorkflowFile['nodes'],
		connections: {
			[TRIGGER]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
			Model: link('ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, link('ai_tool')])),
		} as WorkflowFile['connections'],
	};
}
