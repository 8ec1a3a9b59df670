import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contactItem, friendsOf } from './contacts';
import type { Candidate } from './findByName';
import { findByName } from './findByName';
import { parametersOf, readFields } from './parameters';
import { namesOfPerson } from './person';
import { ACCOUNT } from '../description/people';

/** From a name to the WeChat ID that every other operation wants. See `CompoundRun`. */
export async function runFindContact(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([ACCOUNT], parameter);
	let searched = 0;
	const candidates = async function* (): AsyncGenerator<Candidate> {
		for await (const person of friendsOf(context, wId, itemIndex)) {
			searched++;
			const json = async () => await contactItem(context, wId, person, itemIndex);
			yield { id: person.id, names: namesOfPerson(person), json };
		}
	};
	const place = {
		what: 'contact',
		where: () => `among ${searched} friends`,
		advice:
			'Check the name. For somebody who became a friend a moment ago, run Login: Initialize Address List first',
		endpoint: '/getContact',
	};
	return await findByName(context, parameter, candidates, place, itemIndex);
}
