import type { INodeProperties } from 'n8n-workflow';

import type { Field, Operation } from '../catalogue/types';
import { alphabetical } from '../common/alphabet';
import { pagingProperties } from './paging';
import { toPropertyForVersions } from './several';
import { simplifyProperties } from './simplify';
import { withToolTwins } from './tool';

/** The collection of an operation's optional fields. */
function additionalFields(fields: readonly Field[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: alphabetical(fields.flatMap(toPropertyForVersions), ({ displayName }) => displayName),
	};
}

/**
 * Derives the parameters of one operation.
 *
 * @returns them in the order of its fields, optional ones in a collection at the end; those that a model
 *   fills have a twin for the tool
 */
export function propertiesOf({
	fields,
	paging,
	simplified,
	tool,
}: Pick<Operation, 'fields' | 'paging' | 'simplified' | 'tool'>): INodeProperties[] {
	const required = fields.filter((field) => !field.optional).flatMap(toPropertyForVersions);
	const optional = fields.filter((field) => field.optional);
	const all = [
		...required,
		...(paging === undefined ? [] : pagingProperties),
		...(simplified === undefined ? [] : simplifyProperties),
		...(optional.length === 0 ? [] : [additionalFields(optional)]),
	];
	return withToolTwins(all, tool);
}
