/** An example as a user imports it: the file as it stands, with credentials, and what has to be filled in. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';
import { type ChosenCredentials, example, withCredentials } from '../../../scripts/lib/example.cts';
import {
	type Execution,
	isFinished,
	type StoredWorkflow,
	type WorkflowFile,
} from '../../../scripts/lib/n8n-client.cts';
import { isOlder } from '../../../scripts/lib/n8n-install.cts';
import { N8nRefusal } from '../../../scripts/lib/n8n-session.cts';
import type { Stack } from '../../../scripts/lib/stack.cts';
import { waitFor } from '../../../scripts/lib/wait.cts';
import type { Checks } from '../../frame/checks.cts';

/** Node -> path of a parameter -> what the user fills in. */
export type Filled = Record<string, Record<string, unknown>>;

/** A locator as the editor stores what was chosen from its list. */
export const chosen = (value: string) => ({ __rl: true, mode: 'list', value });

/** A message as it arrived at the vendor. */
export interface Sent {
	path: string;
	to: string;
	content: string;
}

/** What all examples are run with. */
export interface Bench {
	stack: Stack;
	credentials: ChosenCredentials;
	/** What was sent since the last call, in order. */
	sent: () => Sent[];
}

const TRIGGER = /Trigger$/;

/** As the editor stores a node that it has imported: with an address, if it has webhooks. */
function withAddress(node: INode): INode {
	return TRIGGER.test(node.type) ? { ...node, webhookId: randomUUID() } : node;
}

/** Sets one parameter that the file has already: nothing else is for the user to fill in. */
function setIn(parameters: IDataObject, path: string, value: unknown): void {
	const names = path.split('.');
	const last = names.pop() ?? '';
	const parent = names.reduce<IDataObject>((inner, name) => inner[name] as IDataObject, parameters);
	assert.ok(last in parent, `The example has no parameter ${path}`);
	parent[last] = value as IDataObject;
}

/** Fills in a value of a node Edit Fields, by its name. */
function assign(parameters: IDataObject, name: string, value: unknown): void {
	const { assignments } = parameters.assignments as { assignments: IDataObject[] };
	const found = assignments.find((entry) => entry.name === name);
	assert.ok(found, `The example has no field ${name}`);
	found.value = value as string;
}

function filledIn(file: WorkflowFile, filled: Filled): WorkflowFile {
	const nodes = structuredClone(file.nodes);
	for (const [name, values] of Object.entries(filled)) {
		const node = nodes.find((one) => one.name === name);
		assert.ok(node, `The example has no node ${name}`);
		const fill = node.type === 'n8n-nodes-base.set' ? assign : setIn;
		for (const [path, value] of Object.entries(values)) {
			fill(node.parameters as IDataObject, path, value);
		}
	}
	return { ...file, nodes };
}

/** An example in n8n, as a user imports it. */
export class Imported {
	/** The ids of those that are active. */
	private static readonly active = new Set<string>();

	private constructor(
		private readonly bench: Bench,
		readonly workflow: StoredWorkflow,
	) {}

	/** Stores `examples/<name>.json` in n8n, with what the user fills in. */
	static async create(bench: Bench, name: string, filled: Filled = {}): Promise<Imported> {
		const file = withCredentials(filledIn(await example(name), filled), bench.credentials);
		const nodes = file.nodes.map(withAddress);
		const workflow = await bench.stack.client.createWorkflow({ ...file, nodes });
		bench.sent();
		return new Imported(bench, workflow);
	}

	private get client() {
		return this.bench.stack.client;
	}

	/** Publishes it. Throws the node's own error. */
	async activate(): Promise<void> {
		Imported.active.add(this.workflow.id);
		await this.client.activateWorkflow(await this.client.getWorkflow(this.workflow.id));
		await this.client.published(this.workflow.id);
	}

	/** Takes back all that is still active. */
	static async clear({ stack }: Bench): Promise<void> {
		for (const id of Imported.active) await stack.client.deactivateWorkflow(id);
		Imported.active.clear();
		await stack.callbackCancelled();
	}

	/** Takes it back, and waits until the vendor has no address any more. */
	async deactivate(): Promise<void> {
		await this.client.deactivateWorkflow(this.workflow.id);
		await this.client.published(this.workflow.id);
		await this.bench.stack.callbackCancelled();
		Imported.active.delete(this.workflow.id);
	}

