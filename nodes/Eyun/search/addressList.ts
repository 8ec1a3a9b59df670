import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { AddressList } from '../common/addressList';
import { addressListIn, EMPTY_ADDRESS_LIST } from '../common/addressList';
import { groupMembersIn } from '../common/groupMembers';
import { RecentKeys } from '../common/recentKeys';
import { isRecord } from '../common/records';
import { listFailure, type Viewer } from './current';
import type { Names } from './names';
import { NameBook, namesOf } from './names';

/** Ids that the vendor lists with their names. */
export type NamedIds = ReadonlyArray<readonly [id: string, names: Names]>;

/** Long enough for the pages of one list, short enough for a friend made meanwhile. */
const LISTS_LIVE_MS = 60_000;

const MOST_LISTS = 20;
const MOST_BOOKS = 10;

const lists = new RecentKeys<Promise<unknown>>();
const books = new RecentKeys<NameBook>();

/** What was asked for a moment ago, or is being asked for; what went wrong is asked for anew. */
async function remembered<T>(key: string, ask: () => Promise<T>): Promise<T> {
	const known = lists.get(key) as Promise<T> | undefined;
	if (known) return await known;
	const asked = ask();
	lists.set(key, asked, MOST_LISTS, LISTS_LIVE_MS);
	asked.catch(() => lists.delete(key));
	return await asked;
}

/**
 * The names known to an account so far.
 *
 * @param key names account and credential
 */
export function nameBook(key: string): NameBook {
	const book = books.get(key) ?? new NameBook();
	books.set(key, book, MOST_BOOKS);
	return book;
}

/**
 * An account's address list.
 *
 * @param context n8n's functions of a list search
 * @param viewer the account
 * @throws NodeApiError when the list is empty or cannot be asked for
 */
export async function addressList(
	context: ILoadOptionsFunctions,
	viewer: Viewer,
): Promise<AddressList> {
	return await remembered(`${viewer.key} addresses`, async () => {
		const data = await viewer.ask('/getAddressList');
		const list = addressListIn(data);
		if (list) return list;
		const { message, advice } = EMPTY_ADDRESS_LIST;
		throw listFailure(context, '/getAddressList', message, `${advice}, then open the list again`);
	});
}

/**
 * An account's WeCom contacts.
 *
 * @param viewer the account
 * @throws NodeApiError
 */
export async function weComContacts(viewer: Viewer): Promise<NamedIds> {
	return await remembered(`${viewer.key} wecom`, async () => {
		const data = await viewer.ask('/getImAddressList');
		return (Array.isArray(data) ? data.filter(isRecord) : []).map(
			({ userName, remark, nickName }) => [String(userName), namesOf(remark, nickName)] as const,
		);
	});
}

/**
 * The members of a group.
 *
 * @param viewer an account in the group
 * @param chatRoomId the group
 * @throws NodeApiError
 */
export async function groupMembers(viewer: Viewer, chatRoomId: string): Promise<NamedIds> {
	return await remembered(`${viewer.key} members ${chatRoomId}`, async () => {
		const data = await viewer.ask('/getChatRoomMember', { chatRoomId });
		return groupMembersIn(data).map(
			({ wcId, displayName, nickName }) => [wcId, namesOf(displayName, nickName)] as const,
		);
	});
}

/**
 * An account's labels, which are asked for each time: there are few, and a new one is wanted at once.
 *
 * @param viewer the account
 * @throws NodeApiError
 */
export async function labelsOf(viewer: Viewer): Promise<NamedIds> {
	const data = await viewer.ask('/getContactLabelList');
	return (Array.isArray(data) ? data.filter(isRecord) : []).map(({ labelId, labelName }) => {
		const name = String(labelName);
		return [String(labelId), { shown: name, searched: name }] as const;
	});
}
