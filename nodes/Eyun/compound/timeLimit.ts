import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Field } from '../catalogue/types';
import { toWire } from '../execution/values/toWire';

const FIELD: Field = { name: 'timeLimit', label: 'Time Limit (Seconds)', type: 'int', min: 1 };

/**
 * The parameter that says how long an operation waits.
 *
 * @param seconds at first
 * @param description what it waits for
 */
export function timeLimit(seconds: number, description: string): INodeProperties {
	return {
		displayName: FIELD.label,
		name: FIELD.name,
		type: 'number',
		typeOptions: { minValue: FIELD.min },
		default: seconds,
		description,
	};
}

/**
 * Reads it for one item.
 *
 * @returns milliseconds
 * @throws InvalidInput when it is no whole number above 0
 */
export function timeLimitMs(context: IExecuteFunctions, itemIndex: number): number {
	return Number(toWire(FIELD, context.getNodeParameter(FIELD.name, itemIndex))) * 1_000;
}
