import type { INodeProperties } from 'n8n-workflow';

import type { Several } from '../catalogue/types';

/** What n8n's style says of a list in which several can be ticked. */
const CHOOSE_OR_EXPRESSION =
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
