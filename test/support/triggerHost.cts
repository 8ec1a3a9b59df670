import 'reflect-metadata';

import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Request, Response } from 'express';
import express from 'express';
import { HookContext, TriggerContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	IWebhookData,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
	WebhookSetupMethodNames,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import type { ProcessState } from '../../nodes/Eyun/trigger/state/triggerState.ts';
import { additionalDataOf } from './additionalData.cts';
import { ContextLog } from './contextLog.cts';
import { TestCredentials } from './credentials.cts';
import { DedupStore } from './dedupStore.cts';
import { ExecutionStore } from './executionStore.cts';
import { addRawBody, parseBody } from './n8nBody.cts';
import { emitOf, type OlderEmit } from './triggerEmit.cts';
import type { EyunTrigger } from './triggerProcess.cts';
import { freshTrigger, useStore } from './triggerProcess.cts';
import { NODE_ID, TRIGGER, triggerWorkflow, WEBHOOK_ID } from './triggerWorkflow.cts';

/** One execution that a callback started. */
export interface TriggeredExecution {
	id: string;
	/** What left the trigger; empty when `execute()` dropped it. */
	items: INodeExecutionData[];
	/** What the next node got through paired items: `$('…').item` of the trigger. */
	paired: IDataObject[];
	error?: Error;
}

export interface HostSetup {
	/** What the user filled in, or n8n's store of it where a test edits that later. */
	credentials: IDataObject | TestCredentials;
	parameters?: IDataObject;
	store?: DedupStore;
	/** Where n8n says it is; the server's own address by default. */
	webhookBase?: string;
	workflowId?: string;
	/** n8n's N8N_PROXY_HOPS. */
	proxyHops?: number;
	/** Another host whose process this one shares, with all that modules remember. */
	sharesProcessWith?: TriggerHost;
	/**
	 * False where webhooks are served by processes of their own, as in queue mode: the trigger itself
	 * lives in another one, so that executions start by n8n's way for webhooks.
	 */
	withTrigger?: boolean;
	olderEmit?: OlderEmit;
}

/**
 * What n8n does around a webhook trigger, on n8n-core's own contexts and engine and over real HTTP:
 * activation, the webhook call with n8n's reading of bodies, the answer, the execution. Follows
 * n8n 2.41.1: webhook-helpers.js, live-webhooks.js, test-webhooks.js, body-parser.js.
 */
export class TriggerHost {
	readonly executions: TriggeredExecution[] = [];

	/** The executions that wait, by id: how each takes a request to its webhook. */
	readonly waiting = new Map<string, (request: Request, response: Response) => Promise<void>>();

	/** Where executions are stored; fails as a test wants it. */
	readonly database = new ExecutionStore();

	/** The node's static data as stored in the database, by kind of run. */
	staticData: IDataObject = {};

	/** Requests to the webhook, by the status they were answered with. */
	readonly answers: number[] = [];

	/** How many callbacks have reached `webhook()`. */
	callbacks = 0;

	/** How often the trigger has called `emit`. */
	emitted = 0;

	/** The keys that were given to `emit`. */
	readonly keys: Array<string | undefined> = [];

	/** How many webhooks n8n answers with an error next. */
	failWebhooks = 0;

	/** Whether the process cannot reach its own webhook, as behind a proxy that it must use. */
	cannotReachItself = false;

	/** The mode of the executions started next. */
	mode: WorkflowExecuteMode = 'webhook';

	/** How each execution was started, as n8n calls it. */
	readonly modes: WorkflowExecuteMode[] = [];

	/** Executions run in a worker, as in queue mode: `execute()` is not called in this process. */
	runsElsewhere = false;

	private readonly log = new ContextLog();

	private readonly ticks: Array<() => unknown> = [];

	private closeTrigger: (() => Promise<void>) | undefined;

	private testStaticData: IDataObject = {};

	private readonly answered = new EventEmitter();

	private readonly serving: Array<Promise<void>> = [];

	private readonly running: Array<Promise<TriggeredExecution>> = [];

	private server!: Server;

	private trigger: EyunTrigger;

	private count = 0;

	/** Processes that crashed; their timers go on here, and start nothing. */
	private readonly dead = new Set<EyunTrigger>();

	private constructor(private readonly setup: HostSetup) {
		this.trigger = setup.sharesProcessWith?.trigger ?? freshTrigger();
	}

	static async start(setup: HostSetup): Promise<TriggerHost> {
		const host = new TriggerHost(setup);
		await useStore(setup.store ?? new DedupStore());
		const app = express();
		// As n8n does (abstract-server.js).
		if (setup.proxyHops) app.set('trust proxy', setup.proxyHops);
		app.all(
			'/webhook-waiting/:execution/:node',
			express.json(),
			express.urlencoded({ extended: true }),
			async (request, response) => {
				const execution = host.waiting.get(request.params.execution);
				if (execution) await execution(request, response);
				else response.status(404).json({ message: 'The execution does not exist.' });
			},
		);
		app.use((request: Request, response: Response) => {
			host.serving.push(host.serve(request, response));
		});
		await new Promise<void>((ready) => {
			host.server = app.listen(0, '127.0.0.1', () => ready());
		});
		return host;
	}

	async stop() {
		this.endWatch();
		await new Promise<void>((done) => {
			this.server.close(() => done());
			this.server.closeAllConnections();
		});
	}

	/** A new process on the same database: fresh modules, static data as stored. */
	restart() {
		this.endWatch();
		this.trigger = freshTrigger();
		// One that only serves webhooks waits for no trigger, but for the time after its start.
		const startedMs = performance.now() - 60_000;
		if (this.setup.withTrigger === false) Object.assign(this.shared, { startedMs });
	}

	/** The same without a farewell: nothing of the old process ends in order. */
	crash() {
		this.dead.add(this.trigger);
		this.closeTrigger = undefined;
		this.restart();
	}

	/** Another workflow of the n8n that has just been restarted. */
	joinProcessOf(other: TriggerHost) {
		this.endWatch();
		this.trigger = other.trigger;
	}

	/** What runs in a process ends with it. */
	private endWatch() {
		void this.closeTrigger?.();
		this.closeTrigger = undefined;
	}

	/** Resolves when so many requests have been answered. */
	async answersReach(count: number) {
		while (this.answers.length < count) await once(this.answered, 'one');
	}

	/** Resolves when n8n has dealt with all requests, and the executions they started have ended. */
	async idle() {
		for (let served = -1; served !== this.serving.length;) {
			served = this.serving.length;
			await Promise.all(this.serving);
			// What n8n could not store is tried again.
			await this.shared.idle();
		}
		await this.settled();
	}

	/** Resolves when all executions started so far have ended. */
	async settled() {
		await Promise.all(this.running);
	}

	/** What the trigger has logged as warnings. */
	get warnings(): string[] {
		return this.log.warnings;
	}

	/** What it has logged as errors. */
	get errors(): string[] {
		return this.log.errors;
	}

	private get workflowId() {
		return this.setup.workflowId ?? 'workflow-1';
	}

	get port() {
		return (this.server.address() as AddressInfo).port;
	}

	get base() {
		return this.setup.webhookBase ?? `http://127.0.0.1:${this.port}`;
	}

	/** The production address without secret. */
	get address() {
		return `${this.base}/webhook/${WEBHOOK_ID}/eyun`;
	}

	async activate(activation: WorkflowActivateMode = 'activate') {
		const workflow = await this.hook('create', 'trigger', activation, false).catch(
			async (error: unknown) => {
				// As n8n does (webhook-trigger-registrar.js, clearRegisteredWebhook).
				await this.hook('delete', 'internal', 'update', false);
				throw error;
			},
		);
		if (this.setup.withTrigger !== false) await this.startTrigger(workflow, activation);
	}

	async deactivate() {
		await this.hook('delete', 'internal', 'update', false);
		await this.closeTrigger?.();
		this.closeTrigger = undefined;
	}

	/** Lets the watchdog look, as n8n's clock does every few minutes. */
	async tick() {
		for (const onTick of this.ticks) await onTick();
		await this.settled();
	}

	/** What the nodes of the process share. */
	get shared(): ProcessState {
		return (this.trigger as unknown as { shared: ProcessState }).shared;
	}

	/** How many triggers the process keeps a state for. */
	get statesKept(): number {
		return this.shared.size;
	}

	/** How many accounts the trigger knows to be online. */
	get accountsOnline(): number {
		const node = { id: NODE_ID } as INode;
		const context = { getWorkflow: () => ({ id: this.workflowId }), getNode: () => node };
		return this.shared.of(context as never).accounts.online.size;
	}

	/** How many clocks the active trigger has set up. */
	get clocks() {
		return this.ticks.length;
	}

	private async startTrigger(workflow: Workflow, activation: WorkflowActivateMode) {
		const node = workflow.getNode(TRIGGER)!;
		this.ticks.length = 0;
		const { trigger } = this;
		const emit = emitOf(this.setup.olderEmit, {
			isDead: () => this.dead.has(trigger),
			start: async (data, key) => {
				this.save(workflow);
				return await this.startByTrigger(data, key);
			},
			note: (work) => void this.serving.push(work),
		});
		const context = new TriggerContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			activation,
			emit,
			undefined,
			undefined,
			{ registerCron: (_cron, onTick) => void this.ticks.push(onTick as () => unknown) },
		);
		this.log.watch(context);
		const started = await this.trigger.trigger.call(context as ITriggerFunctions);
		this.closeTrigger = async () => {
			this.ticks.length = 0;
			await started.closeFunction?.();
		};
		this.save(workflow);
	}

	/** n8n's `emit` (trigger-execution-context.factory.js, execution-persistence.js). */
	private async startByTrigger(
		main: INodeExecutionData[][],
		key: string | undefined,
	): Promise<IRun | undefined> {
		this.emitted++;
		this.keys.push(key);
		await Promise.resolve();
		if (!(await this.database.add(main, key))) return undefined;
		const failure = this.database.takeFailAfterStoring();
		if (failure) {
			// n8n shows it as failed.
			this.executions.push({ id: String(++this.count), items: main[0], paired: [] });
			throw failure;
		}
		const worker = this.runsElsewhere ? freshTrigger() : this.trigger;
		const running = this.execute(main, 'trigger', String(++this.count), worker);
		this.running.push(running);
		await running;
		return { status: 'success' } as IRun;
	}

	/** n8n stores only what has changed (workflow-static-data.service.js). */
	private isChanged({ staticData }: Workflow): boolean {
		return (staticData as { __dataChanged?: boolean }).__dataChanged === true;
	}

	private save(workflow: Workflow) {
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}

	/** The editor's "Listen for test event". */
	async listen() {
		this.testStaticData = {};
		await this.hook('create', 'manual', 'manual', true);
	}

	async stopListening() {
		await this.hook('delete', 'internal', 'update', true);
	}

	private async hook(
		method: WebhookSetupMethodNames,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest: boolean,
	) {
		const workflow = this.workflow(isTest ? this.testStaticData : this.staticData);
		const node = workflow.getNode(TRIGGER)!;
		const webhookData = this.webhookData(isTest);
		const context = new HookContext(
			workflow,
			node,
			this.additionalData(),
			mode,
			activation,
			webhookData,
		);
		this.log.watch(context);
		const run = async (name: WebhookSetupMethodNames) =>
			await this.trigger.webhookMethods.default[name].call(context as IHookFunctions);
		if (method !== 'create' || !(await run('checkExists'))) await run(method);
		// n8n saves static data as JSON after its hooks.
		const saved = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		if (isTest) this.testStaticData = saved;
		else this.staticData = saved;
		return workflow;
	}

	private async serve(request: Request, response: Response) {
		response.once('finish', () => {
			this.answers.push(response.statusCode);
			this.answered.emit('one');
		});
		const isTest = request.path.startsWith('/webhook-test/');
		const webhookData = this.webhookData(isTest);
		if (request.method !== 'POST' || !request.path.endsWith(`/${webhookData.path}`)) {
			return void response.status(404).json({ message: 'not registered' });
		}
		if (this.cannotReachItself && request.headers['x-eyun-process'] !== undefined) {
			return void response.status(502).json({ message: 'no way' });
		}
		addRawBody(request);
		const workflow = this.workflow(isTest ? this.testStaticData : this.staticData);
		const node = workflow.getNode(TRIGGER)!;
		const additionalData = this.additionalData();
		additionalData.httpRequest = request;
		additionalData.httpResponse = response;
		try {
			await parseBody(request);
		} catch {
			return void response.status(422).json({ message: 'Failed to parse request body' });
		}
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			isTest ? 'manual' : 'webhook',
			webhookData,
			[],
			null,
		);
		this.log.watch(context);
		this.callbacks++;
		const result = await this.trigger.webhook.call(context as IWebhookFunctions);
		if (result.noWebhookResponse) return;
		if (result.workflowData === undefined) {
			// n8n stores static data before it answers (live-webhooks.js).
			if (!isTest && this.isChanged(workflow)) this.save(workflow);
			return void response.json(result.webhookResponse);
		}
		await this.database.holdBack;
		if (this.database.startFailure || this.failWebhooks-- > 0) {
			return void response.status(500).json({ message: 'not started' });
		}
		this.running.push(this.execute(result.workflowData, isTest ? 'manual' : this.mode));
		if (!isTest) this.save(workflow);
		response.setHeader('Content-Security-Policy', 'sandbox');
		response.status(200).json(result.webhookResponse);
	}

	/** Runs the trigger's `execute()` and a node behind it on given items, as n8n's engine does. */
	async execute(
		main: INodeExecutionData[][],
		mode: WorkflowExecuteMode,
		id = String(++this.count),
		trigger = this.trigger,
	): Promise<TriggeredExecution> {
		const execution: TriggeredExecution = { id, items: [], paired: [] };
		this.modes.push(mode);
		const workflow = this.workflow(this.staticData, execution, trigger);
		const node = workflow.getNode(TRIGGER)!;
		const runData = createRunExecutionData({
			executionData: {
				// What n8n stores and a worker reads is JSON.
				nodeExecutionStack: [
					{ node, data: { main: JSON.parse(JSON.stringify(main)) }, source: null },
				],
			},
		});
		const run = await new WorkflowExecute(
			this.additionalData(id),
			mode,
			runData,
		).processRunExecutionData(workflow);
		execution.items = run.data.resultData.runData[TRIGGER]?.[0]?.data?.main[0] ?? [];
		execution.error = run.data.resultData.error;
		this.executions.push(execution);
		return execution;
	}

	private workflow(
		staticData: IDataObject,
		execution?: TriggeredExecution,
		trigger = this.trigger,
	): Workflow {
		const { parameters = {} } = this.setup;
		const { workflowId: id, log } = this;
		return triggerWorkflow({
			id,
			parameters,
			staticData,
			trigger,
			log,
			paired: execution?.paired,
		});
	}

	private webhookData(isTest: boolean): IWebhookData {
		const [webhookDescription] = this.trigger.description.webhooks!;
		return {
			httpMethod: 'POST',
			node: TRIGGER,
			path: `${WEBHOOK_ID}/eyun`,
			webhookDescription,
			workflowId: this.workflowId,
			workflowExecuteAdditionalData: this.additionalData(),
			isTest,
		};
	}

	private additionalData(executionId?: string): IWorkflowExecuteAdditionalData {
		return additionalDataOf({
			base: this.base,
			workflowId: this.workflowId,
			credentials:
				this.setup.credentials instanceof TestCredentials
					? this.setup.credentials
					: new TestCredentials(
							this.setup.credentials as ConstructorParameters<typeof TestCredentials>[0],
						),
			executionId,
		});
	}
}
