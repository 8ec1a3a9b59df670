import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../common/records';

/** The trigger's type, with or without the name of the package that n8n puts before it. */
const TRIGGER_TYPE = /(^|\.)eyunTrigger$/;

/** The trigger's item, or why it is not to be had. */
export type TriggerItem = { item: Record<string, unknown> } | { reason: 'noTrigger' | 'notLinked' };

/**
 * Finds the item of the trigger that an input item comes from, however many nodes stand in between: by n8n's
 * links between items, or because the trigger has put out only one, of which everything comes.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 */
export function triggerItemOf(context: IExecuteFunctions, itemIndex: number): TriggerItem {
	const data = context.getWorkflowDataProxy(itemIndex);
	const triggers = context
		.getParentNodes(context.getNode().name)
		.filter(({ type }) => TRIGGER_TYPE.test(type))
		.map(({ name }) => data.$(name) as NodeData)
		.filter(hasItems);
	if (triggers.length === 0) return { reason: 'noTrigger' };
	for (const trigger of triggers) {
		const item = linkedItem(trigger) ?? onlyItem(trigger);
		if (isRecord(item?.json)) return { item: item.json };
	}
	return { reason: 'notLinked' };
}

/** What n8n's expressions know of a node as `$('name')`. */
interface NodeData {
	item: { json?: unknown } | undefined;
	all(branch?: number): Array<{ json?: unknown }>;
}

/** Pinned data counts, too; a trigger that did not start this execution has none. */
function hasItems(trigger: NodeData): boolean {
	return (attempt(() => trigger.all(0)) ?? []).length > 0;
}

function linkedItem(trigger: NodeData) {
	return attempt(() => trigger.item);
}

function onlyItem(trigger: NodeData) {
	const items = trigger.all(0);
	return items.length === 1 ? items[0] : undefined;
}

/** n8n throws where there is nothing to read. */
function attempt<Value>(read: () => Value): Value | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
