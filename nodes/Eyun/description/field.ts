import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from '../catalogue/types';
import { alphabetical } from '../common/labels/alphabet';
import { withChinese } from '../common/labels/chinese';
import { chineseLabel } from './chineseLabels';
import { BINARY_MODE } from './parameters';
import { fromList } from './picker';

const PLACEHOLDERS: Partial<Record<Field['type'], string>> = {
	int64: 'e.g. 7365193471029381234',
};

/** The note that tells users how to give several values; lists may come as arrays from expressions. */
function listNote({ type, separator, maxItems }: Field): string | undefined {
	if (type !== 'list' && type !== 'array') return undefined;
	const most = maxItems === undefined ? '' : `, at most ${maxItems}`;
	return `Several are separated by ${separator === ';' ? 'semicolons' : 'commas'}${most}`;
}

/** n8n's style: one sentence without a period at its end, several with one. */
function describe(field: Field): string | undefined {
	const chinese = withChinese(field.description, chineseLabel(field.label));
	const parts = [chinese, listNote(field)].filter((part) => part !== undefined);
	if (parts.length === 0) return undefined;
	const text = parts.join('. ');
	return text.includes('. ') ? `${text}.` : text;
}

/**
 * A dropdown's part of a property.
 *
 * @param options n8n's lint wants five or more in alphabetical order; fewer keep their own
 * @param initial the value at first; "" makes the user choose
 */
export function dropdown(options: readonly INodePropertyOptions[], initial: string | number) {
	return {
		type: 'options' as const,
		options: options.length < 5 ? [...options] : alphabetical(options, ({ name }) => name),
		default: initial,
	};
}

/** A field that takes an address (or base64) or a binary field of the item, the user choosing which. */
function addressOrFile({ format, placeholder }: Field): Shape {
	const address =
		format === 'dataUri'
			? { displayName: 'Base64', name: 'base64' }
			: { displayName: 'URL', name: 'url' };
	return {
		type: 'resourceLocator',
		default: { mode: address.name, value: '' },
		modes: [
			{ ...address, type: 'string', ...(placeholder === undefined ? {} : { placeholder }) },
			{ displayName: 'Binary Field', name: BINARY_MODE, type: 'string', placeholder: 'e.g. data' },
		],
	};
}

type Shape = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>;

function valueShape(field: Field): Shape {
	if (field.picker) return fromList(field, field.picker);
	if (field.choices) {
		return dropdown(field.choices, (field.default as string | number | undefined) ?? '');
	}
	switch (field.type) {
		case 'int':
			// n8n marks an empty text as missing, but shows a number that nobody gave as 0, and no placeholder.
			if (field.default === undefined && field.durationOf === undefined) {
				return { type: 'string', default: '' };
			}
			return {
				type: 'number',
				default: field.default ?? 0,
				...(field.min === undefined && field.max === undefined
					? {}
					: { typeOptions: { minValue: field.durationOf ? 0 : field.min, maxValue: field.max } }),
			};
		case 'boolean':
			return { type: 'boolean', default: field.default ?? false };
		case 'object':
			return {
				type: 'fixedCollection',
				default: {},
				options: [
					{
						displayName: field.label,
						name: 'values',
						values: (field.fields ?? []).map((member) => toProperty(member)),
					},
				],
			};
		default:
			return field.media ? addressOrFile(field) : { type: 'string', default: field.default ?? '' };
	}
}

/** n8n does not start a workflow in which a required parameter is empty. */
function mayBeEmpty({ optional, sendEmpty, emptyWith, durationOf, type }: Field): boolean {
	return Boolean(optional ?? sendEmpty ?? emptyWith ?? durationOf) || type === 'boolean';
}

/**
 * Derives the n8n property of one field.
 *
 * @param field a field of the catalogue
 * @returns the property without display rules; its name is the vendor's
 */
export function toProperty(field: Field): INodeProperties {
	const shape = valueShape(field);
	const description = describe(field);
	// Where there are several ways to fill a field, each has its own placeholder.
	const severalWays = field.media !== undefined || field.picker !== undefined;
	const placeholder = severalWays ? undefined : (field.placeholder ?? PLACEHOLDERS[field.type]);
	const typeOptions = {
		...shape.typeOptions,
		...(field.rows === undefined || field.media ? {} : { rows: field.rows }),
		...(field.secret ? { password: true } : {}),
	};
	return {
		displayName: field.label,
		name: field.name,
		...shape,
		...(Object.keys(typeOptions).length === 0 ? {} : { typeOptions }),
		...(mayBeEmpty(field) ? {} : { required: true }),
		...(description === undefined ? {} : { description }),
		...(placeholder === undefined ? {} : { placeholder }),
	};
}
