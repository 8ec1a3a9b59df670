import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { catalogue } from './catalogue';
import { PICKERS, TICK_LISTS, type Picker, type TickList } from './catalogue/types';
import { compounds } from './compound/description';
import { sendAndWaitWebhooks, WAITING_TOOLTIP } from './compound/description/sendAndWait/webhooks';
import { toProperties } from './description/properties';
import { NODE_VERSIONS } from './description/versions';
import type { CompoundOperation } from './execution/compoundOperation';
import { type Load, loadRunning } from './later';
import type { ListSearch } from './search';
import type { ProcessState } from './trigger/state/triggerState';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** One function for each name. */
function forEach<Name extends string, Made>(names: readonly Name[], make: (name: Name) => Made) {
	return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Made>;
}

/** The action node: every operation of the catalogue. n8n calls its functions with the context as `this`. */
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

	/** n8n wants to know their names when it starts. */
	methods: {
		listSearch: Record<Picker, ListSearch>;
		loadOptions: Record<TickList, LoadOptions>;
	};

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

	/** Called for the answers to Send and Wait for Response only. */
	webhook: (this: IWebhookFunctions) => Promise<IWebhookResponseData>;

	/**
	 * @param shared what the nodes of one process of n8n share; a test makes a process of its own
	 * @param load gives what runs
	 */
	constructor(shared?: ProcessState, load: Load = loadRunning) {
		let own: readonly CompoundOperation[] | undefined;
		this.execute = async function () {
			const running = await load();
			if (shared !== undefined) own ??= running.compoundsIn(shared);
			const operations = own ?? running.compoundOperations;
			return [await running.runOperation(this, operations, running.resolveNames)];
		};
		this.webhook = async function () {
			return (await load()).answerQuestion(this);
		};
		this.methods = {
			listSearch: forEach(PICKERS, (picker): ListSearch => {
				return async function (filter, paginationToken) {
					return await (await load()).listSearch[picker].call(this, filter, paginationToken);
				};
			}),
			loadOptions: forEach(TICK_LISTS, (list): LoadOptions => {
				return async function () {
					return await (await load()).loadOptions[list].call(this);
				};
			}),
		};
	}
}
