import type { INodeProperties } from 'n8n-workflow';

import { SIMPLIFY } from './parameters';
import { notInTool, onlyInTool } from './tool';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: SIMPLIFY,
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { hide: { '/options.fullResponse': [true], '/options.singlePage': [true] } },
};

/** The switch for short answers: off as it has always been, on in the tool, where a model reads it all. */
export const simplifyProperties: readonly INodeProperties[] = [
	notInTool(simplify),
	onlyInTool({ ...simplify, default: true }),
];
