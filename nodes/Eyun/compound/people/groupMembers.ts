import type { IExecuteFunctions } from 'n8n-workflow';

import type { GroupMember } from '../../common/groupMembers';
import { groupMembersIn } from '../../common/groupMembers';
import { toCall } from '../../execution/calls/toCall';
import { callVendor } from '../../transport/client';
import { operationOf } from '../../catalogue';

const LIST = operationOf('group', 'getMembers');

/** The names under which a group sees its members, by WeChat ID. */
export type MemberNames = ReadonlyMap<string, string>;

/** A group as one account sees it. */
export interface GroupView {
	/** The account's instance, as `buildBody` made it. */
	wId: unknown;
	chatRoomId: string;
}

/** One list for each group and run of a node, so that many items to one group ask for it once. */
const remembered = new WeakMap<IExecuteFunctions, Map<string, Promise<GroupMember[]>>>();

/**
 * Asks who is in a group, once in a run of the node.
 *
 * @param context n8n's functions of the running node
 * @param group the group, and the account that looks
 * @param itemIndex the input item the question is for, named when it fails
 * @throws NodeApiError when the call fails; the next item asks again
 */
export async function membersOf(
	context: IExecuteFunctions,
	group: GroupView,
	itemIndex: number,
): Promise<GroupMember[]> {
	const lists = remembered.get(context) ?? new Map<string, Promise<GroupMember[]>>();
	remembered.set(context, lists);
	const key = JSON.stringify([group.wId, group.chatRoomId]);
	const known = lists.get(key);
	if (known) return await known;
	const asked = askForMembers(context, group, itemIndex);
	lists.set(key, asked);
	asked.catch(() => lists.delete(key));
	return await asked;
}

/**
 * What each member of a group is called in it: the own name there, else the nickname.
 *
 * @param context n8n's functions of the running node
 * @param group the group, and the account that looks
 * @param itemIndex the input item the question is for, named when it fails
 * @throws NodeApiError when the call fails; the next item asks again
 */
export async function memberNames(
	context: IExecuteFunctions,
	group: GroupView,
	itemIndex: number,
): Promise<MemberNames> {
	const members = await membersOf(context, group, itemIndex);
	return new Map(
		members.map(({ wcId, displayName, nickName }) => [wcId, displayName || nickName || wcId]),
	);
}

async function askForMembers(
	context: IExecuteFunctions,
	{ wId, chatRoomId }: GroupView,
	itemIndex: number,
): Promise<GroupMember[]> {
	const { data } = await callVendor(context, toCall(LIST, { wId, chatRoomId }, itemIndex));
	return groupMembersIn(data);
}
