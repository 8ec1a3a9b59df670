import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { limitOf } from '../../execution/calls/paging';
import { groupsOf } from './contacts';
import { filtersIn } from './filters';
import { nameTest } from './nameMatch';
import { parametersOf, readFields } from './parameters';
import { groupJson, namesOfPerson } from './person';
import { ACCOUNT } from '../description/people';

/** The groups of an account, which the vendor gives as ids only. See `CompoundRun`. */
export async function runGetManyGroups(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([ACCOUNT], parameter);
	const limit = limitOf(parameter);
	const { name } = filtersIn(context, parameter);
	const test = nameTest(name);
	const items: INodeExecutionData[] = [];
	for await (const group of groupsOf(context, wId, itemIndex, name === '' ? limit : Infinity)) {
		if (name !== '' && test(namesOfPerson(group)) === undefined) continue;
		items.push({ json: groupJson(group) });
		if (items.length >= limit) break;
	}
	return items;
}
