import type { INodeProperties } from 'n8n-workflow';

import type { Field, Operation } from '../catalogue/types';
import { alphabetical } from '../common/labels/alphabet';
import { pagingProperties } from './paging';
import { simplifyProperties } from './simplify';
import { withToolTwins } from './tool';
import { pageStartForVersions, toPropertyForVersions } from './versions';

/** The collection of an operation's optional fields. */
function additionalFields(fields: readonly Field[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: alphabetical(
			fields.flatMap((field) => toPropertyForVersions(field)),
			({ displayName }) => displayName,
		),
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
	const isStart = ({ name }: Field) => paging !== undefined && Object.hasOwn(paging.next, name);
	const required = fields
		.filter((field) => !field.optional)
		.flatMap((field) =>
			isStart(field) ? pageStartForVersions(field) : toPropertyForVersions(field),
		);
	const optional = fields.filter((field) => field.optional);
	const all = [
		...required,
		...(paging === undefined ? [] : pagingProperties),
		...(simplified === undefined ? [] : simplifyProperties),
		...(optional.length === 0 ? [] : [additionalFields(optional)]),
	];
	return withToolTwins(all, tool);
}
