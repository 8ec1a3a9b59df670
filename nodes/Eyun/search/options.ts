import type { ILoadOptionsFunctions, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { failureOf } from '../common/errors';
import { addressList, groupMembers, labelsOf, nameBook } from './addressList';
import type { Viewer } from './current';
import { currentGroup, currentViewer } from './current';
import type { NameBook } from './names';
import { contactsAsker, MOST_IDS } from './names';
import { entry } from './page';

/** How long one opening of a list goes on learning names, in milliseconds; its last call may end later. */
const LEARN_MS = 8_000;

/** Learns names until all are known, the time is over, or the vendor refuses; ids do without. */
async function learnNames(ids: readonly string[], book: NameBook, viewer: Viewer): Promise<void> {
	const end = performance.now() + LEARN_MS;
	let unknown = ids.filter((id) => !book.get(id));
	while (unknown.length > 0 && performance.now() < end) {
		const left = unknown.length;
		await book.learn(unknown.slice(0, MOST_IDS), contactsAsker(viewer)).catch(() => undefined);
		unknown = unknown.filter((id) => !book.get(id));
		if (unknown.length === left) return;
	}
}

/** Says in the list why some entries have no name. Ticked by mistake it does nothing. */
function progress(ids: readonly string[], book: NameBook): INodePropertyOptions[] {
	const known = ids.filter((id) => book.get(id)).length;
	if (known === ids.length) return [];
	const [some, all] = [known, ids.length].map((number) => number.toLocaleString('en-US'));
	return [{ name: `Names of ${some} of ${all} so far. Refresh the list for more`, value: '' }];
}

async function membersOf(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chatRoomId = currentGroup(context);
	const members = await groupMembers(await currentViewer(context), chatRoomId);
	return members.map(([id, names]) => entry(id, names));
}

async function friendsOf(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const viewer = await currentViewer(context);
	const { friends } = await addressList(context, viewer);
	const book = nameBook(viewer.key);
	await learnNames(friends, book, viewer);
	const named = friends.filter((id) => book.get(id));
	const others = friends.filter((id) => !book.get(id));
	return [
		...progress(friends, book),
		...[...named, ...others].map((id) => entry(id, book.get(id))),
	];
}

async function allLabels(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await labelsOf(await currentViewer(context))).map(([id, { shown }]) => ({
		name: shown,
		value: id,
	}));
}

/** Whether anything is ticked in a list of the node; the editor calls what it does not find there wrong. */
function isTicked(parameters: INodeParameters): boolean {
	const { additionalFields, ...others } = parameters;
	const values = [...Object.values(others), ...Object.values(additionalFields ?? {})];
	return values.some((value) => Array.isArray(value) && value.length > 0);
}

/**
 * A list, or in its place what keeps it from being shown: of an error the editor says only that there
 * was one. Ticked by mistake it does nothing.
 */
async function listOr(
	context: ILoadOptionsFunctions,
	list: Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	const failure = await failureOf(list);
	if (!(failure instanceof NodeApiError)) return await list;
	if (isTicked(context.getCurrentNodeParameters() ?? {})) return await list;
	const { message, description } = failure;
	return [{ name: message, value: '', description: description ?? '' }];
}

/** What n8n calls for a list in which several entries can be ticked. */
export const loadOptions = {
	/** The members of the group in the node's field, by the names the group sees. */
	async members(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await listOr(this, membersOf(this));
	},

	/** The friends of the account, those with names first: n8n has no pages here. */
	async contacts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await listOr(this, friendsOf(this));
	},

	/** The labels of the account. */
	async labels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return await listOr(this, allLabels(this));
	},
};
