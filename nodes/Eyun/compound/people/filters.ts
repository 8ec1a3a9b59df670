import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { text } from '../../catalogue/fields';
import type { Field } from '../../catalogue/types';
import { toProperty } from '../../description/field';
import { isRecord } from '../../common/records';
import { isEmpty, toWire } from '../../execution/values/toWire';
import { labelsGiven } from './labels';
import type { ReadValue } from './parameters';

/** A part of a name. */
export const NAME_FILTER: Field = { ...text('name', 'Name'), optional: true };

/**
 * The collection of filters.
 *
 * @param name the filter by name
 * @param others further filters
 */
export function filtersProperty(name: Field, ...others: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [...others, toProperty(name)],
	};
}

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
