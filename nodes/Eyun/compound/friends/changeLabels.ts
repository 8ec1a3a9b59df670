import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { toCall } from '../../execution/calls/toCall';
import { callOptions } from '../../execution/options/callOptions';
import { isRefusal, settle } from '../../execution/pacing/poll';
import { callVendor } from '../../transport/client';
import { NO_CODE, rewrapFailure, vendorFailure } from '../../transport/failure';
import { addressBookOf } from '../people/addressBook';
import type { LabelBook } from '../people/labels';
import { operationOf } from '../../catalogue';

const SET = operationOf('label', 'setForContact');
const DETAILS = operationOf('contact', 'get');

/** A change of one contact's labels. */
export interface LabelChange {
	/** The account, as `buildBody` made it. */
	wId: unknown;
	wcId: string;
	/** The labels of the account. */
	book: LabelBook;
	/** Takes the ids that the contact has now, and gives those that it is to have. */
	change: (present: readonly string[]) => string[];
	itemIndex: number;
}

/** What the labels of a contact are after a change. */
export interface LabelsAfter {
	labelIds: string[];
	/** Whether anything had to be changed. */
	changed: boolean;
}

/**
 * Reads the labels that a contact has now, changes them, and sets them. The vendor can only set all of
 * them at once.
 *
 * @param context n8n's functions of the running node
 * @throws NodeApiError when a call fails, or the vendor does not say which labels the contact has
 */
export async function changeLabels(
	context: IExecuteFunctions,
	{ wId, wcId, change, itemIndex }: LabelChange,
): Promise<LabelsAfter> {
	const present = await presentLabels(context, wId, wcId, itemIndex);
	const labelIds = change(present);
	const isSame = labelIds.length === present.length && labelIds.every((id) => present.includes(id));
	if (isSame) return { labelIds: present, changed: false };
	const { timeoutMs } = callOptions(context, itemIndex, SET.timeout);
	const body = { wId, wcId, labelIdList: labelIds.join(',') };
	const set = await settle(callVendor(context, toCall(SET, body, itemIndex, { timeoutMs })));
	if ('error' in set) throw labelIds.length > 0 ? set.error : notEmptied(context, set.error);
	return { labelIds, changed: true };
}

/** Nothing that is published says whether the vendor takes an empty list. */
function notEmptied(context: IExecuteFunctions, error: unknown): unknown {
	if (!isRefusal(error)) return error;
	return rewrapFailure(context.getNode(), error, ({ advice }) => ({
		advice: `These are all labels of the contact, and Eyun may not take an empty list: leave it one label, or delete the label itself with Label: Delete. ${advice}`,
	}));
}

async function presentLabels(
	context: IExecuteFunctions,
	wId: unknown,
	wcId: string,
	itemIndex: number,
): Promise<string[]> {
	const book = await addressBookOf(context, wId);
	const person = await book.readAgain(wcId, itemIndex);
	if (person?.labelIds !== undefined) return person.labelIds;
	throw vendorFailure(context.getNode(), {
		message: `Eyun does not say which labels ${wcId} has`,
		advice:
			'Nothing was changed, since its other labels would be lost. Check the ID: it must be a friend of the account. Label: Set for Contact sets all labels without asking',
		endpoint: DETAILS.path,
		code: NO_CODE,
		itemIndex,
	});
}

/** The labels of a contact as the node outputs them. */
export function labelsJson(book: LabelBook, labelIds: readonly string[]): IDataObject {
	return { labels: labelIds.map((id) => book.nameOf(id)), labelIds: [...labelIds] };
}
