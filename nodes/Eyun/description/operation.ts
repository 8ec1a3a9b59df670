import type { INodeProperties } from 'n8n-workflow';

import type { Field, Operation } from '../catalogue/types';
import { toProperty } from './field';
import { pagingProperties } from './paging';

/** The collection of an operation's optional fields. */
function additionalFields(fields: readonly Field[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: fields
			.map(toProperty)
			.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}

/**
 * Derives the parameters of one operation.
 *
 * @returns them in the order of its fields, optional ones in a collection at the end
 */
export function propertiesOf({
	fields,
	paging,
}: Pick<Operation, 'fields' | 'paging'>): INodeProperties[] {
	const required = fields.filter((field) => !field.optional).map(toProperty);
	const optional = fields.filter((field) => field.optional);
	return [
		...required,
		...(paging === undefined ? [] : pagingProperties),
		...(optional.length === 0 ? [] : [additionalFields(optional)]),
	];
}
