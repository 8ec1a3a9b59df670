import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { atMost, told } from '../../catalogue/tool/values';
import { returnAllProperties } from '../../description/paging';
import { limitOf } from '../../execution/calls/paging';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { groupsOf } from './contacts';
import { filtersIn, filtersProperty, NAME_FILTER } from './filters';
import { nameTest } from './nameMatch';
import { ACCOUNT, parametersOf, propertiesFor, readFields } from './parameters';
import { SHORT_GROUP } from './names/short';
import { groupJson, namesOfPerson } from './person';

const NAME = {
	...NAME_FILTER,
	description: 'Only groups whose name or remark contains this text',
};

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
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

/** The groups of an account, which the vendor gives as ids only. */
export const getManyGroups: CompoundOperation = {
	resource: 'group',
	value: 'getAll',
	name: 'Get Many',
	chinese: '获取群列表',
	action: 'Get many groups',
	description: 'Get the groups saved to contacts with their names; WeChat lists no other groups',
	properties: [...propertiesFor(ACCOUNT), ...returnAllProperties, filtersProperty(NAME)],
	reads: true,
	simplified: SHORT_GROUP,
	tool: {
		when: 'List the saved groups of this WeChat account with names and IDs, all or those with a certain name. It changes nothing.',
		fills: {
			limit: atMost,
			'filters.name': told('Only groups whose name contains this; leave it out for all', {
				otherwise: '',
			}),
		},
	},
	ignores: ['fullResponse'],
	run,
};