	/** Tries to publish it; gives back the error that the user sees. */
	async refusal(): Promise<string> {
		const error: unknown = await this.activate().then(
			() => undefined,
			(failure: unknown) => failure,
		);
		await this.client.deactivateWorkflow(this.workflow.id);
		Imported.active.delete(this.workflow.id);
		assert.ok(error instanceof Error, 'The example could be published');
		return error.message;
	}

	/** Tries to publish it as it was imported; newer n8n refuses, and names the field that is empty. */
	async lacks(field: RegExp): Promise<void> {
		if (!isOlder(this.bench.stack.version, FIELDS_SINCE)) assert.match(await this.refusal(), field);
	}

	/** Runs it as it was imported: the node names what is missing, unless n8n itself does not begin. */
	async runLacks(trigger: string, field: RegExp): Promise<void> {
		const execution = await this.run(trigger).catch((error: unknown) => {
			if (error instanceof N8nRefusal && NOT_BEGUN.test(error.message)) return undefined;
			throw error;
		});
		if (execution) assert.match(failureOf(execution), field);
	}

	/** Waits until so many executions have ended and none runs; gives them back, oldest first. */
	async executions(count: number): Promise<Execution[]> {
		const all = await waitFor(
			async () => {
				const now = await this.client.executions(this.workflow.id);
				return (now.length >= count && now.every(isFinished)) || undefined ? now : undefined;
			},
			{ what: `${count} executions of ${this.workflow.name}`, timeoutMs: 60_000, everyMs: 100 },
		);
		assert.equal(all.length, count, `${all.length} executions, not ${count}`);
		const oldestFirst = all.sort((a, b) => Number(a.id) - Number(b.id));
		return await Promise.all(oldestFirst.map(async ({ id }) => await this.client.execution(id)));
	}

	/** As `executions`, all of which have to succeed. */
	async succeeded(count: number): Promise<Execution[]> {
		const all = await this.executions(count);
		for (const { data, status } of all) {
			const { error } = data.resultData;
			assert.equal(status, 'success', `${error?.message}: ${error?.description ?? ''}`);
		}
		return all;
	}

	/** Clicks Execute Workflow; gives back the execution when it has ended, well or badly. */
	async run(trigger: string): Promise<Execution> {
		const id = await this.begin(trigger);
		return await this.ended(id);
	}

	/** Clicks Execute Workflow; gives back the id of the execution. */
	async begin(trigger: string): Promise<string> {
		return await this.client.run(this.workflow.id, trigger);
	}

	/** Waits until this execution has ended. */
	async ended(id: string): Promise<Execution> {
		// n8n below 2.23 or so cannot show an execution that runs, but lists it.
		await waitFor(
			async () => {
				const all = await this.client.executions(this.workflow.id);
				return all.find((one) => one.id === id && isFinished(one));
			},
			{ what: `the end of ${this.workflow.name}`, timeoutMs: 90_000, everyMs: 100 },
		);
		return await this.client.execution(id);
	}

	/** Clicks Execute Workflow, which has to succeed. */
	async runs(trigger: string): Promise<Execution> {
		const execution = await this.run(trigger);
		const { error } = execution.data.resultData;
		assert.equal(execution.status, 'success', `${error?.message}: ${error?.description ?? ''}`);
		return execution;
	}
}

/** n8n that looks for empty fields before it begins, as the versions below 2.41 do. */
const NOT_BEGUN = /The workflow has issues and cannot be executed/;

/** n8n that creates data tables from a workflow. */
const TABLES_SINCE = '2.3';

/** n8n that looks for empty fields when a workflow is published: not 2.0 yet, but 2.20. */
const FIELDS_SINCE = '2.20';

/** Runs a check, and takes back what it leaves active when it fails: the next one is to be alone. */
export async function alone(
	checks: Checks,
	bench: Bench,
	name: string,
	check: () => Promise<void>,
): Promise<void> {
	const { version } = bench.stack;
	const { nodes } = await example(basename(name, '.json'));
	const createsTables = nodes.some(({ parameters }) => parameters.resource === 'table');
	if (createsTables && isOlder(version, TABLES_SINCE)) {
		checks.skip(name, `n8n ${version} creates no data tables: docs/examples.md`);
		return;
	}
	await checks.run(name, check);
	await Imported.clear(bench);
}

/** Why an execution failed, in the words that the user reads. */
export function failureOf({ status, data }: Execution): string {
	assert.equal(status, 'error');
	const { message = '', description = '' } = data.resultData.error ?? {};
	return `${message} ${description ?? ''}`;
}
