import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { contact, wId as account } from '../../catalogue/fields';
import { friend, labelNames } from '../../catalogue/tool/values';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { toWire } from '../../execution/values/toWire';
import { changeLabels, labelsJson } from './changeLabels';
import { labelBookOf, LABELS, labelIdsOf, labelsGiven, labelsProperty } from '../people/labels';
import { withIds } from '../people/names/resolve';
import { parametersOf, propertiesFor, readFields } from '../people/parameters';

const FIELDS = [account, contact];

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
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

/** Some labels less, where the vendor can only set all of them. */
export const removeLabels: CompoundOperation = {
	resource: 'contact',
	value: 'removeLabels',
	name: 'Remove Labels',
	chinese: '移除标签',
	action: 'Remove labels from contact',
	description: 'Remove labels from a friend, by name or ID; its other labels stay',
	properties: [...propertiesFor(...FIELDS), { ...labelsProperty(), required: true }],
	tool: {
		when: 'Take labels off a friend of this WeChat account. Other labels stay, and the friend does not see it.',
		fills: { wcId: friend, labels: labelNames },
	},
	ignores: ['fullResponse'],
	run,
};
