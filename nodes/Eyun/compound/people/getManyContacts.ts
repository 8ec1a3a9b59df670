import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { limitOf } from '../../execution/calls/paging';
import { contactItem, friendsOf } from './contacts';
import { filtersIn } from './filters';
import { labelBookOf, labelIdsOf } from './labels';
import { nameTest } from './nameMatch';
import { parametersOf, readFields } from './parameters';
import type { ContactCard } from './person';
import { ACCOUNT } from '../description/people';
import { namesOfPerson } from './person';

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

/** The friends of an account, which the vendor gives as ids only. See `CompoundRun`. */
export async function runGetManyContacts(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
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
