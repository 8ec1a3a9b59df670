import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contact, wId as account } from '../../catalogue/fields';
import { toWire } from '../../execution/values/toWire';
import { changeLabels, labelsJson } from './changeLabels';
import { labelBookOf, labelIdsOf, labelsGiven } from '../people/labels';
import { withIds } from '../people/names/resolve';
import { parametersOf, readFields } from '../people/parameters';
import { LABELS } from '../description/people';

/** Some labels less, where the vendor can only set all of them. See `CompoundRun`. */
export async function runRemoveLabels(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId } = readFields([account], parameter);
	const person = await withIds({ context, wId, itemIndex }, contact, parameter(contact.name));
	const wcId = String(toWire(contact, person));
	const given = labelsGiven(context, parameter(LABELS.name, []));
	const book = await labelBookOf(context, wId, itemIndex);
	const ids = labelIdsOf(book, given, 'Look at the labels with Label: Get Many');
	const { labelIds, changed } = await changeLabels(context, {
		wId,
		wcId,
		book,
		change: (present) => present.filter((id) => !ids.includes(id)),
		itemIndex,
	});
	return [{ json: { wcId, changed, ...labelsJson(book, labelIds) } }];
}
