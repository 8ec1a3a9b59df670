import type { INodeProperties } from 'n8n-workflow';

/** How the node behaves, the same for every operation. */
export const nodeOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Full Response',
			name: 'fullResponse',
			type: 'boolean',
			default: false,
			description:
				"Whether to return the vendor's whole answer with code and message as one item instead of its data only",
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description:
				'Seconds to wait for an answer; without this option 30, and up to 250 where the vendor is slow',
		},
	],
};
