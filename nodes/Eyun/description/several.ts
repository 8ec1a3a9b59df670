import type { INodeProperties } from 'n8n-workflow';

import type { Field, Several } from '../catalogue/types';
import { toProperty } from './field';

/**
 * The versions of the node, the latest for new nodes. In 1.1 several people and labels are ticked in
 * lists; a node of version 1 keeps its text with commas, which n8n's editor would delete from such a
 * list as soon as somebody opens the node.
 */
export const NODE_VERSIONS = [1, 1.1];

/** What n8n's style says of a list in which several can be ticked. */
export const CHOOSE_OR_EXPRESSION =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** The parameters that a list belongs to: with others it is another list. */
const DEPENDS_ON: Record<Several['list'], string[]> = {
	contacts: ['wId.value'],
	members: ['wId.value', 'chatRoomId.value', 'wcId.value'],
	labels: ['wId.value'],
};

/**
 * A parameter in which several entries are ticked.
 *
 * @param name of the parameter
 * @param several the list, and how it is called
 */
export function severalFrom(name: string, { list, label, description }: Several): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: list,
			loadOptionsDependsOn: DEPENDS_ON[list].filter((other) => other !== `${name}.value`),
		},
		default: [],
		description:
			description === undefined ? CHOOSE_OR_EXPRESSION : `${description}. ${CHOOSE_OR_EXPRESSION}.`,
	};
}

/**
 * Derives the properties of one field: one, or one for each kind of node version.
 *
 * @param field a field of the catalogue
 */
export function toPropertyForVersions(field: Field): INodeProperties[] {
	const asText = toProperty(field);
	if (field.several === undefined) return [asText];
	const list = severalFrom(field.name, field.several);
	const [first, ...later] = NODE_VERSIONS;
	return [
		{ ...asText, displayOptions: { show: { '@version': [first] } } },
		{
			...list,
			...(asText.required ? { required: true } : {}),
			displayOptions: { show: { '@version': later } },
		},
	];
}
