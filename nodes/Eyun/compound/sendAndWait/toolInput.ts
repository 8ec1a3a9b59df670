import type { IExecuteFunctions } from 'n8n-workflow';

import { messageField } from '../description/sendAndWait/properties';

/** How n8n's own question of a review step shows the input of the tool: an object, of which nothing is to be read. */
const WHOLE_INPUT = /\{\{\s*\$tool\.parameters\s*\}\}/g;

const READABLE_INPUT = '{{ JSON.stringify($tool.parameters, null, 2) }}';

/**
 * The text of a question. In the review step of an AI agent, where n8n itself puts in the question at first, the
 * input of the tool is made readable.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 */
export function readableMessage(context: IExecuteFunctions, itemIndex: number): unknown {
	const given: unknown = context.getNode().parameters[messageField.name];
	const isWhole = typeof given === 'string' && given.startsWith('=') && WHOLE_INPUT.test(given);
	WHOLE_INPUT.lastIndex = 0;
	return isWhole
		? context.evaluateExpression(given.slice(1).replace(WHOLE_INPUT, READABLE_INPUT), itemIndex)
		: context.getNodeParameter(messageField.name, itemIndex);
}
