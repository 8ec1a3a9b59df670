import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { group } from '../../catalogue/fields';
import { inGroup, told } from '../../catalogue/tool/values';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { toWire } from '../../execution/values/toWire';
import { membersOf } from './groupMembers';
import { findByName, findProperties } from './findByName';
import { withIds } from './names/resolve';
import { ACCOUNT, NAME, parametersOf, propertiesFor, readFields } from './parameters';

const FIELDS = [ACCOUNT, group];

const [name] = propertiesFor({
	...NAME,
	description:
		'The name of a member in this group or the nickname, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Nathan',
});

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([ACCOUNT], parameter);
	const given = await withIds({ context, wId, itemIndex }, group, parameter(group.name));
	const chatRoomId = String(toWire(group, given));
	let searched = 0;
	const candidates = async function* () {
		const members = await membersOf(context, { wId, chatRoomId }, itemIndex);
		searched = members.length;
		yield* members.map(({ wcId, displayName, nickName }) => ({
			id: wcId,
			names: [displayName, nickName].filter((text) => text !== ''),
			json: () => ({
				wcId,
				name: displayName || nickName || wcId,
				displayName,
				nickName,
				chatRoomId,
			}),
		}));
	};
	const place = {
		what: 'member',
		where: () => `among ${searched} members of ${chatRoomId}`,
		advice: 'Check name and group, or look at the members with Group: Get Members',
		endpoint: '/getChatRoomMember',
	};
	return await findByName(context, parameter, candidates, place, itemIndex);
}

/** From a name to the WeChat ID of a member. */
export const findMember: CompoundOperation = {
	resource: 'group',
	value: 'findMember',
	name: 'Find Member by Name',
	chinese: '按名字查找群成员',
	action: 'Find members of group by name',
	description:
		'Find members of a group by their name in the group or nickname, exact matches first',
	properties: [...propertiesFor(...FIELDS), ...findProperties(name)],
	reads: true,
	tool: {
		when: 'Find a member of a group of this WeChat account, and the ID, from a name or a part of it. It changes nothing.',
		fills: {
			chatRoomId: inGroup,
			name: told('The name in the group or the nickname of the member, or a part of it'),
		},
	},
	ignores: ['fullResponse'],
	run,
};
