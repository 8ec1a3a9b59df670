/** The workflow in which tests run the trigger: the trigger, and a node behind it. */
import type { IDataObject, IExecuteFunctions, INode, INodeType, INodeTypes } from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import type { ContextLog } from './contextLog.cts';
import { NEXT, nextNode } from './nextNode.cts';
import type { EyunTrigger } from './triggerProcess.cts';

/** The trigger's name, its id and the id in its address. */
export const TRIGGER = 'Eyun WeChat Trigger';
export const NODE_ID = 'trigger-1';
export const WEBHOOK_ID = 'b3f7e0d2-1f0e-4a58-9d0b-6a2f0f2b7c11';

/** What differs from one workflow, and from one run of it, to another. */
export interface TriggerWorkflow {
	id: string;
	parameters: IDataObject;
	/** As stored; it is copied. */
	staticData: IDataObject;
	trigger: EyunTrigger;
	log: ContextLog;
	/** Where the node behind the trigger notes what it gets through paired items. */
	paired?: IDataObject[];
}

/** An n8n workflow of it. */
export function triggerWorkflow(setup: TriggerWorkflow): Workflow {
	const nodes: INode[] = [
		{
			id: NODE_ID,
			name: TRIGGER,
			type: 'eyunTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			webhookId: WEBHOOK_ID,
			parameters: setup.parameters as INode['parameters'],
			credentials: { eyunApi: { id: 'cred-1', name: 'Eyun API' } },
		},
		{
			id: 'next-1',
			name: NEXT,
			type: 'next',
			typeVersion: 1,
			position: [200, 0],
			parameters: { id: `={{ $('${TRIGGER}').item.json.messageId }}` },
		},
	];
	const types: Record<string, INodeType> = {
		eyunTrigger: watched(setup.trigger, setup.log),
		next: nextNode(setup.paired ?? []),
	};
	const nodeTypes: INodeTypes = {
		getByName: (name) => types[name],
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name], version),
		getKnownTypes: () => ({}),
	};
	return new Workflow({
		id: setup.id,
		active: true,
		nodeTypes,
		nodes,
		staticData: JSON.parse(JSON.stringify(setup.staticData)) as IDataObject,
		settings: { executionOrder: 'v1' },
		connections: {
			[TRIGGER]: { main: [[{ node: NEXT, type: NodeConnectionTypes.Main, index: 0 }]] },
		},
	});
}

/** The trigger with its log in our hands. */
function watched(trigger: EyunTrigger, log: ContextLog): INodeType {
	return {
		description: trigger.description,
		webhook: trigger.webhook,
		async execute(this: IExecuteFunctions) {
			log.watch(this);
			return await trigger.execute.call(this);
		},
	};
}
