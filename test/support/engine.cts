import 'reflect-metadata';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import type { ProcessState } from '../../nodes/Eyun/trigger/state/triggerState.ts';
import { checkCompoundOutput } from './compoundOutput.cts';
import { TestCredentials } from './credentials.cts';

/** What a run of the action node is made of. */
export interface NodeRun {
	parameters: IDataObject;
	/** The credential's fields as the user filled them in. */
	credentials: ICredentialDataDecryptedObject | TestCredentials;
	/** The input items' JSON; one empty item by default. */
	input?: IDataObject[];
	/** The input items' files, by item. */
	binary?: IBinaryKeyData[];
	/** Where n8n believes to be reachable; its own machine by default. */
	publicUrl?: string;
	/** The node's setting "On Error: Continue". */
	continueOnFail?: boolean;
	/** The node's setting "Retry On Fail", without a wait between the tries. */
	retryOnFail?: boolean;
	/** The type of the node; another one where it runs as a tool. */
	nodeType?: 'eyun' | 'eyunTool';
	/** Cancels the execution when it fires. */
	cancel?: AbortSignal;
	/** The version of the node; 1 by default, which takes every shape of a value. */
	typeVersion?: number;
	/** What the user calls the node. */
	nodeName?: string;
	/** The type of the node that puts out the input; ours, or any other. */
	sourceType?: 'items' | 'eyunTrigger' | 'n8n-nodes-eyun.eyunTrigger';
	/** The execution's id. */
	executionId?: string;
	/** What the node shares with the triggers of its process; nothing by default. */
	process?: ProcessState;
	/** A node between the two, such as an AI Agent: what it makes of the items. */
	between?: (items: INodeExecutionData[]) => INodeExecutionData[];
}

export interface NodeResult {
	/** The node's output; empty when it failed. */
	items: INodeExecutionData[];
	/** What the execution ended with, if it did not succeed. */
	error?: IRun['data']['resultData']['error'];
	run: IRun;
}

const SOURCE = 'Items';
const NODE = 'Eyun WeChat';

/** A node that puts out the given items, in the place of whatever stands before ours. */
function itemSource(input: IDataObject[], binary: IBinaryKeyData[] = []): INodeType {
	return {
		description: {
			displayName: SOURCE,
			name: 'items',
			group: ['input'],
			version: 1,
			description: 'Puts out given items',
			defaults: { name: SOURCE },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [
				input.map((json, item) => ({
					json,
					...(binary[item] ? { binary: binary[item] } : {}),
					pairedItem: { item },
				})),
			];
		},
	};
}

const BETWEEN = 'Between';

/** A node that works on its items as told. */
function betweenNode(work: NonNullable<NodeRun['between']>): INodeType {
	return {
		description: {
			...itemSource([]).description,
			displayName: BETWEEN,
			name: 'between',
			defaults: { name: BETWEEN },
			inputs: [NodeConnectionTypes.Main],
		},
		async execute(this: IExecuteFunctions) {
			return [work(this.getInputData())];
		},
	};
}

/**
 * The node as n8n makes a tool of it, as far as parameters go: by the name n8n knows that it is one. Its
 * connections stay those of a node, so that the engine runs it without an agent.
 */
export function toolTwin(process?: ConstructorParameters<typeof Eyun>[0]): Eyun {
	const twin = new Eyun(process);
	twin.description.name += 'Tool';
	return twin;
}

function connect(...names: string[]) {
	const links = names.slice(1).map((node, place) => [names[place], node]);
	return Object.fromEntries(
		links.map(([from, node]) => [
			from,
			{ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] },
		]),
	);
}

function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	return {
		getByName: (name) => types[name],
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name], version),
		getKnownTypes: () => ({}),
	};
}

/** A workflow with the action node, and what n8n gives to its execution. */
export interface PreparedRun {
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	/** The node before the action node. */
	start: INode;
	node: INode;
}

/** How many executions there were: each has a number of its own, as in n8n. */
let executions = 0;

/** Sets up what `runNode` runs. */
export function prepareRun(setup: NodeRun): PreparedRun {
	const { parameters, input = [{}], continueOnFail = false, nodeName = NODE } = setup;
	const { publicUrl = 'http://127.0.0.1:5678' } = setup;
	const credentials =
		setup.credentials instanceof TestCredentials
			? setup.credentials
			: new TestCredentials(setup.credentials);
	const start: INode = {
		id: '1',
		name: SOURCE,
		type: setup.sourceType ?? 'items',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const between: INode[] = setup.between
		? [{ ...start, id: '3', name: BETWEEN, type: 'between', position: [100, 0] }]
		: [];
	const node: INode = {
		id: '2',
		name: nodeName,
		type: setup.nodeType ?? 'eyun',
		typeVersion: setup.typeVersion ?? 1,
		position: [200, 0],
		parameters: parameters as INode['parameters'],
		credentials: { eyunApi: { id: '1', name: 'Eyun API' } },
		...(setup.retryOnFail ? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } : {}),
		...(continueOnFail ? { onError: 'continueRegularOutput' } : {}),
	};
	const nodeTypes = nodeTypesOf({
		items: itemSource(input, setup.binary),
		eyunTrigger: itemSource(input, setup.binary),
		'n8n-nodes-eyun.eyunTrigger': itemSource(input, setup.binary),
		...(setup.between ? { between: betweenNode(setup.between) } : {}),
		eyun: new Eyun(setup.process),
		eyunTool: toolTwin(setup.process),
	});
	const workflow = new Workflow({
		id: 'test',
		active: false,
		nodeTypes,
		nodes: [start, ...between, node],
		connections: connect(SOURCE, ...between.map(({ name }) => name), nodeName),
	});
	const additionalData = {
		executionId: setup.executionId ?? String(++executions),
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: 'test',
			name: 'test',
			active: false,
			isArchived: false,
			connections: {},
			nodes: [],
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
		}),
		currentNodeParameters: undefined,
		webhookBaseUrl: 'http://127.0.0.1:5678/webhook',
		webhookTestBaseUrl: 'http://127.0.0.1:5678/webhook-test',
		webhookWaitingBaseUrl: `${publicUrl}/webhook-waiting`,
		formWaitingBaseUrl: 'http://127.0.0.1:5678/form-waiting',
		restApiUrl: `${publicUrl}/rest`,
		instanceBaseUrl: 'http://127.0.0.1:5678/',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, additionalData, start, node };
}

/**
 * Runs the action node in n8n's own execution engine: real expressions, real parameter handling,
 * real HTTP through `httpRequestWithAuthentication`.
 */
export async function runNode(setup: NodeRun): Promise<NodeResult> {
	const { workflow, additionalData, start, node } = prepareRun(setup);
	const execution = new WorkflowExecute(additionalData, 'manual', createRunExecutionData()).run({
		workflow,
		startNode: start,
	});
	setup.cancel?.addEventListener('abort', () => execution.cancel(), { once: true });
	const result = resultOf(await execution, node);
	checkCompoundOutput(setup.parameters, result.items);
	return result;
}

/** What the action node put out, or failed with, in its last run. */
export function resultOf(run: IRun, { name }: INode): NodeResult {
	const { error, runData } = run.data.resultData;
	const last = runData[name]?.at(-1);
	return { items: last?.data?.main[0] ?? [], error: error ?? last?.error, run };
}

/** The JSON of the output items, for tests that care about nothing else. */
export function jsons(result: NodeResult): IDataObject[] {
	if (result.error) throw result.error;
	return result.items.map((item) => item.json);
}
