import type { IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../common/agent';

/**
 * What is kept of input items from one try of n8n's Retry On Fail to the next: by the JSON of the item,
 * which is the same object in each try, and by the run of the node. It goes when the item goes.
 */
export class ItemMemory<Value> {
	private readonly byItem = new WeakMap<object, Map<string, Value>>();

	/**
	 * @param context n8n's functions of the running node
	 * @param run what `nameOfRun` gave
	 * @param itemIndex the input item, counted from 0
	 */
	get(context: IExecuteFunctions, run: string, itemIndex: number): Value | undefined {
		return this.valuesOf(context, itemIndex)?.get(nameOf(run, itemIndex));
	}

	/** Keeps a value in the place of the one before. */
	set(context: IExecuteFunctions, run: string, itemIndex: number, value: Value): void {
		this.valuesOf(context, itemIndex)?.set(nameOf(run, itemIndex), value);
	}

	private valuesOf(context: IExecuteFunctions, itemIndex: number): Map<string, Value> | undefined {
		const item = context.getInputData()[itemIndex]?.json;
		if (item === undefined) return undefined;
		const values = this.byItem.get(item) ?? new Map<string, Value>();
		this.byItem.set(item, values);
		return values;
	}
}

/** With the index: the same JSON may be that of several items. */
function nameOf(run: string, itemIndex: number): string {
	return `${run}|${itemIndex}`;
}

/**
 * Names the run of a node, the same for all its tries. An agent's tool gets a new number for each try, and
 * new arguments for each call.
 *
 * @param context n8n's functions of the running node
 */
export function nameOfRun(context: IExecuteFunctions): string {
	const node = context.getNode();
	const run: unknown = isTool(node) ? '' : context.getWorkflowDataProxy(0).$runIndex;
	return [context.getExecutionId(), node.id, String(run)].join('|');
}
