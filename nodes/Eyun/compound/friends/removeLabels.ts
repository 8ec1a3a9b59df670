import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contact, wId as account } from '../../catalogue/fields';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { toWire } from '../../execution/values/toWire';
import { changeLabels, labelsJson } from './changeLabels';
import { labelBookOf, LABELS, labelIdsOf, labelsProperty } from '../people/labels';
import { parametersOf, propertiesFor, readFields } from '../people/parameters';

const FIELDS = [account, contact];

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const { wId, ...body } = readFields(FIELDS, parameter);
	const wcId = String(body.wcId);
	const given = toWire(LABELS, parameter(LABELS.name, [])) as string[];
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

/** Some labels less, where the vendor can only set all of them. */
export const removeLabels: CompoundOperation = {
	resource: 'contact',
	value: 'removeLabels',
	name: 'Remove Labels',
	action: 'Remove labels from a contact',
	description: 'Remove labels from a friend, by name or ID; its other labels stay',
	properties: [...propertiesFor(...FIELDS), { ...labelsProperty(), required: true }],
	run,
};
