import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { atMost, told } from '../../catalogue/tool/values';
import { returnAllProperties } from '../../description/paging';
import { limitOf } from '../../execution/calls/paging';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { contactItem, friendsOf } from './contacts';
import { filtersIn, filtersProperty, NAME_FILTER } from './filters';
import { labelBookOf, labelIdsOf, labelsProperty } from './labels';
import { nameTest } from './nameMatch';
import { ACCOUNT, parametersOf, propertiesFor, readFields } from './parameters';
import { SHORT_CONTACT, SLOW } from './names/short';
import type { ContactCard } from './person';
import { namesOfPerson } from './person';

const NAME = {
	...NAME_FILTER,
	description: 'Only friends whose remark, nickname or WeChat number contains this text',
};

/** Which friends are wanted. */
async function filterOf(
	context: IExecuteFunctions,
	wId: unknown,
	filters: { name: string; labels: readonly string[] },
	itemIndex: number,
): Promise<((person: ContactCard) => boolean) | undefined> {
	const { name, labels } = filters;
	if (name === '' && labels.length === 0) return undefined;
	const test = nameTest(name);
	const ids =
		labels.length === 0
			? undefined
			: labelIdsOf(
					await labelBookOf(context, wId, itemIndex),
					labels,
					'Look at the labels with Label: Get Many',
				);
	return (person) =>
		(name === '' || test(namesOfPerson(person)) !== undefined) &&
		(ids === undefined || ids.some((id) => person.labelIds?.includes(id)));
}

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([ACCOUNT], parameter);
	const limit = limitOf(parameter);
	const isWanted = await filterOf(context, wId, filtersIn(context, parameter), itemIndex);
	const most = isWanted === undefined ? limit : Infinity;
	const items: INodeExecutionData[] = [];
	for await (const person of friendsOf(context, wId, itemIndex, most)) {
		if (isWanted?.(person) === false) continue;
		items.push({ json: await contactItem(context, wId, person, itemIndex) });
		if (items.length >= limit) break;
	}
	return items;
}

/** The friends of an account, which the vendor gives as ids only. */
export const getManyContacts: CompoundOperation = {
	resource: 'contact',
	value: 'getAll',
	name: 'Get Many',
	chinese: '获取好友列表',
	action: 'Get many contacts',
	description:
		'Get friends with their names and labels; reads 20 per request with pauses, so 5,000 friends take 2 to 3 minutes',
	properties: [
		...propertiesFor(ACCOUNT),
		...returnAllProperties,
		filtersProperty(NAME, labelsProperty('Only friends with at least one of these labels')),
	],
	reads: true,
	simplified: SHORT_CONTACT,
	tool: {
		when: `List friends of this WeChat account with names, IDs and labels, all or those with a certain name or label. ${SLOW} It changes nothing.`,
		fills: {
			limit: atMost,
			'filters.name': told('Only friends whose name contains this; leave it out for all', {
				otherwise: '',
			}),
			'filters.labels': told(
				'Only friends with at least one of these labels, by name, separated by commas; leave it out for all',
				{ otherwise: '' },
			),
		},
	},
	ignores: ['fullResponse'],
	run,
};
