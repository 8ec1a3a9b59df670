/**
 * n8n's internal REST interface, as far as demo and e2e tests need it: the calls that the editor
 * in the browser makes. Checked against n8n 2.41.1, and against the older ones that docs/versions.md names.
 */
import { parse as unflatten } from 'flatted';
import type {
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { N8nRefusal, N8nSession } from './n8n-session.cts';
import { waitFor } from './wait.cts';

/**
 * With a status n8n (2.41) reads the list in one query. Without one it asks for running and for finished
 * executions apart, and misses one that ends in between.
 */
const EVERY_STATUS = [
	'new',
	'running',
	'waiting',
	'success',
	'error',
	'crashed',
	'canceled',
	'unknown',
];

/** n8n gives no more executions at once. */
const PAGE = 100;

/** A workflow as its JSON file has it. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections' | 'settings'>;

export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface CredentialData {
	name: string;
	type: string;
	data: IDataObject;
}

/** What the editor shows as a green or red banner. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
}

interface ExecutionPage {
	results: ExecutionSummary[];
	/** Absent in older n8n; null at the end. */
	nextCursor?: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

/** How far n8n is with publishing a workflow. */
interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage?: string | null }>;
}

const FINISHED = new Set(['success', 'error', 'crashed', 'canceled']);

/** A signed-in user of one n8n. */
export class N8nClient extends N8nSession {
	/** Creates the credential, or gives the one of the same name this data; gives back its id. */
	async saveCredential(credential: CredentialData): Promise<string> {
		const all = await this.call<Array<{ id: string; name: string }>>('GET', '/credentials');
		const known = all.find(({ name }) => name === credential.name);
		const { id } = known
			? await this.call<{ id: string }>('PATCH', `/credentials/${known.id}`, credential)
			: await this.call<{ id: string }>('POST', '/credentials', credential);
		return id;
	}

	/** What the editor's credential window says after Save. */
	async testCredential(credential: CredentialData, id = ''): Promise<CredentialTest> {
		return await this.call('POST', '/credentials/test', { credentials: { ...credential, id } });
	}

	/** What the editor shows in the list of a node's resource locator. */
	async openList(
		{ type, typeVersion, parameters, credentials }: Omit<INode, 'id' | 'position'>,
		methodName: string,
		filter?: string,
	): Promise<INodeListSearchResult> {
		return await this.call('POST', '/dynamic-node-parameters/resource-locator-results', {
			nodeTypeAndVersion: { name: type, version: typeVersion },
			path: `parameters.${methodName}`,
			methodName,
			currentNodeParameters: parameters,
			credentials,
			filter,
		});
	}

	/**
	 * What the editor knows of a node type; `undefined` where n8n has none of this name, or is just
	 * writing the list of all anew.
	 *
	 * @param name with the package's, for example `n8n-nodes-eyun.eyun`
	 * @throws N8nRefusal when n8n does not give the list of all types
	 */
	async nodeType(name: string): Promise<INodeTypeDescription | undefined> {
		const data = await this.file<INodeTypeDescription[]>('/types/nodes.json');
		// Half a list is no JSON, and comes as text.
		return Array.isArray(data) ? data.find((type) => type.name === name) : undefined;
	}

	/** The stored workflow of that name. */
	async findWorkflow(name: string): Promise<StoredWorkflow | undefined> {
		const filter = encodeURIComponent(JSON.stringify({ name, isArchived: false }));
		const found = await this.call<StoredWorkflow[]>('GET', `/workflows?filter=${filter}`);
		const exact = found.find((workflow) => workflow.name === name);
		return exact && (await this.getWorkflow(exact.id));
	}

