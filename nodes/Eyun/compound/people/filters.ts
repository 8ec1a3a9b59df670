import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import { isEmpty, toWire } from '../../execution/values/toWire';
import { labelsGiven } from './labels';
import type { ReadValue } from './parameters';
import { NAME_FILTER } from '../description/people';

/**
 * Reads the filters of one item; those that are not set are empty.
 *
 * @throws InvalidInput when one cannot be read
 */
export function filtersIn(
	context: IExecuteFunctions,
	parameter: ReadValue,
): { name: string; labels: string[] } {
	const given = parameter('filters', {});
	const { name, labels } = isRecord(given) ? given : {};
	return {
		name: String(toWire(NAME_FILTER, name) ?? '').trim(),
		labels: isEmpty(labels) ? [] : labelsGiven(context, labels),
	};
}
