import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';

/** How long an operation waits. */
export const TIME_LIMIT: Field = {
	name: 'timeLimit',
	label: 'Time Limit (Seconds)',
	type: 'int',
	min: 1,
};

/**
 * The parameter that says how long an operation waits.
 *
 * @param seconds at first
 * @param description what it waits for
 */
export function timeLimit(seconds: number, description: string): INodeProperties {
	return {
		displayName: TIME_LIMIT.label,
		name: TIME_LIMIT.name,
		type: 'number',
		typeOptions: { minValue: TIME_LIMIT.min },
		default: seconds,
		description,
	};
}
