/**
 * What of n8n-core's and n8n-workflow's inside this package relies on, where no test of a feature
 * shows it: docs/n8n-contract.md says what each is about. A test that fails here means that n8n has
 * changed, not that something of ours is broken yet.
 */
import 'reflect-metadata';

import type * as Di from '@n8n/di';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	ActiveWorkflowTriggers,
	ExecuteContext,
	HookContext,
	InstanceSettings,
	PackageDirectoryLoader,
	TriggerContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	ITriggerResponse,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
	JsonObject,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	createRunExecutionData,
	NodeApiError,
	NodeConnectionTypes,
	NodeHelpers,
	nodeParametersAreStatic,
	Workflow,
	webhookDescriptionIsNativelyResolvable,
} from 'n8n-workflow';

import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import * as running from '../../nodes/Eyun/running.ts';
import { ProcessState, TriggerState } from '../../nodes/Eyun/trigger/state/triggerState.ts';
import { additionalDataOf } from '../support/additionalData.cts';
import { inlineFile, openBinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';

/** The container of the very n8n-core that runs here. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as typeof Di;

const NODE: INode = {
	id: 'trigger-1',
	name: 'Trigger',
	type: 'trigger',
	typeVersion: 1.1,
	position: [0, 0],
	webhookId: 'b3f7e0d2',
	parameters: {},
	credentials: { eyunApi: { id: '1', name: 'Eyun API' } },
};

const BASE = 'https://n8n.example.com';

function workflowWith(type: INodeType, node: Partial<INode> = {}): Workflow {
	const nodeTypes: INodeTypes = {
		getByName: () => type,
		getByNameAndVersion: (_, version) => NodeHelpers.getVersionedNodeType(type, version),
		getKnownTypes: () => ({}),
	};
	return new Workflow({
		id: 'workflow-1',
		active: true,
		nodeTypes,
		nodes: [{ ...NODE, ...node }],
		connections: {},
		settings: { executionOrder: 'v1' },
		staticData: {},
	});
}

const nodeOf = (workflow: Workflow) => workflow.getNode(NODE.name)!;

const additionalData = additionalDataOf({
	base: BASE,
	workflowId: 'workflow-1',
	credentials: new TestCredentials({}),
	executionId: '1',
});

function webhookData(isTest: boolean): IWebhookData {
	const [webhookDescription] = new EyunTrigger().description.webhooks!;
	return { webhookDescription, isTest } as IWebhookData;
}

/** One context of each kind in which n8n calls the trigger. */
function contexts(workflow = workflowWith(new EyunTrigger())) {
	const node = nodeOf(workflow);
	const hook = (isTest: boolean) =>
		new HookContext(workflow, node, additionalData, 'trigger', 'activate', webhookData(isTest));
	return {
		webhook: new WebhookContext(
			workflow,
			node,
			additionalData,
			'webhook',
			webhookData(false),
			[],
			null,
		),
		hook: hook(false),
		testHook: hook(true),
		trigger: new TriggerContext(workflow, node, additionalData, 'trigger', 'activate'),
		execute: new ExecuteContext(
			workflow,
			node,
			additionalData,
			'trigger',
			createRunExecutionData(),
			0,
			[],
			{ main: [[]] },
			{ node, data: { main: [[]] }, source: null },
			[],
		),
	};
}

describe('parameters', () => {
	/** The trigger with one parameter more, into which the editor lets expressions. */
	const withText = (): INodeType => {
		const { description } = new EyunTrigger();
		const text = { displayName: 'Text', name: 'text', type: 'string', default: '' } as const;
		return { description: { ...description, properties: [...description.properties, text] } };
	};
	const expression = '={{ 1 + 1 }}';

	it('come as stored with rawExpressions, without any evaluation or check', () => {
		const workflow = workflowWith(withText(), { parameters: { text: expression } });
		const evaluations = [
			jest.spyOn(workflow.expression, 'getParameterValue'),
			jest.spyOn(workflow.expression, 'resolveSimpleParameterValue'),
		];
		const { webhook, hook, trigger, execute } = contexts(workflow);
		const raw = { rawExpressions: true };
		for (const context of [webhook, hook, trigger]) {
			expect(context.getNodeParameter('text', '', raw)).toBe(expression);
			expect(context.getNodeParameter('missing', 'fallback', raw)).toBe('fallback');
		}
		expect(execute.getNodeParameter('text', 0, '', raw)).toBe(expression);
		for (const evaluation of evaluations) expect(evaluation).not.toHaveBeenCalled();
		// Only to show that the watch would have seen it.
		expect(webhook.getNodeParameter('text', '')).toBe(2);
		expect(evaluations[0]).toHaveBeenCalled();
	});

	it('are no expressions where noDataExpression is set, whatever was stored', () => {
		const workflow = workflowWith(withText(), {
			parameters: { text: expression, onConflict: expression },
		});
		expect(nodeOf(workflow).parameters).toMatchObject({
			text: expression,
			onConflict: expression.slice(1),
		});
	});

	it('are read by item in execute() only, which alone has getInputData', () => {
		const { execute, ...others } = contexts();
		expect('getInputData' in execute).toBe(true);
		for (const context of Object.values(others)) expect('getInputData' in context).toBe(false);
	});
});

describe('the webhook of the trigger', () => {
	it('needs no expression, neither in its description nor in its parameters', () => {
		const { description } = new EyunTrigger();
		for (const webhook of description.webhooks!) {
			expect(webhookDescriptionIsNativelyResolvable(webhook)).toBe(true);
		}
		const asAdded = NodeHelpers.getNodeParameters(
			description.properties,
			{},
			true,
			false,
			NODE,
			description,
		)!;
		expect(nodeParametersAreStatic({ ...NODE, parameters: asAdded })).toBe(true);
		// Only to show that n8n would see one.
		expect(nodeParametersAreStatic({ ...NODE, parameters: { events: '={{ [] }}' } })).toBe(false);
	});

	it('has an address of its own for test runs, both with webhookId and path', () => {
		const { hook, testHook } = contexts();
		expect(hook.getNodeWebhookUrl('default')).toBe(`${BASE}/webhook/b3f7e0d2/eyun`);
		expect(testHook.getNodeWebhookUrl('default')).toBe(`${BASE}/webhook-test/b3f7e0d2/eyun`);
	});

	it('cannot ask n8n for duplicates, as execute() can', () => {
		const { webhook, execute } = contexts();
		expect('checkProcessedAndRecord' in webhook.helpers).toBe(false);
		expect('checkProcessedAndRecord' in execute.helpers).toBe(true);
		expect('createDeferredPromise' in webhook.helpers).toBe(true);
	});
});

describe('static data', () => {
	it('is noticed to have changed when a member is set or deleted', () => {
		const workflow = workflowWith(new EyunTrigger());
		const data = contexts(workflow).hook.getWorkflowStaticData('node');
		const changed = () => {
			const { __dataChanged: was } = workflow.staticData;
			workflow.staticData.__dataChanged = false;
			return was;
		};
		changed();
		expect(changed()).toBe(false);
		data.secret = 'a';
		expect(changed()).toBe(true);
		delete data.secret;
		expect(changed()).toBe(true);
		data.online = { wxid_a: '1' };
		expect(changed()).toBe(true);
		// The reason why AccountWatch sets whole objects.
		(data.online as IDataObject).wxid_a = '2';
		expect(changed()).toBe(false);
	});
});

describe('a node with webhook(), trigger() and execute()', () => {
	const types = (calls: string[]): INodeType => ({
		description: new EyunTrigger().description,
		webhook: async () => ({}),
		trigger: async () => {
			calls.push('trigger');
			return {};
		},
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			calls.push(`execute ${this.getMode()} ${items.length}`);
			return [items.slice(1)];
		},
	});

	it.each<WorkflowExecuteMode>(['webhook', 'trigger', 'manual', 'retry'])(
		'has execute() run on what started the execution, in mode %s',
		async (mode) => {
			const calls: string[] = [];
			const workflow = workflowWith(types(calls));
			const items: INodeExecutionData[] = [{ json: { n: 1 } }, { json: { n: 2 } }];
			const stack = [{ node: nodeOf(workflow), data: { main: [items] }, source: null }];
			const run = await new WorkflowExecute(
				additionalData,
				mode,
				createRunExecutionData({ executionData: { nodeExecutionStack: stack } }),
			).processRunExecutionData(workflow);
			expect(calls).toEqual([`execute ${mode} 2`]);
			const [{ data }] = run.data.resultData.runData[NODE.name];
			expect(data?.main[0]?.map(({ json }) => json.n)).toEqual([2]);
		},
	);

	/** Lets n8n start `trigger()` of a node, as on activation. */
	async function started(response: ITriggerResponse | undefined) {
		const workflow = workflowWith({
			...types([]),
			trigger: async () => response as ITriggerResponse,
		});
		const active = Container.get(ActiveWorkflowTriggers);
		await active.addAllTriggers(
			workflow.id,
			workflow,
			additionalData,
			'trigger',
			'activate',
			(it, node) => new TriggerContext(it, node, additionalData, 'trigger', 'activate'),
			() => {
				throw new Error('nothing is polled');
			},
		);
		return { active, workflow };
	}

	it('counts as registered when trigger() gave back something, and is closed with it', async () => {
		const closeFunction = jest.fn(async () => {});
		const { active, workflow } = await started({ closeFunction });
		expect([...active.getRegisteredTriggerNodeIds(workflow.id)]).toEqual([NODE.id]);
		expect(closeFunction).not.toHaveBeenCalled();
		await active.remove(workflow.id);
		expect(closeFunction).toHaveBeenCalledTimes(1);
	});

	it('does not count as registered when trigger() gave back nothing', async () => {
		const { active, workflow } = await started(undefined);
		expect([...active.getRegisteredTriggerNodeIds(workflow.id)]).toEqual([]);
	});

	it('has a clock on the leading process only, which ends with the workflow', async () => {
		jest.useFakeTimers();
		const settings = Container.get(InstanceSettings);
		const active = Container.get(ActiveWorkflowTriggers);
		try {
			const onTick = jest.fn();
			const register = () =>
				contexts().trigger.helpers.registerCron({ expression: '7 */5 * * * *' }, onTick);
			settings.markAsFollower();
			register();
			await jest.advanceTimersByTimeAsync(600_000);
			expect(onTick).not.toHaveBeenCalled();
			settings.markAsLeader();
			register();
			await jest.advanceTimersByTimeAsync(600_000);
			expect(onTick).toHaveBeenCalledTimes(2);
			await active.remove('workflow-1');
			await jest.advanceTimersByTimeAsync(600_000);
			expect(onTick).toHaveBeenCalledTimes(2);
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('an item that stands for a failed one', () => {
	/** Lets a node with an error output put out items; gives back what left by each output. */
	async function outputs(...jsons: IDataObject[]) {
		const type: INodeType = {
			description: { ...new EyunTrigger().description, outputs: [NodeConnectionTypes.Main] },
			execute: async () => [jsons.map((json) => ({ json, pairedItem: { item: 0 } }))],
		};
		const workflow = workflowWith(type, { onError: 'continueErrorOutput' });
		const stack = [{ node: nodeOf(workflow), data: { main: [[{ json: {} }]] }, source: null }];
		const run = await new WorkflowExecute(
			additionalData,
			'trigger',
			createRunExecutionData({ executionData: { nodeExecutionStack: stack } }),
		).processRunExecutionData(workflow);
		const { data } = run.data.resultData.runData[NODE.name][0];
		return data?.main.map((items) => items?.map(({ json }) => json));
	}

	it('leaves by the error output with exactly error and message', async () => {
		const failed = { error: 'refused', message: 'Do this' };
		expect(await outputs({ n: 1 }, failed, { error: 'refused' })).toEqual([
			[{ n: 1 }],
			[failed, { error: 'refused' }],
		]);
	});

	it('is taken for a good one with any other member', async () => {
		const failed = { error: 'refused', message: 'Do this', code: '1001' };
		expect(await outputs(failed)).toEqual([[failed], []]);
	});
});

describe('NodeApiError', () => {
	const message = 'The Eyun server refused the connection';

	it('puts a text of its own in place of ours where it is given a network code', () => {
		const given = (httpCode?: string) =>
			new NodeApiError(NODE, { message } as JsonObject, { message, httpCode }).message;
		expect(given()).toBe(message);
		expect(given('1001')).toBe(message);
		expect(given('ECONNREFUSED')).not.toBe(message);
	});

	it('does so where the text itself holds one', () => {
		const text = `${message} (ECONNREFUSED)`;
		const error = new NodeApiError(NODE, { message: text } as JsonObject, { message: text });
		expect(error.message).not.toBe(text);
	});
});

it('a signed address is refused for a file inside the item', async () => {
	const store = await openBinaryStore();
	try {
		const { createBinarySignedUrl } = contexts().execute.helpers;
		const content = Buffer.from('a picture');
		expect(() => createBinarySignedUrl(inlineFile(content, 'a.png', 'image/png'))).toThrow();
		const stored = await store.put(content, 'a.png', 'image/png');
		expect(await store.fetch(createBinarySignedUrl(stored))).toEqual(content);
	} finally {
		await store.stop();
	}
});

it('modules are loaded once, and node objects made again share them', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'eyun-loader-'));
	const file = (name: string, text: string) => writeFileSync(join(folder, name), text);
	const node = (name: string) =>
		`exports.${name} = class { description = { name: '${name}', displayName: '${name}', group: [],` +
		" version: 1, defaults: {}, inputs: [], outputs: ['main'], properties: [] };" +
		" state = require('./state.js'); };";
	file('state.js', 'exports.made = Symbol();');
	file('One.node.js', node('One'));
	file('Two.node.js', node('Two'));
	file(
		'package.json',
		JSON.stringify({
			name: 'n8n-nodes-probe',
			version: '1.0.0',
			n8n: { n8nNodesApiVersion: 1, nodes: ['One.node.js', 'Two.node.js'] },
		}),
	);
	try {
		const loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
		const [one, again, two] = ['One', 'One', 'Two'].map((name) => loader.getNode(name).type);
		expect(again).toBe(one);
		const stateOf = (type: unknown) => (type as { state: object }).state;
		expect(stateOf(two)).toBe(stateOf(one));
		// As n8n does when it has released the types and needs them again.
		loader.releaseTypes();
		await loader.ensureTypesLoaded();
		const anew = loader.getNode('One').type;
		expect(anew).not.toBe(one);
		expect(stateOf(anew)).toBe(stateOf(one));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

it('trigger nodes of one process share their state', async () => {
	const load = async () => ({
		...running,
		receive: async (_context: unknown, state: unknown) => state as IWebhookResponseData,
	});
	const context = { getNode: () => ({ id: 'node' }), getWorkflow: () => ({ id: 'workflow' }) };
	const stateIn = async (shared?: ProcessState) =>
		await new EyunTrigger(shared, load).webhook.call(context as unknown as IWebhookFunctions);
	const state = await stateIn();
	expect(state).toBeInstanceOf(TriggerState);
	expect(await stateIn()).toBe(state);
	expect(await stateIn(new ProcessState())).not.toBe(state);
});
