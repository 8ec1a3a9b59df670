import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Picker } from '../catalogue/types';
import type { AddressList } from '../common/addressList';
import { Account } from '../transport/accounts';
import { accountsOnline } from '../transport/client';
import { addressList, groupMembers, labelsOf, nameBook, weComContacts } from './addressList';
import type { Viewer } from './current';
import {
	currentGroup,
	currentViewer,
	HOW_TO_LOG_IN,
	listFailure,
	NOBODY_ONLINE,
	viewerOf,
} from './current';
import { contactsAsker } from './names';
import type { Wanted } from './page';
import { pageOfNamed } from './page';
import { pageOfIds } from './pageOfIds';

type Search = (context: ILoadOptionsFunctions, wanted: Wanted) => Promise<INodeListSearchResult>;

/** The accounts online, by the nickname that the first of them sees; the value outlasts the login. */
const account: Search = async (context, wanted) => {
	const online = await accountsOnline(context);
	if (online.length === 0) {
		throw listFailure(context, '/queryLoginWx', NOBODY_ONLINE, HOW_TO_LOG_IN);
	}
	const viewer = await viewerOf(context, new Account(online[0].wcId));
	const wcIds = [...new Set(online.map(({ wcId }) => wcId))];
	return await pageOfIds(wcIds, nameBook(viewer.key), contactsAsker(viewer), wanted);
};

async function addresses(
	context: ILoadOptionsFunctions,
	wanted: Wanted,
	choose: (list: AddressList, viewer: Viewer) => string[] | Promise<string[]>,
): Promise<INodeListSearchResult> {
	const viewer = await currentViewer(context);
	const ids = await choose(await addressList(context, viewer), viewer);
	return await pageOfIds(ids, nameBook(viewer.key), contactsAsker(viewer), wanted);
}

/** WeCom contacts are a list of their own at the vendor; the others can be chosen without it. */
async function weComIds(viewer: Viewer): Promise<string[]> {
	const contacts = await weComContacts(viewer).catch(() => []);
	for (const [id, names] of contacts) nameBook(viewer.key).set(id, names);
	return contacts.map(([id]) => id);
}

const chat: Search = async (context, wanted) =>
	await addresses(
		context,
		wanted,
		async ({ groups, friends, officialAccounts, others }, viewer) => [
			...groups,
			...friends,
			...(await weComIds(viewer)),
			...officialAccounts,
			...others,
		],
	);

const contact: Search = async (context, wanted) =>
	await addresses(context, wanted, ({ friends }) => friends);

const group: Search = async (context, wanted) =>
	await addresses(context, wanted, ({ groups }) => {
		if (groups.length > 0) return groups;
		throw listFailure(
			context,
			'/getAddressList',
			'No group is saved to contacts',
			'WeChat lists saved groups only. Save one with Group: Save to Contacts, or choose By ID and use the ID from the trigger (chatId of a group message)',
		);
	});

const member: Search = async (context, wanted) => {
	const chatRoomId = currentGroup(context);
	return pageOfNamed(await groupMembers(await currentViewer(context), chatRoomId), wanted);
};

const weCom: Search = async (context, wanted) =>
	pageOfNamed(await weComContacts(await currentViewer(context)), wanted);

const label: Search = async (context, wanted) =>
	pageOfNamed(await labelsOf(await currentViewer(context)), wanted);

const SEARCHES: Record<Picker, Search> = { account, chat, contact, group, member, label, weCom };

/** How n8n calls for a list of the editor. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** What n8n calls for a list in the editor: one method for each picker of the catalogue. */
export const listSearch = Object.fromEntries(
	Object.entries(SEARCHES).map(([picker, search]): [string, ListSearch] => [
		picker,
		async function (filter, paginationToken) {
			return await search(this, { filter, paginationToken });
		},
	]),
) as Record<Picker, ListSearch>;