	/** Throws N8nRefusal when there is none. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.call('GET', `/workflows/${id}`);
	}

	/** Stores it anew; it is not active. */
	async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		// n8n 1 does not make it inactive by itself.
		return await this.call('POST', '/workflows', { ...workflow, active: false });
	}

	/** Gives a stored workflow this content. */
	async updateWorkflow(id: string, workflow: WorkflowFile): Promise<StoredWorkflow> {
		return await this.call('PATCH', `/workflows/${id}?forceSave=true`, workflow);
	}

	/**
	 * Publishes the stored version: n8n runs its trigger's `checkExists` and `create`. Throws
	 * N8nRefusal with the node's own text when that fails.
	 */
	async activateWorkflow({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.call('POST', `/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Waits until n8n has carried out what it was asked to: it publishes in the background. An older one
	 * has done so before it answers, and knows no such status. Throws with the node's own text when a
	 * trigger could not be activated.
	 */
	async published(id: string): Promise<void> {
		const status = await waitFor(
			async () => {
				const now = await this.call<PublicationStatus>(
					'GET',
					`/workflows/${id}/publication-status`,
				).catch((error: unknown): PublicationStatus => {
					if (!(error instanceof N8nRefusal) || error.status !== 404) throw error;
					return { status: 'published', triggers: [] };
				});
				return now.status === 'in_progress' ? undefined : now;
			},
			{ what: `workflow ${id} to be published`, timeoutMs: 60_000, everyMs: 100 },
		);
		const failure = status.triggers.find(({ errorMessage }) => errorMessage)?.errorMessage;
		if (failure) throw new Error(failure);
	}

	/** n8n takes its webhooks back after it has answered. */
	async deactivateWorkflow(id: string): Promise<void> {
		await this.call('POST', `/workflows/${id}/deactivate`, {});
	}

	/** The editor's "Listen for test event" on the node of this name. */
	async listen(workflowId: string, trigger: string): Promise<void> {
		// n8n below 2.20 or so runs what the editor has, and not what is stored.
		const workflowData = await this.getWorkflow(workflowId);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const answer = await this.call<{ waitingForWebhook?: boolean }>(
			'POST',
			`/workflows/${workflowId}/run`,
			body,
		);
		if (!answer.waitingForWebhook) throw new Error('n8n does not listen');
	}

	/**
	 * The editor's "Execute workflow", from the trigger of this name, as the workflow is stored.
	 *
	 * @returns the id of the execution, which has only begun
	 */
	async run(workflowId: string, trigger: string): Promise<string> {
		const workflowData = await this.getWorkflow(workflowId);
		const body = { workflowData, triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.call<{ executionId?: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			body,
		);
		if (executionId === undefined) throw new Error(`n8n did not run ${trigger}`);
		return executionId;
	}

	/** The rows of the data table of this name, oldest first; throws where there is none. */
	async tableRows(name: string): Promise<IDataObject[]> {
		const filter = encodeURIComponent(JSON.stringify({ name }));
		const { data } = await this.call<{
			data: Array<{ id: string; name: string; projectId: string }>;
		}>('GET', `/data-tables-global?filter=${filter}`);
		const table = data.find((one) => one.name === name);
		if (!table) throw new Error(`n8n has no data table "${name}"`);
		const rows = await this.call<{ data: IDataObject[] }>(
			'GET',
			`/projects/${table.projectId}/data-tables/${table.id}/rows?take=100&sortBy=id:asc`,
		);
		return rows.data;
	}

	/** The editor's "Stop listening". */
	async stopListening(workflowId: string): Promise<void> {
		await this.call('DELETE', `/test-webhook/${workflowId}`);
	}

	/**
	 * How many executions of a workflow n8n has stored.
	 *
	 * @param status only those with one of these; without any, older n8n leaves out those that run
	 */
	async executionCount(workflowId: string, status = EVERY_STATUS): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		const { count } = await this.call<{ count: number }>(
			'GET',
			`/executions?limit=1&filter=${filter}`,
		);
		return count;
	}

	/** All executions of a workflow, newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: EVERY_STATUS }));
		const all: ExecutionSummary[] = [];
		let next = '';
		for (;;) {
			const { results, nextCursor } = await this.call<ExecutionPage>(
				'GET',
				`/executions?limit=${PAGE}&filter=${filter}${next}`,
			);
			all.push(...results);
			const last = results.at(-1);
			if (last === undefined || results.length < PAGE || nextCursor === null) return all;
			// Older n8n goes on behind an id.
			next = nextCursor === undefined ? `&lastId=${last.id}` : `&cursor=${nextCursor}`;
		}
	}

	/** Waits until no execution of a workflow is running. */
	async settled(workflowId: string): Promise<void> {
		await waitFor(
			async () => (await this.executionCount(workflowId, ['running'])) === 0 || undefined,
			{ what: 'all executions to end', timeoutMs: 60_000, everyMs: 200 },
		);
	}

	/** One execution with the data of all its nodes. */
	async execution(id: string): Promise<Execution> {
		const stored = await this.call<ExecutionSummary & { data: string }>('GET', `/executions/${id}`);
		return { ...stored, data: unflatten(stored.data) as IRunExecutionData };
	}

	/** Waits until `count` executions of the workflow have finished; gives back all, newest first. */
	async waitForExecutions(
		workflowId: string,
		count: number,
		timeoutMs = 30_000,
	): Promise<ExecutionSummary[]> {
		return await waitFor(
			async () => {
				const all = await this.executions(workflowId);
				return all.filter(isFinished).length >= count ? all : undefined;
			},
			{ what: `${count} finished executions`, timeoutMs, everyMs: 200 },
		);
	}
}

/** Whether an execution goes on no more; one that waits does. */
export function isFinished({ status }: ExecutionSummary): boolean {
	return FINISHED.has(status);
}

/** The items that the node of this name gave out of its first output in its last run. */
export function outputOf(execution: Execution, nodeName: string): IDataObject[] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.at(-1)?.data?.main[0]?.map(({ json }) => json) ?? [];
}
