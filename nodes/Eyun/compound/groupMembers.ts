import type { IExecuteFunctions } from 'n8n-workflow';

import { groupMembersIn } from '../common/groupMembers';
import { operationOf } from '../execution/calls/callOperation';
import { toCall } from '../execution/calls/toCall';
import { callVendor } from '../transport/client';

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
const remembered = new WeakMap<IExecuteFunctions, Map<string, Promise<MemberNames>>>();

/**
 * Asks who is in a group, once in a run of the node.
 *
 * @param context n8n's functions of the running node
 * @param group the group, and the account that looks
 * @param itemIndex the input item the question is for, named when it fails
 * @returns what each member is called in the group: the own name there, else the nickname
 * @throws NodeApiError when the call fails; the next item asks again
 */
export async function memberNames(
	context: IExecuteFunctions,
	group: GroupView,
	itemIndex: number,
): Promise<MemberNames> {
	const lists = remembered.get(context) ?? new Map<string, Promise<MemberNames>>();
	remembered.set(context, lists);
	const key = JSON.stringify([group.wId, group.chatRoomId]);
	const known = lists.get(key);
	if (known) return await known;
	const asked = askForNames(context, group, itemIndex);
	lists.set(key, asked);
	asked.catch(() => lists.delete(key));
	return await asked;
}

async function askForNames(
	context: IExecuteFunctions,
	{ wId, chatRoomId }: GroupView,
	itemIndex: number,
): Promise<MemberNames> {
	const { data } = await callVendor(context, toCall(LIST, { wId, chatRoomId }, itemIndex));
	return new Map(
		groupMembersIn(data).map(({ wcId, displayName, nickName }) => [
			wcId,
			displayName || nickName || wcId,
		]),
	);
}
