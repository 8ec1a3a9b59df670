import 'reflect-metadata';

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios, { type AxiosResponse } from 'axios';
import express, { type Request, type Response } from 'express';
import { parse, stringify } from 'flatted';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	INode,
	IRun,
	IRunExecutionData,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import type { TriggerHost } from './triggerHost.cts';
import {
	type NodeResult,
	type NodeRun,
	type PreparedRun,
	prepareRun,
	resultOf,
} from './engine.cts';

/** What a person's browser got. */
export type Answered = Pick<AxiosResponse<string>, 'status' | 'data' | 'headers'>;

/**
 * One execution that waits for a person, with what n8n does around it, on n8n-core's own contexts
 * and engine and over real HTTP. Follows n8n 2.41.1: waiting-webhooks.js, webhook-helpers.js,
 * wait-tracker.js; n8n's check of the signature is left to the e2e tests.
 */
export class WaitingExecution {
	/** The execution after it went on; undefined while it waits. */
	resumed: NodeResult | undefined;

	/** The end of its first part. */
	run!: IRun;

	private prepared!: PreparedRun;

	/** The execution as the database holds it. */
	private stored = '';

	/** Until then n8n has not stored that the execution waits. */
	private whenStored: Promise<unknown> | undefined;

	/**
	 * How many requests n8n looks for the question before this one: n8n 1 with SQLite stores in two steps that an
	 * execution waits once more (execution.repository.js, updateExistingExecution).
	 */
	halfStoredFor = 0;

	private state: 'running' | 'waiting' | 'finished' | 'canceled' = 'running';

	private readonly ended: Promise<void>;

	private end = () => {};

	private constructor(
		private readonly server: Server | undefined,
		readonly url: string,
	) {
		this.ended = new Promise((resolve) => {
			this.end = resolve;
		});
	}

	/**
	 * Runs the node in the n8n of an active trigger, until it waits, or fails.
	 *
	 * @param host serves its webhook
	 * @param setup the run
	 * @param whenStored holds back that n8n stores its wait
	 */
	static async startIn(
		host: TriggerHost,
		setup: NodeRun,
		whenStored?: Promise<unknown>,
	): Promise<WaitingExecution> {
		const execution = new WaitingExecution(undefined, host.base);
		execution.whenStored = whenStored;
		await execution.begin({ publicUrl: host.base, process: host.shared, ...setup }, (id) =>
			host.waiting.set(id, async (request, response) => await execution.handle(request, response)),
		);
		return execution;
	}

	/** Resolves when it has gone on with an answer. */
	async goneOn(): Promise<NodeResult> {
		await this.ended;
		return this.resumed as NodeResult;
	}

	/** Somebody stops it. */
	cancel(): void {
		this.state = 'canceled';
	}

	/** Starts n8n's webhook server and runs the node until it waits, or fails. */
	static async start(setup: NodeRun): Promise<WaitingExecution> {
		const app = express();
		const server = app.listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const execution = new WaitingExecution(server, url);
		app.all(
			'/webhook-waiting/:execution/:node',
			express.urlencoded({ extended: true }),
			async (request, response) => await execution.handle(request, response),
		);
		await execution.begin({ publicUrl: url, ...setup });
		return execution;
	}

	private async begin(setup: NodeRun, known?: (id: string) => void): Promise<void> {
		this.prepared = prepareRun(setup);
		known?.(String(this.prepared.additionalData.executionId));
		const { additionalData, workflow, start } = this.prepared;
		const engine = new WorkflowExecute(additionalData, 'manual', createRunExecutionData());
		this.run = await engine.run({ workflow, startNode: start });
		const isStored = async () => {
			await this.whenStored;
			this.stored = stringify(this.run.data);
			this.state = 'waiting';
		};
		if (this.whenStored) void isStored();
		else await isStored();
	}

	/** What the node did in the first part. */
	get asked(): NodeResult {
		return resultOf(this.run, this.prepared.node);
	}

	/** What a browser does with the link; a form is sent as browsers send it. */
	async open(link: string, form?: Record<string, string>): Promise<Answered> {
		const options = { proxy: false, validateStatus: () => true, responseType: 'text' } as const;
		return form
			? await axios.post<string>(link, new URLSearchParams(form), options)
			: await axios.get<string>(link, options);
	}

	/** Lets the time for an answer pass. */
	async timeOut(): Promise<NodeResult> {
		return await this.goOn(parse(this.stored) as IRunExecutionData);
	}

	async stop(): Promise<void> {
		const { server } = this;
		if (server === undefined) return;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}

	private async handle(request: Request, response: Response): Promise<void> {
		// As n8n does (waiting-webhooks.js).
		const conflict = { running: 'is running already.', canceled: 'has finished with error.' };
		if (this.state === 'running' || this.state === 'canceled') {
			const message = `The execution "1" ${conflict[this.state]}`;
			return void response.status(409).json({ message });
		}
		if (this.state === 'finished' || this.halfStoredFor-- > 0) {
			return void response.send('<p>No action required</p>');
		}
		const data = parse(this.stored) as IRunExecutionData;
		const [entry] = data.executionData?.nodeExecutionStack ?? [];
		entry.node.disabled = true;
		data.waitTill = undefined;
		data.resultData.runData[this.prepared.node.name].pop();
		const result = await this.callWebhook(data, request, response);
		if (result.workflowData) {
			entry.data.main = result.workflowData;
			entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
			if (this.server === undefined) this.state = 'finished';
			this.resumed = await this.goOn(data);
			this.end();
		}
		if (!result.noWebhookResponse) response.send(result.webhookResponse);
	}

	private async callWebhook(
		data: IRunExecutionData,
		httpRequest: Request,
		httpResponse: Response,
	): Promise<IWebhookResponseData> {
		const { additionalData, workflow, node } = this.prepared;
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const webhookDescription = type.description.webhooks?.find(
			(entry) => entry.httpMethod === httpRequest.method,
		);
		const webhook = type.webhook as (this: IWebhookFunctions) => Promise<IWebhookResponseData>;
		const context = new WebhookContext(
			workflow,
			workflow.getNode(node.name) as INode,
			{ ...additionalData, httpRequest, httpResponse },
			'manual',
			{ webhookDescription } as IWebhookData,
			[],
			data,
		);
		return await webhook.call(context);
	}

	private async goOn(data: IRunExecutionData): Promise<NodeResult> {
		const { additionalData, workflow, node } = this.prepared;
		const engine = new WorkflowExecute(additionalData, 'manual', data);
		return resultOf(await engine.processRunExecutionData(workflow), node);
	}
}
