import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { group } from '../../catalogue/fields';
import { toWire } from '../../execution/values/toWire';
import { membersOf } from './groupMembers';
import { findByName } from './findByName';
import { withIds } from './names/resolve';
import { parametersOf, readFields } from './parameters';
import { ACCOUNT } from '../description/people';

/** From a name to the WeChat ID of a member. See `CompoundRun`. */
export async function runFindMember(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
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
