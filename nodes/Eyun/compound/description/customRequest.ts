import type { INodeProperties } from 'n8n-workflow';

import type { CompoundDescription } from '../../description/compound';

export const PATH = { name: 'path', label: 'Path' };
export const BODY = { name: 'body', label: 'Body' };

const properties: INodeProperties[] = [
	{
		displayName: PATH.label,
		name: PATH.name,
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /sendText',
		description: 'The path without the server, which is in the credential',
	},
	{
		displayName: BODY.label,
		name: BODY.name,
		type: 'json',
		default: '{}',
		description:
			'The request as JSON text, or an object from an expression. Numbers in JSON text keep all their digits: write a 64-bit ID, or the expression that yields it, without quotes. Text in an object stays text.',
		placeholder: 'e.g. { "newMsgId": {{ $json.newMsgId }} }',
	},
	{
		displayName: 'Only Reads',
		name: 'reads',
		type: 'boolean',
		default: false,
		description:
			'Whether the endpoint only reads, so that the node may call it again when no answer comes',
	},
];

/** Any path of the vendor's, for endpoints that this package does not know yet. */
export const customRequest: CompoundDescription = {
	resource: 'custom',
	value: 'request',
	name: 'Call Any Endpoint',
	chinese: '调用任意接口',
	action: 'Call any endpoint',
	description: 'Send your own JSON to an endpoint that is not in the lists',
	properties,
};
