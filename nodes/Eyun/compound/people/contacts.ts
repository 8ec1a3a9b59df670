import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { addressBookOf } from './addressBook';
import { labelBookOf } from './labels';
import type { ContactCard } from './person';
import { contactJson } from './person';

/**
 * All friends of an account, with their details.
 *
 * @param context n8n's functions of the running node
 * @param wId the account, as `buildBody` made it
 * @param itemIndex the input item it is for
 * @param most no more details are asked for than of so many friends
 * @throws NodeApiError when the address list is empty, or a call fails
 */
export async function* friendsOf(
	context: IExecuteFunctions,
	wId: unknown,
	itemIndex: number,
	most = Infinity,
): AsyncGenerator<ContactCard> {
	const book = await addressBookOf(context, wId);
	const { friends } = await book.ids(itemIndex);
	yield* book.read(friends.slice(0, most), itemIndex);
}

/** All groups of an account that are saved to contacts; see `friendsOf`. */
export async function* groupsOf(
	context: IExecuteFunctions,
	wId: unknown,
	itemIndex: number,
	most = Infinity,
): AsyncGenerator<ContactCard> {
	const book = await addressBookOf(context, wId);
	const { groups } = await book.ids(itemIndex);
	yield* book.read(groups.slice(0, most), itemIndex);
}

/**
 * A contact as the node outputs it. The labels of the account are asked for when somebody has any.
 *
 * @throws NodeApiError when the labels cannot be asked for
 */
export async function contactItem(
	context: IExecuteFunctions,
	wId: unknown,
	person: ContactCard,
	itemIndex: number,
): Promise<IDataObject> {
	const labels = person.labelIds?.length ? await labelBookOf(context, wId, itemIndex) : undefined;
	return contactJson(person, (id) => labels?.nameOf(id) ?? id);
}
