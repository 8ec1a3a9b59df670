import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { groupsOf } from './contacts';
import type { Candidate } from './findByName';
import { findByName } from './findByName';
import { parametersOf, readFields } from './parameters';
import { groupJson, namesOfPerson } from './person';
import { ACCOUNT } from '../description/people';

/** From a name to the ID of a group. See `CompoundRun`. */
export async function runFindGroup(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
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
