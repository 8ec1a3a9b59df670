import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { told } from '../../catalogue/tool/values';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { contactItem, friendsOf } from './contacts';
import type { Candidate } from './findByName';
import { findByName, findProperties } from './findByName';
import { ACCOUNT, NAME, parametersOf, propertiesFor, readFields } from './parameters';
import { namesOfPerson } from './person';
import { SHORT_CONTACT, SLOW } from './names/short';

const [name] = propertiesFor({
	...NAME,
	description:
		'The remark, nickname or WeChat number of a friend, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Nathan',
});

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
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

/** From a name to the WeChat ID that every other operation wants. */
export const findContact: CompoundOperation = {
	resource: 'contact',
	value: 'findByName',
	name: 'Find by Name',
	chinese: '按名字查找好友',
	action: 'Find contacts by name',
	description:
		'Find friends by remark, nickname or WeChat number, exact matches first; reads 20 friends per request with pauses, so 5,000 friends take 2 to 3 minutes',
	properties: [...propertiesFor(ACCOUNT), ...findProperties(name)],
	reads: true,
	simplified: SHORT_CONTACT,
	tool: {
		when: `Find out who a friend of this WeChat account is, and the ID, from a name or a part of it. Use it before sending to somebody whose exact name is not known. ${SLOW} It changes nothing.`,
		fills: { name: told('The remark, nickname or WeChat number of the friend, or a part of it') },
	},
	ignores: ['fullResponse'],
	run,
};
