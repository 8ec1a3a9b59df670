import type { IExecuteFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { EVENT_OPTIONS } from './events';

/** The node's parameters, read. */
export interface TriggerSettings {
	/** Values of the Events list. */
	events: string[];
	includeOwnMessages: boolean;
	/** How many messages are remembered to recognise repeats; 0 lets repeats through. */
	rememberedMessages: number;
}

const DEFAULT_REMEMBERED = 10_000;
const MAX_REMEMBERED = 50_000;

/**
 * The parameters as n8n shows them. None takes an expression: n8n would have to start its
 * expression engine for every single callback.
 */
export const TRIGGER_PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: EVENT_OPTIONS,
		default: ['*'],
		description: 'Which events start the workflow. All others are answered and cost no execution.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Own Messages',
				name: 'includeOwnMessages',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether messages that the account itself wrote, on the phone or another device, start the workflow too. A workflow that answers would then answer itself.',
			},
			{
				displayName: 'Remembered Messages',
				name: 'rememberedMessages',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0, maxValue: MAX_REMEMBERED },
				default: DEFAULT_REMEMBERED,
				description:
					'How many messages are remembered so that a repeated one starts nothing. 0 lets repeats through.',
			},
		],
	},
];

/** Without evaluation and checks by n8n, which could throw: a callback must not fail for a stale choice. */
const AS_STORED = { rawExpressions: true };

/**
 * Reads the node's parameters.
 *
 * @param context a running trigger
 */
export function readSettings(context: IWebhookFunctions | IExecuteFunctions): TriggerSettings {
	const read = (name: string, fallback: object): unknown =>
		'getInputData' in context
			? context.getNodeParameter(name, 0, fallback, AS_STORED)
			: context.getNodeParameter(name, fallback, AS_STORED);
	const events = read('events', ['*']);
	const options = read('options', {}) as Partial<TriggerSettings>;
	const remembered = Number(options.rememberedMessages ?? DEFAULT_REMEMBERED);
	return {
		events: Array.isArray(events) ? events.map(String) : [],
		includeOwnMessages: options.includeOwnMessages === true,
		rememberedMessages: Number.isFinite(remembered)
			? Math.min(Math.max(Math.floor(remembered), 0), MAX_REMEMBERED)
			: DEFAULT_REMEMBERED,
	};
}
