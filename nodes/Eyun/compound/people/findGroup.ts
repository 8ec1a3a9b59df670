import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { told } from '../../catalogue/tool/values';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { groupsOf } from './contacts';
import type { Candidate } from './findByName';
import { findByName, findProperties } from './findByName';
import { ACCOUNT, NAME, parametersOf, propertiesFor, readFields } from './parameters';
import { groupJson, namesOfPerson } from './person';
import { SHORT_GROUP } from './names/short';

const [name] = propertiesFor({
	...NAME,
	description:
		'The name of a group or its remark, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Project',
});

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([ACCOUNT], parameter);
	let searched = 0;
	const candidates = async function* (): AsyncGenerator<Candidate> {
		for await (const group of groupsOf(context, wId, itemIndex)) {
			searched++;
			yield { id: group.id, names: namesOfPerson(group), json: () => groupJson(group) };
		}
	};
	const place = {
		what: 'group',
		where: () => `among ${searched} saved groups`,
		advice:
			'WeChat lists saved groups only. Save the group with Group: Save to Contacts, or use its ID from the trigger (chatId of a group message)',
		endpoint: '/getContact',
	};
	return await findByName(context, parameter, candidates, place, itemIndex);
}

/** From a name to the ID of a group. */
export const findGroup: CompoundOperation = {
	resource: 'group',
	value: 'findByName',
	name: 'Find by Name',
	chinese: '按名字查找群',
	action: 'Find groups by name',
	description: 'Find groups saved to contacts by name or remark, exact matches first',
	properties: [...propertiesFor(ACCOUNT), ...findProperties(name)],
	reads: true,
	simplified: SHORT_GROUP,
	tool: {
		when: 'Find a saved group of this WeChat account, and its ID, from its name or a part of it. Use it before sending to a group whose exact name is not known. It changes nothing.',
		fills: { name: told('The name or remark of the group, or a part of it') },
	},
	ignores: ['fullResponse'],
	run,
};
