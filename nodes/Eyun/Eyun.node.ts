import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { catalogue } from './catalogue';
import { compounds, compoundsIn } from './compound';
import { resolveNames } from './compound/people/names/resolve';
import {
	answerQuestion,
	sendAndWaitWebhooks,
	WAITING_TOOLTIP,
} from './compound/sendAndWait/webhook';
import { toProperties } from './description/properties';
import { NODE_VERSIONS } from './description/versions';
import { runOperation } from './execution/run';
import { listSearch } from './search';
import { loadOptions } from './search/options';
import { THIS_PROCESS } from './trigger/state/triggerState';

/** The action node: every operation of the catalogue. */
export class Eyun implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eyun WeChat',
		name: 'eyun',
		icon: { light: 'file:eyun.svg', dark: 'file:eyun.dark.svg' },
		group: ['output'],
		version: NODE_VERSIONS,
		defaultVersion: NODE_VERSIONS[NODE_VERSIONS.length - 1],
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send and receive WeChat (微信) messages through the Eyun gateway',
		defaults: { name: 'Eyun WeChat' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eyunApi', required: true }],
		webhooks: sendAndWaitWebhooks,
		waitingNodeTooltip: WAITING_TOOLTIP,
		properties: toProperties(catalogue, compounds),
	};

	methods = { listSearch, loadOptions };

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

	/** @param shared what the nodes of one process of n8n share; a test makes a process of its own */
	constructor(shared = THIS_PROCESS) {
		const operations = shared === THIS_PROCESS ? compounds : compoundsIn(shared);
		// n8n calls it with the context as `this`.
		this.execute = async function (this: IExecuteFunctions) {
			return [await runOperation(this, operations, resolveNames)];
		};
	}

	/** Called for the answers to Send and Wait for Response only. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return answerQuestion(this);
	}
}
