/** Small workflows for checks: a webhook in front, nodes of this package behind it. */
import axios from 'axios';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { Execution, WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import { CREDENTIAL_NAME, type Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';

export const WEBHOOK = 'Webhook';

/** The action node under a name, which is its place in the workflow, too. */
export function eyunNode({ credentialId }: Stack, name: string, parameters: IDataObject) {
	return {
		name,
		type: 'n8n-nodes-eyun.eyun',
		typeVersion: 1,
		parameters: parameters as INode['parameters'],
		credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: CREDENTIAL_NAME } },
	};
}

type NodeInChain = Omit<INode, 'id' | 'position'>;

/**
 * A node of a workflow whose connections the test draws by itself.
 *
 * @param n where it stands in the row
 * @param more its parameters and credentials
 */
export function nodeAt(
	n: number,
	name: string,
	type: string,
	typeVersion: number,
	more: Partial<INode> = {},
): INode {
	return { ...placeOf(n), name, type, typeVersion, parameters: {}, ...more };
}

function placeOf(n: number): Pick<INode, 'id' | 'position'> {
	return {
		id: `a5cbb1de-0001-4000-8000-${String(n).padStart(12, '0')}`,
		position: [220 * n, 0],
	};
}

/** A workflow that runs the nodes one after another when `path` is called. */
export function chain(path: string, nodes: NodeInChain[]): WorkflowFile {
	const webhook = {
		name: WEBHOOK,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST' },
	};
	return inARow(path, [webhook, ...nodes]);
}

/** A workflow whose first node starts it and whose others run one after another. */
export function inARow(name: string, all: NodeInChain[]): WorkflowFile {
	return {
		name: `${name} (e2e)`,
		settings: { executionOrder: 'v1' },
		nodes: all.map((node, n) => ({ ...node, ...placeOf(n) })),
		connections: Object.fromEntries(
			all
				.slice(1)
				.map((node, n) => [all[n].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]),
		),
	};
}

/** Calls a webhook that was just activated: for a moment n8n still answers 404. */
export async function callWebhook({ n8n }: Stack, path: string, body: unknown): Promise<void> {
	const url = `${n8n.url}/webhook/${path}`;
	await waitFor(
		async () => {
			const { status } = await axios.post(url, body, { proxy: false, validateStatus: () => true });
			return status === 200 ? true : undefined;
		},
		{ what: `${url} to be there`, timeoutMs: 15_000, everyMs: 100 },
	);
}

/** Runs the nodes once, after a webhook that gets `body`; gives back how that went. */
export async function runOnce(
	stack: Stack,
	path: string,
	nodes: NodeInChain[],
	body: unknown = {},
): Promise<Execution> {
	const { client } = stack;
	const workflow = await client.createWorkflow(chain(path, nodes));
	await client.activateWorkflow(workflow);
	await callWebhook(stack, path, body);
	const [{ id }] = await client.waitForExecutions(workflow.id, 1);
	await client.deactivateWorkflow(workflow.id);
	return await client.execution(id);
}

/** The items with their binary data that the node of this name gave out in its last run. */
export function itemsOf({ data }: Execution, nodeName: string): INodeExecutionData[] {
	const { error, runData } = data.resultData;
	// What went wrong says more than that there are no items.
	if (error) throw error;
	return runData[nodeName]?.at(-1)?.data?.main[0] ?? [];
}
