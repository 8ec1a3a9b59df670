import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contact, wId as account } from '../../catalogue/fields';
import { toWire } from '../../execution/values/toWire';
import { changeLabels, labelsJson } from './changeLabels';
import type { LabelBook } from '../people/labels';
import { labelBookOf, labelIdsOf, labelsGiven } from '../people/labels';
import type { ReadValue } from '../people/parameters';
import { withIds } from '../people/names/resolve';
import { parametersOf, readFields } from '../people/parameters';
import { LABELS } from '../description/people';
import { CREATE_MISSING } from '../description/friends';

/** Labels to add, some of which may have to be made first. */
export interface WantedLabels {
	/** Names and ids that the account knows, or may get. */
	given: readonly string[];
	/** Whether those that it does not know are made. */
	create: boolean;
}

/**
 * Reads which labels are to be added. Nothing is made yet.
 *
 * @param book the labels of the account
 * @param given the value of the parameter
 * @param parameter reads the parameter for labels that are missing
 * @throws InvalidInput when the account has no such label, and none is to be made
 */
export function wantedLabels(book: LabelBook, given: unknown, parameter: ReadValue): WantedLabels {
	const names = toWire(LABELS, given) as string[];
	const create =
		toWire({ ...CREATE_MISSING, optional: true }, parameter(CREATE_MISSING.name, false)) === true;
	if (!create) {
		labelIdsOf(
			book,
			names,
			'Switch on Create Missing Labels, or look at them with Label: Get Many',
		);
	}
	return { given: names, create };
}

/**
 * The ids of the labels to add; makes those that are missing.
 *
 * @param made takes the name of each label that was made
 */
export async function idsToAdd(
	book: LabelBook,
	{ given }: WantedLabels,
	itemIndex: number,
	made: (name: string) => void,
): Promise<string[]> {
	const ids: string[] = [];
	for (const nameOrId of given) {
		const known = book.find(nameOrId);
		if (known === undefined) made(nameOrId);
		ids.push(known ?? (await book.create(nameOrId, itemIndex)));
	}
	return [...new Set(ids)];
}

/** Labels in addition to those that a contact has, where the vendor can only set all of them. See `CompoundRun`. */
export async function runAddLabels(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([account], parameter);
	const person = await withIds({ context, wId, itemIndex }, contact, parameter(contact.name));
	const wcId = String(toWire(contact, person));
	const given = labelsGiven(context, parameter(LABELS.name, []));
	const book = await labelBookOf(context, wId, itemIndex);
	const wanted = wantedLabels(book, given, parameter);
	const created: string[] = [];
	const ids = await idsToAdd(book, wanted, itemIndex, (name) => created.push(name));
	const { labelIds, changed } = await changeLabels(context, {
		wId,
		wcId,
		book,
		change: (present) => [...new Set([...present, ...ids])],
		itemIndex,
	});
	return [{ json: { wcId, changed, ...labelsJson(book, labelIds), created } }];
}
