/** The n8n of a bench: one process, both packages in it, workflows that run when they are called. */
import { mkdir } from 'node:fs/promises';
import axios from 'axios';
import type { IDataObject, INode } from 'n8n-workflow';
import {
	type CredentialData,
	type Execution,
	N8nClient,
	type StoredWorkflow,
	type WorkflowFile,
} from '../scripts/lib/n8n-client.cts';
import { type RunningN8n, startN8n } from '../scripts/lib/n8n-process.cts';
import { installIntoN8n } from '../scripts/lib/package.cts';
import type { Progress } from '../scripts/lib/progress.cts';
import { folderSettings } from '../scripts/lib/settings.cts';
import type { Toolchain } from '../scripts/lib/stack.cts';
import { waitFor } from '../scripts/lib/wait.cts';
import { chain } from '../test/e2e/workflows.cts';
import { installProbe } from './probe.cts';

/** A node of a workflow; where it stands does not matter here. */
export type BenchNode = Omit<INode, 'id' | 'position'>;

/** One finished execution of a workflow. */
export interface Finished {
	/** From the call of the webhook to its answer, milliseconds. */
	wallMs: number;
	execution: Execution;
}

const LONGEST_RUN_MS = 120_000;

export class BenchN8n {
	private constructor(
		readonly process: RunningN8n,
		private readonly client: N8nClient,
	) {}

	/**
	 * Installs our package and the probe and starts n8n in `folder`, which must be empty or not there
	 * yet. `more` are further settings, by the names of n8n's environment variables.
	 */
	static async start(
		toolchain: Toolchain,
		folder: string,
		progress: Progress,
		more: Record<string, string> = {},
	): Promise<BenchN8n> {
		await mkdir(folder, { recursive: true });
		const { owner, encryptionKey } = await folderSettings(folder);
		await progress.step('This package and the probe, installed into n8n', async () => {
			await installIntoN8n(toolchain.packed, folder);
			await installProbe(folder);
		});
		const settings = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', ...more };
		const n8n = await progress.step(
			'n8n',
			async () => await startN8n({ ...toolchain, userFolder: folder, encryptionKey, settings }),
			({ url }) => url,
		);
		const client = new N8nClient(n8n.url);
		await client.signIn(owner);
		return new BenchN8n(n8n, client);
	}

	/** Stores a credential; gives back how nodes refer to it. */
	async credential(credential: CredentialData): Promise<INode['credentials']> {
		const id = await this.client.saveCredential(credential);
		return { [credential.type]: { id, name: credential.name } };
	}

	/** Stores and activates a workflow: a webhook, then these nodes. */
	async workflow(name: string, nodes: BenchNode[]): Promise<BenchWorkflow> {
		const file = chain(name, nodes);
		const [{ parameters }] = file.nodes;
		// The webhook answers when everything is done.
		Object.assign(parameters, { responseMode: 'lastNode', responseData: 'noData' });
		const stored = await this.activate(file);
		return new BenchWorkflow(this.client, stored, `${this.process.url}/webhook/${name}`);
	}

	/** Stores and activates a workflow. n8n carries that out after this has returned. */
	async activate(file: WorkflowFile): Promise<StoredWorkflow> {
		const stored = await this.client.createWorkflow(file);
		await this.client.activateWorkflow(stored);
		return stored;
	}

	/** Ends n8n. */
	async stop(): Promise<void> {
		await this.process.stop();
	}
}

export class BenchWorkflow {
	private runs = 0;

	constructor(
		private readonly client: N8nClient,
		private readonly stored: StoredWorkflow,
		private readonly webhook: string,
	) {}

	/** Runs the workflow with this input. Throws when it fails. */
	async run(input: IDataObject): Promise<Finished> {
		const begin = performance.now();
		const wallMs = await waitFor(async () => await this.call(input, begin), {
			what: `${this.webhook} to be there`,
			timeoutMs: 15_000,
			everyMs: 100,
		});
		this.runs += 1;
		const [{ id }] = await this.client.waitForExecutions(this.stored.id, this.runs);
		const execution = await this.client.execution(id);
		const { error } = execution.data.resultData;
		if (error) throw new Error(`${this.stored.name}: ${error.message}`);
		return { wallMs, execution };
	}

	/** For a moment after the activation n8n still answers 404. */
	private async call(input: IDataObject, begin: number): Promise<number | undefined> {
		const { status } = await axios.post(this.webhook, input, {
			proxy: false,
			timeout: LONGEST_RUN_MS,
			validateStatus: () => true,
		});
		return status === 404 ? undefined : performance.now() - begin;
	}
}

/** How long the node of this name ran, in milliseconds, by n8n's own clock. */
export function nodeTime({ execution }: Finished, name: string): number {
	const [run] = execution.data.resultData.runData[name] ?? [];
	if (!run) throw new Error(`The node ${name} did not run`);
	return run.executionTime;
}
