/**
 * One workflow in n8n's own engine, without n8n: its expressions, its contexts, its HTTP, its way through
 * the nodes. What n8n has around the engine (editor, database, other nodes) is not there. Callbacks come
 * in over HTTP, as they do in n8n.
 */
import 'reflect-metadata';

import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import {
	DataDeduplicationService,
	HookContext,
	TriggerContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IHookFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	ITriggerFunctions,
	IWebhookData,
	IWebhookFunctions,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import * as running from '../../nodes/Eyun/running.ts';
import { additionalDataOf } from '../../test/support/additionalData.cts';
import { TestCredentials } from '../../test/support/credentials.cts';
import { DedupStore } from '../../test/support/dedupStore.cts';
import { addRawBody, parseBody } from '../../test/support/n8nBody.cts';
import type { WorkflowFile } from './n8n-client.cts';

/** One execution that a callback started. */
export interface QuickExecution {
	/** The nodes that ran, in order, with what they put out. */
	nodes: Array<{ name: string; items: INodeExecutionData[] }>;
	/** What it ended with, if it did not succeed. */
	error?: Error;
}

/** The If node of n8n-nodes-base: the same parameter, evaluated by the same code of n8n's. */
const ifNode: INodeType = {
	description: {
		displayName: 'If',
		name: 'if',
		group: ['transform'],
		version: [2, 2.2],
		description: 'Routes items',
		defaults: { name: 'If' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties: [
			{
				displayName: 'Conditions',
				name: 'conditions',
				type: 'filter',
				default: {},
				typeOptions: { filter: { version: 2 } },
			},
		],
	},
	async execute(this: IExecuteFunctions) {
		const results: INodeExecutionData[][] = [[], []];
		this.getInputData().forEach((item, index) => {
			const passes = this.getNodeParameter('conditions', index, false, { extractValue: true });
			results[passes === true ? 0 : 1].push({ ...item, pairedItem: { item: index } });
		});
		return results;
	},
};

const TRIGGER = 'n8n-nodes-eyun.eyunTrigger';

/** n8n's database of processed items, as far as it is in here: there can be one in a process. */
let database: Promise<void> | undefined;

/** The nodes load the other half with import(), which tsx does not turn into require(). */
const load = async () => running;

export class QuickN8n {
	/** Emits `execution` with a QuickExecution. */
	readonly events = new EventEmitter<{ execution: [QuickExecution] }>();

	private readonly trigger = new EyunTrigger(undefined, load);

	private readonly credentials: TestCredentials;

	private readonly workflow: Workflow;

	private readonly node: INode;

	private readonly path: string;

	/** Keys of the executions so far; n8n's database holds one of each. */
	private readonly keys = new Set<string>();

	private server!: Server;

	private close: (() => Promise<void>) | undefined;

	private count = 0;

	private constructor(
		file: WorkflowFile,
		credential: ConstructorParameters<typeof TestCredentials>[0],
	) {
		this.credentials = new TestCredentials(credential);
		const types: Record<string, INodeType> = {
			[TRIGGER]: this.trigger,
			'n8n-nodes-eyun.eyun': new Eyun(undefined, load),
			'n8n-nodes-base.if': ifNode,
		};
		const nodeTypes: INodeTypes = {
			getByName: (name) => types[name],
			getByNameAndVersion: (name, version) =>
				NodeHelpers.getVersionedNodeType(types[name], version),
			getKnownTypes: () => ({}),
		};
		const nodes = (file.nodes as INode[]).filter(({ type }) => type in types);
		this.workflow = new Workflow({
			...file,
			id: 'quick-look',
			active: true,
			nodes,
			nodeTypes,
			connections: file.connections as Workflow['connectionsBySourceNode'],
		});
		const node = nodes.find(({ type }) => type === TRIGGER);
		if (node === undefined) throw new Error(`"${file.name}" does not begin with our trigger`);
		this.node = node;
		const [{ path }] = this.trigger.description.webhooks ?? [];
		this.path = NodeHelpers.getNodeWebhookPath('quick-look', node, String(path));
	}

	/**
	 * Activates a workflow: its trigger registers with the vendor.
	 *
	 * @param file begins with Eyun WeChat Trigger; of n8n's own nodes it may have If
	 * @param credential the fields of the Eyun API credential
	 * @throws Error when it cannot be activated
	 */
	static async start(
		file: WorkflowFile,
		credential: ConstructorParameters<typeof TestCredentials>[0],
	): Promise<QuickN8n> {
		const quick = new QuickN8n(file, credential);
		await (database ??= DataDeduplicationService.init(new DedupStore()));
		const app = express();
		app.use((request: Request, response: Response) => void quick.serve(request, response));
		await new Promise<void>((ready) => {
			quick.server = app.listen(0, '127.0.0.1', () => ready());
		});
		try {
			await quick.activate();
		} catch (error) {
			await quick.stop();
			throw error;
		}
		return quick;
	}

	/** Ends everything; the address stays registered with the vendor. */
	async stop(): Promise<void> {
		await this.close?.();
		await new Promise<void>((done) => {
			this.server.close(() => done());
			this.server.closeAllConnections();
		});
	}

	private get base(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	private additionalData(executionId?: string) {
		const { credentials, base } = this;
		return additionalDataOf({ base, workflowId: 'quick-look', credentials, executionId });
	}

	private webhookData(): IWebhookData {
		const [webhookDescription] = this.trigger.description.webhooks!;
		return {
			httpMethod: 'POST',
			node: this.node.name,
			path: this.path,
			webhookDescription,
			workflowId: 'quick-look',
			workflowExecuteAdditionalData: this.additionalData(),
			isTest: false,
		};
	}

	private async activate(): Promise<void> {
		const { workflow, node, trigger } = this;
		const hook = new HookContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			'activate',
			this.webhookData(),
		);
		await trigger.webhookMethods.default.create.call(hook as IHookFunctions);
		const emit: ITriggerFunctions['emit'] = (data, _response, done, key) => {
			if (key !== undefined && this.keys.has(key)) {
				done?.resolve(undefined as unknown as IRun);
				return;
			}
			if (key !== undefined) this.keys.add(key);
			void this.execute(data, 'trigger').then((run) => done?.resolve(run));
		};
		const context = new TriggerContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			'activate',
			emit,
			undefined,
			undefined,
			// Nobody stays long enough for the watchdog's next look.
			{ registerCron: () => {} },
		);
		const started = await trigger.trigger.call(context as ITriggerFunctions);
		this.close = started.closeFunction;
	}

	private async serve(request: Request, response: Response): Promise<void> {
		if (request.method !== 'POST' || request.path !== `/webhook/${this.path}`) {
			response.status(404).json({ message: 'not registered' });
			return;
		}
		addRawBody(request);
		try {
			await parseBody(request);
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		const additionalData = this.additionalData();
		additionalData.httpRequest = request;
		additionalData.httpResponse = response;
		const context = new WebhookContext(
			this.workflow,
			this.node,
			additionalData,
			'webhook',
			this.webhookData(),
			[],
			null,
		);
		const result = await this.trigger.webhook.call(context as IWebhookFunctions);
		if (result.noWebhookResponse) return;
		if (result.workflowData) void this.execute(result.workflowData, 'webhook');
		response.status(200).json(result.webhookResponse);
	}

	private async execute(main: INodeExecutionData[][], mode: WorkflowExecuteMode): Promise<IRun> {
		const run = await new WorkflowExecute(
			this.additionalData(String(++this.count)),
			mode,
			createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						// What n8n stores and reads again is JSON.
						{ node: this.node, data: { main: structuredClone(main) }, source: null },
					],
				},
			}),
		).processRunExecutionData(this.workflow);
		const { runData, error } = run.data.resultData;
		const nodes = Object.entries(runData)
			.map(([name, [task]]) => ({
				name,
				items: (task.data?.main ?? []).flatMap((items) => items ?? []),
				at: task.executionIndex,
			}))
			.sort((a, b) => a.at - b.at);
		this.events.emit('execution', { nodes, ...(error ? { error } : {}) });
		return run;
	}
}
