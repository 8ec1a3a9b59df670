import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

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

/** What n8n calls for a list in which several entries can be ticked. */
export const loadOptions = {
	/** The members of the group in the node's field, by the names the group sees. */
	async members(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const chatRoomId = currentGroup(this);
		const members = await groupMembers(await currentViewer(this), chatRoomId);
		return members.map(([id, names]) => entry(id, names));
	},

	/** The friends of the account, those with names first: n8n has no pages here. */
	async contacts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const viewer = await currentViewer(this);
		const { friends } = await addressList(this, viewer);
		const book = nameBook(viewer.key);
		await learnNames(friends, book, viewer);
		const named = friends.filter((id) => book.get(id));
		const others = friends.filter((id) => !book.get(id));
		return [
			...progress(friends, book),
			...[...named, ...others].map((id) => entry(id, book.get(id))),
		];
	},

	/** The labels of the account. */
	async labels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		return (await labelsOf(await currentViewer(this))).map(([id, { shown }]) => ({
			name: shown,
			value: id,
		}));
	},
};
